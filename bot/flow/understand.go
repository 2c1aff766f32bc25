package flow

import (
	"strings"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/match"
)

// Finder finds what is known in a free text, written at a screen.
type Finder interface {
	Find(text, screen string) match.Result
}

// find is what the text means here; nothing when nobody listens.
func (sc *scene) find() match.Result {
	if sc.m.finder == nil || sc.step() == nil {
		return match.Result{}
	}
	return sc.m.finder.Find(sc.text, sc.step().Screen)
}

// answerKey is what the keys of an answer's texts begin with.
func answerKey(id string) string { return "answers." + id }

// inBook tells whether something found is in the book; a text may know more.
func (sc *scene) inBook(f match.Found) bool {
	switch f.Kind {
	case match.Error:
		return sc.m.book.Error(f.ID) != nil
	case match.Answer:
		return sc.m.has(answerKey(f.ID) + ".do")
	case match.Screen:
		return sc.shows(f.ID) != nil
	}
	return false
}

// explain answers what is surely meant: the first error lies over the step with
// its fix, everything else is said on top. To be asked moves nobody.
func (sc *scene) explain(r match.Result) bool {
	if !sc.inBook(r.Match) {
		return false
	}
	over := ""
	for _, f := range append([]match.Found{r.Match}, r.Also...) {
		switch {
		case !sc.inBook(f):
		case f.Kind == match.Screen:
			sc.whereabouts(f.ID)
		case f.Kind == match.Error && over == "":
			over = focusError + "/" + f.ID
		default:
			sc.remark(f)
		}
	}
	if over != "" {
		sc.focus(over)
	}
	sc.stay()
	return true
}

// stay shows where the clerk stands; which of several things was meant is
// asked no longer once something else was said.
func (sc *scene) stay() {
	if kind, _, _ := strings.Cut(sc.s.Focus, "/"); kind == focusPick {
		sc.unfocus()
		return
	}
	sc.show()
}

// remark says the answer, or the fix of a further error, on top of the view.
func (sc *scene) remark(f match.Found) {
	id := answerKey(f.ID)
	if f.Kind == match.Error {
		id = "errors." + f.ID
		sc.notice("ui.also", key("value", id+".name"))
	}
	sc.notice(id + ".do")
}

// shows is the step that shows a screen, one of this flow first.
func (sc *scene) shows(screen string) *Step {
	var first *Step
	for _, s := range sc.m.book.Steps() {
		if s.Screen != screen {
			continue
		}
		if s.flow.ID == sc.s.Flow {
			return s
		}
		if first == nil {
			first = s
		}
	}
	return first
}

// whereabouts says which step a screen belongs to.
func (sc *scene) whereabouts(screen string) {
	if sc.step().Screen == screen {
		sc.notice("ui.screen.here")
		return
	}
	sc.focus(focusScreen + "/" + screen)
}

// screenView names the step of another screen and offers to go on there.
func (sc *scene) screenView(screen string) view {
	step := sc.shows(screen)
	if step == nil { // a new version may have removed it
		return sc.stepView()
	}
	return view{
		title: "ui.screen.title",
		parts: sc.part(bot.Do, "ui.screen.do", key("value", step.ID+".title")),
		choices: []choice{sc.choiceResume(),
			{"there", "options.there", bot.Plain, func() { sc.goTo(step.ID) }},
			sc.choiceHuman(),
		},
	}
}

// nod says a kind word to thanks and to good news; false for anything else.
// That something went well moves nobody: the step is shown again, whose button
// the clerk may press.
func (sc *scene) nod(mood match.Mood) bool {
	switch {
	case mood == match.Thankful:
		sc.notice("ui.thanks")
	case mood == match.Well && (sc.step().End || sc.step().Ask != ""):
		sc.notice("ui.well.alone")
		sc.unfocus()
	case mood == match.Well:
		sc.notice("ui.well.press")
		sc.unfocus()
	default:
		return false
	}
	return true
}

// offer asks which of several things is meant.
func (sc *scene) offer(r match.Result) bool {
	var ids []string
	for _, f := range r.Candidates {
		if sc.inBook(f) && len(ids) < maxPicks {
			ids = append(ids, string(f.Kind)+"="+f.ID)
		}
	}
	if len(ids) == 0 {
		return false
	}
	sc.focus(focusPick + "/" + strings.Join(ids, ","))
	return true
}

// maxPicks is how many things are offered at once.
const maxPicks = maxChoices - 1

// pickView offers what may be meant, none of it, and a person if there is room.
func (sc *scene) pickView(which string) view {
	v := view{title: "ui.pick.title", parts: sc.part(bot.Do, "ui.pick.do")}
	for one := range strings.SplitSeq(which, ",") {
		kind, id, _ := strings.Cut(one, "=")
		f := match.Found{ID: id, Kind: match.Kind(kind)}
		if sc.inBook(f) {
			v.choices = append(v.choices, choice{"pick-" + id, sc.nameOf(f), bot.Plain, func() { sc.picked(f) }})
		}
	}
	v.choices = append(v.choices, choice{"none", "options.none", bot.Plain, func() { sc.focus(focusStuck) }})
	if len(v.choices) < maxChoices {
		v.choices = append(v.choices, sc.choiceHuman())
	}
	return v
}

// nameOf is the key of what something found is called.
func (sc *scene) nameOf(f match.Found) string {
	switch f.Kind {
	case match.Error:
		return "errors." + f.ID + ".name"
	case match.Screen:
		return sc.shows(f.ID).ID + ".title"
	}
	return answerKey(f.ID) + ".name"
}

// picked answers what the clerk meant.
func (sc *scene) picked(f match.Found) {
	sc.unfocus()
	sc.explain(match.Result{Match: f})
}
