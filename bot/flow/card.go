package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// The company card is what the clerk copies into the forms: every variable
// that a step lists under copy. It is entered once, and shown in the order of
// each form.

// copies are the step's values to copy; without any, how to enter them.
func (sc *scene) copies(step *Step) (fields []bot.Field, more []bot.Part) {
	if len(step.Copy) == 0 {
		return nil, nil
	}
	for _, name := range step.Copy {
		if v := sc.value(name); v != "" {
			fields = append(fields, sc.copyField(name, v))
		}
	}
	switch {
	case step.Screen == "": // nothing to copy them into
		return fields, nil
	case len(fields) < min(2, len(step.Copy)):
		return fields, sc.part(bot.Do, "ui.card.hint")
	}
	return fields, sc.part(bot.Do, "ui.card.copy")
}

// value is what a form takes: the spelling of the name that went through goes
// before the registered one.
func (sc *scene) value(name string) string {
	if name == varForm && sc.s.Vars[varForm] == "" {
		name = varCompany
	}
	return sc.s.Vars[name]
}

func (sc *scene) copyField(name, v string) bot.Field {
	if name == varForm {
		name = varCompany
	}
	return bot.Field{Name: sc.phrase("vars." + name + ".name"), Value: sc.phrase("ui.value", text("value", v)), Copy: true}
}

// card is the names of the card's variables, in the order of the book.
func (b *Book) card() []string {
	var names []string
	for _, s := range b.Steps() {
		for _, name := range s.Copy {
			if name == varForm {
				name = varCompany
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// cardPage is how many fields the card offers to change at once.
const cardPage = 2

// cardView shows the card, or asks for one of its values anew.
func (sc *scene) cardView(which string) view {
	all := sc.m.book.card()
	if slices.Contains(all, which) {
		return sc.fieldView(which)
	}
	v := view{title: "ui.card.title", parts: sc.part(bot.Do, "ui.card.do"), hear: sc.pickField, first: true, choices: []choice{sc.choiceResume()}}
	for _, name := range all {
		if value := sc.s.Vars[name]; value != "" {
			v.fields = append(v.fields, sc.copyField(name, value))
		}
	}
	page, _ := strconv.Atoi(which)
	rest := all[min(max(page, 0)*cardPage, len(all)):]
	for _, name := range rest[:min(cardPage, len(rest))] {
		v.choices = append(v.choices, choice{"card-" + name, "vars." + name + ".name", bot.Plain, func() { sc.focus(focusCard + "/" + name) }})
	}
	if len(rest) > cardPage {
		next := focusCard + "/" + strconv.Itoa(page+1)
		v.choices = append(v.choices, choice{"more", "options.more_fields", bot.Plain, func() { sc.focus(next) }})
	}
	return v
}

// pickField takes the name of a field that was typed.
func (sc *scene) pickField(typed string) {
	folded := japan.Fold(typed)
	for _, name := range sc.m.book.card() {
		for _, label := range sc.m.labels["vars."+name+".name"] {
			if strings.Contains(folded, label) {
				sc.focus(focusCard + "/" + name)
				return
			}
		}
	}
	if !sc.explain(sc.find()) {
		sc.notice("ui.card.unknown")
		sc.show()
	}
}

// mend asks anew for the value that a wish names, as 会社名を変えたい does: what is
// left of it without the field's name is among the words for a change.
func (sc *scene) mend(folded string) bool {
	for _, name := range sc.m.book.card() {
		for _, label := range sc.m.labels["vars."+name+".name"] {
			before, after, found := strings.Cut(folded, label)
			if word := sc.m.commands[japan.Fold(before+after)]; found && (word == "mend" || word == "card") {
				sc.s.Draft = ""
				sc.focus(focusCard + "/" + name)
				return true
			}
		}
	}
	return false
}

// fieldView asks for a value of the card anew, and whether an unusual one is
// meant.
func (sc *scene) fieldView(name string) view {
	title := "vars." + name + ".name"
	if sc.s.Draft != "" {
		return view{title: title, parts: sc.draftParts(name), hear: func(typed string) { sc.retype(name, typed) }, choices: []choice{
			{"yes", "options.yes", bot.Primary, func() { sc.change(name, sc.s.Draft) }},
			{"retype", "options.retype", bot.Plain, func() { sc.s.Draft = ""; sc.focus(focusCard + "/" + name) }},
		}}
	}
	return view{
		title: title, ask: name, hear: func(typed string) { sc.retype(name, typed) },
		parts:   sc.part(bot.Do, "ui.card.field", key("field", title), value{"value", sc.arg(name, nil)}),
		choices: []choice{sc.choiceResume(), sc.choiceHuman()},
	}
}

func (sc *scene) retype(name, typed string) {
	kind := sc.m.book.Vars[name].Kind
	v, reason, usual := sc.parse(kind, typed)
	switch {
	case reason != "":
		sc.wrong(kind, reason)
	case !usual:
		sc.s.Draft = v
		sc.focus(focusCard + "/" + name)
	default:
		sc.change(name, v)
	}
}

// change keeps another value and tells where the old one stands by now.
func (sc *scene) change(name, v string) {
	old := sc.s.Vars[name]
	sc.note(name, v)
	if old != "" && old != v {
		sc.consequences(name)
	}
	if name == varCompany && old != v {
		for _, stale := range []string{varForm, markTried, markAsked} {
			delete(sc.s.Vars, stale)
		}
	}
	sc.unfocus()
}

// formSize is the least number of values of a form that keeps them. Fewer are
// typed into a search or at the sign-up, which cannot be corrected later.
const formSize = 3

// consequences names the forms that were sent with the old value. Whoever
// changes what the review compares with the register begins it anew.
func (sc *scene) consequences(name string) {
	here := sc.m.book.Progress(sc.s.Step).Done
	sent, reviewed := false, false
	for _, s := range sc.m.book.Steps() {
		at := sc.m.book.Progress(s.ID).Done
		if s.Screen == "" || len(s.Copy) < formSize || at >= here || !slices.ContainsFunc(s.Copy, func(c string) bool { return c == name || c == varForm && name == varCompany }) {
			continue
		}
		if !sent {
			sc.notice("ui.card.again")
		}
		sent = true
		sc.notice("ui.card.at", key("step", s.ID+".title"))
		reviewed = reviewed || slices.Contains(s.Copy, varForm)
	}
	legal := []string{kindCompany, kindAddress, kindPostal, kindCorporate}
	switch {
	case reviewed && slices.Contains(legal, sc.m.book.Vars[name].Kind):
		sc.notice("ui.card.review")
	case sent:
		sc.notice("ui.card.mend")
	}
}
