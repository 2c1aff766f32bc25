package teams

import (
	"cmp"

	"github.com/shirube/shirube/bot"
)

// The verbs by which presses are told apart, and the input of a form.
const (
	verbPress = "press" // a choice
	verbForm  = "form"  // the answer to an ask
	formInput = "answer"
)

// The bounds of buttons and inputs.
const (
	maxLabel    = 75
	maxAnswer   = 200
	maxButtons  = 12
	maxPrimary  = 6 // Teams shows no more; the others stand behind "…"
	maxQuestion = 300
)

// input is where the answer to an ask is typed. What it refuses is only what
// the engine would refuse as well: it says more kindly what is wrong.
func input(m bot.Message, words Words) element {
	e := element{
		Type: "Input.Text", ID: formInput, Spacing: "Medium", Label: caption(m.Ask.Name, maxQuestion),
		MaxLength: maxAnswer, Regex: `^.*\S.*$`, IsRequired: true, ErrorMessage: words(m.Lang, WordEmpty),
	}
	if m.Ask.Example != "" {
		e.Placeholder = words(m.Lang, WordExample) + " " + shorten(m.Ask.Example, maxAnswer)
	}
	if m.Ask.Kind == "partner_id" {
		e.Regex, e.ErrorMessage = `^.*[0-9０-９].*$`, words(m.Lang, WordDigits)
	}
	return e
}

func actions(m bot.Message, words Words, b budget) []cardAction {
	kept := keep(m, b.carry)
	var all []cardAction
	if m.Ask != nil {
		send := words(m.Lang, WordSend)
		all = append(all, button(verbForm, "positive", press{Ask: m.Ask.ID, Label: send, Card: kept}))
	}
	for _, choice := range m.Buttons[:min(len(m.Buttons), maxButtons)] {
		p := press{Choice: choice.ID, Label: caption(choice.Label, maxLabel), Card: kept}
		a := button(verbPress, look(choice.Style, m.Ask != nil), p)
		if len(all) >= maxPrimary {
			a.Mode = "secondary"
		}
		all = append(all, a)
	}
	return all
}

// caption is a text that is shown to the letter and is never empty.
func caption(text string, n int) string {
	return cmp.Or(oneLine(literal(shorten(text, n))), "…")
}

// look is the style of a button; below an input the input's own is the
// expected one.
func look(style bot.Style, asked bool) string {
	switch {
	case style == bot.Danger:
		return "destructive"
	case style == bot.Primary && !asked:
		return "positive"
	}
	return ""
}

// button is an action whose answer replaces the card; where a client does not
// know that yet, the press arrives as a message. A choice leaves the input
// alone, or an empty one would hold it up.
func button(verb, style string, p press) cardAction {
	a := cardAction{Type: "Action.Execute", Title: p.Label, Verb: verb, Style: style, Data: &p}
	if verb == verbPress {
		a.Inputs = "none"
	}
	older := a
	older.Type, older.Verb = "Action.Submit", ""
	small := p
	small.Card = p.Card.head()
	older.Data = &small
	a.Fallback = &older
	return a
}
