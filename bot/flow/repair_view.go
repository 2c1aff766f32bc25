package flow

import (
	"strings"

	"github.com/shirube/shirube/bot"
)

// The views of the ways out of trouble that every step has. Their first button
// always leads back to the step.

func (sc *scene) stuckView() view {
	v := view{title: "ui.stuck.title", parts: sc.part(bot.Do, "ui.stuck.do"), choices: []choice{sc.choiceResume()}}
	step := sc.step()
	if len(sc.m.book.ErrorsAt(step.Screen)) > 0 {
		v.choices = append(v.choices, sc.choiceError())
	} else {
		v.choices = append(v.choices, sc.choiceBack())
	}
	if step.Screen != "" {
		v.choices = append(v.choices, sc.choiceMissing())
	}
	v.choices = append(v.choices, sc.choiceHuman())
	return v
}

func (sc *scene) helpView() view {
	return view{title: "ui.help.title", parts: sc.part(bot.Do, "ui.help.do"), choices: []choice{
		sc.choiceResume(),
		{choiceStuck, "options.stuck", bot.Plain, func() { sc.focus(focusStuck) }},
		sc.choiceBack(), sc.choiceHuman(),
	}}
}

// alreadyView asks for the proof before a step is skipped.
func (sc *scene) alreadyView() view {
	step := sc.step()
	parts := append(sc.part(bot.Do, "ui.already.do"), sc.part(bot.See, step.ID+".see")...)
	return view{title: step.ID + ".title", parts: parts, choices: []choice{
		{"proven", "options.proven", bot.Primary, func() { sc.follow("next", step.Next[0]) }},
		{choiceResume, "options.notyet", bot.Plain, sc.unfocus}, sc.choiceHuman(),
	}}
}

func (sc *scene) restartView() view {
	return view{title: "ui.restart.title", parts: sc.part(bot.Do, "ui.restart.do"), choices: []choice{
		sc.choiceResume(), {"restart", "options.restart", bot.Danger, sc.restart},
	}}
}

func (sc *scene) restart() {
	sc.s.Vars, sc.s.Trail, sc.s.Told = map[string]string{}, nil, ""
	sc.notice("ui.restart.done")
	sc.arrive(sc.m.book.Step(sc.m.book.Start))
}

func (sc *scene) forgetView() view {
	return view{title: "ui.forget.title", parts: sc.part(bot.Do, "ui.forget.do"), choices: []choice{
		sc.choiceResume(), {"forget", "options.forget", bot.Danger, sc.leave},
	}}
}

// leave deletes the session; only the farewell is still said.
func (sc *scene) leave() {
	sc.forget = true
	sc.withdraw()
	sc.said = &bot.Reply{Parts: sc.part(bot.Do, "ui.forget.done")}
	if sc.s.Panel {
		to := sc.s.Home
		to.Channel = bot.Panel
		sc.effects = append(sc.effects, bot.Effect{To: to, Lang: sc.s.Lang, Due: sc.e.At, Say: sc.said})
	}
}

func (sc *scene) langView() view {
	v := view{title: "ui.lang.title", parts: sc.part(bot.Do, "ui.lang.do")}
	for _, lang := range sc.m.langs {
		v.choices = append(v.choices, choice{lang, "options." + lang, bot.Plain, func() { sc.speak(lang) }})
	}
	return v
}

func (sc *scene) speak(lang string) {
	sc.s.Lang = lang
	sc.notice("ui.lang.done")
	sc.unfocus()
}

// human calls the distributor's staff, once a step.
func (sc *scene) human() {
	milestone := milestoneHelp + ":" + sc.s.Step
	switch {
	case len(sc.m.desks) == 0:
		sc.notice("ui.human.none")
	case sc.s.Told == milestone:
		sc.notice("ui.human.again")
	default:
		sc.tell(milestone)
		sc.notice("ui.human.done")
	}
	if sc.s.Focus == focusGate || sc.s.Focus == "" {
		sc.show()
		return
	}
	sc.unfocus()
}

// milestoneHelp is the call for a person.
const milestoneHelp = "help"

// staff hands the clerk what the distributor's staff answered.
func (sc *scene) staff() {
	if sc.text == "" {
		return
	}
	sc.s.Aside = true
	if strings.HasPrefix(sc.s.Told, milestoneHelp+":") {
		sc.s.Told = "" // answered: the clerk may call again
	}
	runes := []rune(sc.text)
	sc.said = sc.reply(view{
		title:   "ui.staff.title",
		parts:   sc.part(bot.Do, "ui.staff.do", text("text", string(runes[:min(len(runes), maxText)]))),
		choices: []choice{sc.choiceResume()},
	})
}
