package flow

import (
	"slices"
	"unicode/utf8"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
	"github.com/shirube/shirube/bot/match"
)

// hear takes what the clerk wrote: a button's label, a message of the portal, a
// command as the whole message, something that is surely known, or the answer
// that is asked for. A command that means nothing here is never taken for an
// answer.
func (sc *scene) hear() {
	if utf8.RuneCountInString(sc.text) > maxText {
		sc.notice("ui.too_long")
		return
	}
	folded := japan.Fold(sc.text)
	if sc.confided(folded) {
		return
	}
	if folded == "" {
		sc.notice("ui.unreadable")
		return
	}
	if sc.chooseLabel(folded) || sc.recognise(folded) {
		return
	}
	command := sc.m.commands[folded]
	if command != "" && sc.obey(command) {
		return
	}
	if command != "" { // it means nothing here
		sc.notice("ui.unknown")
		return
	}
	if !sc.mend(folded) {
		sc.understand(sc.view())
	}
}

// understand takes what is no label, no message to the letter and no command.
func (sc *scene) understand(v view) {
	if v.hear != nil && v.first {
		v.hear(sc.text)
		return
	}
	found := sc.find()
	switch {
	case sc.explain(found):
	case v.hear != nil:
		v.hear(sc.text)
	case !sc.offer(found) && !sc.nod(found.Mood):
		sc.notice("ui.unknown")
	}
}

// speaks tells whether the text is a command, a message of the portal or
// something that is surely known.
func (sc *scene) speaks() bool {
	folded := japan.Fold(sc.text)
	command := sc.m.commands[folded]
	return command != "" && command != "start" && command != "next" || len(sc.m.messages[folded]) > 0 ||
		command == "" && sc.inBook(sc.find().Match)
}

// chooseLabel presses the button whose label was typed.
func (sc *scene) chooseLabel(folded string) bool {
	for _, c := range sc.view().choices {
		if slices.Contains(sc.m.labels[c.label], folded) {
			c.act()
			return true
		}
	}
	return false
}

// recognise answers a message of the portal, one of this screen first.
func (sc *scene) recognise(folded string) bool {
	found := sc.m.messages[folded]
	if len(found) == 0 {
		return false
	}
	known := found[0]
	for _, e := range found {
		if slices.Contains(e.Screens, sc.step().Screen) {
			known = e
			break
		}
	}
	sc.focus(focusError + "/" + known.ID)
	return true
}

// order obeys a command given apart from the conversation, by its name or by
// any word for it.
func (sc *scene) order(command string) {
	if word, found := sc.m.commands[japan.Fold(command)]; found {
		command = word
	}
	if !sc.obey(command) {
		sc.notice("ui.unknown_command")
		sc.focusHelp()
	}
}

// obey does what a command says; false when it is none, or means nothing here.
//
//nolint:gocyclo,funlen // a command a case
func (sc *scene) obey(command string) bool {
	switch command {
	case "next", "yes":
		return sc.first(command == "yes")
	case "no":
		return sc.decline()
	case "back":
		sc.back()
	case "help":
		sc.focusHelp()
	case "what":
		sc.what()
	case "stuck":
		sc.focus(focusStuck)
	case "already":
		sc.already()
	case "thanks":
		return sc.nod(match.Thankful)
	case "solved":
		return sc.nod(match.Well)
	case "missing":
		sc.missing()
	case "human":
		sc.human()
	case "status":
		sc.status()
	case "start":
		sc.unfocus()
	case "restart":
		sc.focus(focusRestart)
	case "forget":
		sc.focus(focusForget)
	case "card":
		sc.s.Draft = "" // it was about something else
		sc.focus(focusCard)
	case "lang":
		sc.focus(focusLang)
	case "later":
		return sc.choose("later")
	case "rest":
		return sc.choose("rest") || sc.choose("later")
	case "me":
		return sc.me()
	case "gotit": // courtesy, never an answer
		sc.notice("ui.gotit")
		sc.stay()
	case "ja", "en":
		sc.speak(command)
	default:
		return false
	}
	return true
}

// first takes the expected way for a typed "yes" or "next", where that can only
// mean one thing: never the outcome of somebody else's work, never a deletion,
// and a gate wants a "yes".
func (sc *scene) first(yes bool) bool {
	if sc.aside {
		sc.show()
		return true
	}
	v := sc.view()
	waits := sc.s.Focus == "" && len(sc.step().Wait) > 0
	deletes := sc.s.Focus == focusRestart || sc.s.Focus == focusForget
	if len(v.choices) == 0 || v.ask != "" || waits || deletes || sc.s.Focus == focusGate && !yes {
		return false
	}
	v.choices[0].act()
	return true
}

// me takes the way of the clerk's own name; where there is none, "me" is no name.
func (sc *scene) me() bool {
	if sc.choose("me") {
		return true
	}
	if sc.m.book.Vars[sc.view().ask].Kind != kindPerson {
		return false
	}
	sc.wrong(kindPerson, "empty")
	return true
}

// decline takes the way a typed "no" means, where there is one.
func (sc *scene) decline() bool {
	for _, id := range []string{choiceResume, "hold", "retype", "still", "have"} {
		if sc.choose(id) {
			return true
		}
	}
	return false
}

func (sc *scene) focusHelp() { sc.focus(focusHelp) }

// what explains the step: why it is there, then the step again.
func (sc *scene) what() {
	sc.notices = append(sc.notices, sc.part(bot.Notice, sc.s.Step+".why")...)
	if len(sc.notices) == 0 {
		sc.notice("flows." + sc.s.Flow + ".about")
	}
	sc.show()
}

// already skips a step that is done, after a look at the proof.
func (sc *scene) already() {
	step := sc.step()
	switch {
	case sc.choose("have"): // the question whether it is done already
	case step.End:
		sc.show()
	case step.Ask != "":
		sc.notice("ui.already.ask")
		sc.unfocus()
	default:
		sc.focus(focusAlready)
	}
}
