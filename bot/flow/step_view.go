package flow

import "github.com/shirube/shirube/bot"

// The choices the engine adds to what a step offers.
const (
	choiceError   = "error"
	choiceMissing = "missing"
	choiceHuman   = "human"
	choiceStuck   = "stuck"
	choiceResume  = "resume"
	choiceBack    = "back"
	choiceForm    = "form" // the ask's own: a form in place of a typed message
)

// maxChoices is how many buttons a message may have.
const maxChoices = 4

func (sc *scene) stepView() view {
	step := sc.step()
	v := view{title: step.ID + ".title", body: step.ID, links: step.Links}
	v.fields, v.more = sc.copies(step)
	v.choices = make([]choice, 0, maxChoices)
	own, room := step.Next, maxChoices-len(step.Next)
	if step.Ask != "" {
		v.ask, v.hear = step.Ask, sc.answer
		own = own[1:] // the first edge is taken by answering; a form's button may stand for it
	}
	for i, e := range own {
		v.choices = append(v.choices, choice{e.Option(), sc.label(step, e.Option()), styled(i), func() { sc.follow("next", e) }})
	}
	if len(own) > 0 { // a question that only an answer ends stays alone
		v.choices = append(v.choices, sc.extras(step, room)...)
	}
	return v
}

func (sc *scene) gateView() view {
	step := sc.step()
	v := view{title: step.ID + ".title", parts: sc.part(bot.Do, step.ID+".gate")}
	v.choices = []choice{{optionConfirm, sc.label(step, optionConfirm), bot.Danger, sc.pass}}
	for _, e := range step.Gate {
		v.choices = append(v.choices, choice{e.Option(), sc.label(step, e.Option()), bot.Plain, func() { sc.follow("gate", e) }})
	}
	return v
}

func styled(i int) bot.Style {
	if i == 0 {
		return bot.Primary
	}
	return bot.Plain
}

// label is the step's own label of an option, or the one all steps share.
func (sc *scene) label(step *Step, option string) string {
	if own := step.ID + ".options." + option; sc.m.has(own) {
		return own
	}
	return "options." + option
}

// extras are the ways out of trouble, as many as there is room for; the last
// place leads to those that found none.
func (sc *scene) extras(step *Step, room int) []choice {
	all := make([]choice, 0, maxChoices)
	if len(sc.m.book.ErrorsAt(step.Screen)) > 0 {
		all = append(all, sc.choiceError())
	}
	if step.Screen != "" {
		all = append(all, sc.choiceMissing())
	}
	all = append(all, sc.choiceHuman())
	if len(all) <= room || room < 1 {
		return all[:min(len(all), max(room, 0))]
	}
	return append(all[:room-1], choice{choiceStuck, "options.stuck", bot.Plain, func() { sc.focus(focusStuck) }})
}

func (sc *scene) choiceError() choice {
	return choice{choiceError, "options.error", bot.Plain, func() { sc.focus(focusErrors + "/0") }}
}

func (sc *scene) choiceMissing() choice {
	return choice{choiceMissing, "options.missing", bot.Plain, sc.missing}
}

func (sc *scene) choiceHuman() choice {
	return choice{choiceHuman, "options.human", bot.Plain, sc.human}
}

func (sc *scene) choiceResume() choice {
	return choice{choiceResume, "options.resume", bot.Primary, sc.unfocus}
}

func (sc *scene) choiceBack() choice {
	return choice{choiceBack, "options.back", bot.Plain, func() { sc.s.Focus = ""; sc.back() }}
}
