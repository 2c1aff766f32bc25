package flow

import (
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// maxTrail is how many steps a clerk can go back.
const maxTrail = 12

// follow takes an edge of the step the clerk stands at.
func (sc *scene) follow(kind string, e Edge) {
	sc.took(wayID(sc.s.Step, kind, e.Option()))
	for name, v := range e.Set {
		sc.s.Vars[name] = sc.computed(v)
	}
	sc.tell(e.Tell)
	sc.goTo(e.Go)
}

func (sc *scene) took(way string) { sc.ways = append(sc.ways, way) }

func (sc *scene) computed(v string) string {
	switch v {
	case "@today":
		return sc.e.At.In(japan.Tokyo()).Format(time.DateOnly)
	case "@name":
		return sc.s.Name
	}
	return v
}

// goTo moves forward and remembers the way back.
func (sc *scene) goTo(step string) {
	sc.s.Trail = append(sc.s.Trail, sc.s.Step)
	if len(sc.s.Trail) > maxTrail {
		sc.s.Trail = sc.s.Trail[1:]
	}
	sc.arrive(sc.m.book.Step(step))
}

// arrive stands the clerk at a step, or at the next one when this one's answer
// is known already or its waiting is over.
func (sc *scene) arrive(step *Step) {
	for step.Unless != "" && sc.s.Vars[step.Unless] != "" {
		sc.took(wayID(step.ID, "unless", step.Unless))
		step = sc.m.book.Step(step.Next[0].Go)
	}
	sc.arriveAt(step)
	for i, w := range step.Wait {
		due := w.After.After(sc.waitsFrom(step), sc.m.cal)
		if w.Go != "" && !due.After(sc.e.At) {
			sc.took(wayID(step.ID, "wait", strconv.Itoa(i)))
			sc.tell(w.Tell)
			sc.arrive(sc.m.book.Step(w.Go))
			return
		}
	}
}

func (sc *scene) arriveAt(step *Step) {
	sc.s.Flow, sc.s.FlowVersion, sc.s.Step = step.flow.ID, step.flow.Version, step.ID
	sc.s.Since = sc.e.At
	sc.s.Visit++
	sc.s.Focus, sc.s.Draft = "", ""
	if step.Gate != nil {
		sc.s.Focus = focusGate
	}
	sc.s.Seq++
	sc.remind(step)
	sc.show()
}

// focus lays a question or an explanation over the step.
func (sc *scene) focus(on string) {
	sc.s.Focus = on
	sc.s.Seq++
	sc.show()
}

// unfocus shows the step itself again; a gate that was not passed asks again.
func (sc *scene) unfocus() {
	sc.s.Draft = ""
	if step := sc.step(); step.Gate != nil && sc.s.Vars[passedMark] != step.ID {
		sc.focus(focusGate)
		return
	}
	sc.focus("")
}

// passedMark is the variable that holds the step whose gate was passed.
const passedMark = "passed"

func (sc *scene) pass() {
	sc.took(wayID(sc.s.Step, "gate", optionConfirm))
	sc.s.Vars[passedMark] = sc.s.Step
	sc.focus("")
}

// back closes what lies over the step, or returns to the step before.
func (sc *scene) back() {
	if sc.s.Focus != "" && sc.s.Focus != focusGate {
		sc.unfocus()
		return
	}
	for len(sc.s.Trail) > 0 {
		last := len(sc.s.Trail) - 1
		step := sc.m.book.Step(sc.s.Trail[last])
		sc.s.Trail = sc.s.Trail[:last]
		if step != nil { // a new version may have removed it
			sc.arriveAt(step)
			return
		}
	}
	sc.notice("ui.no_back")
	sc.show()
}

// waitsFrom is the moment the waits of a step count from.
func (sc *scene) waitsFrom(step *Step) time.Time {
	if day, err := time.ParseInLocation(time.DateOnly, sc.s.Vars[step.Since], japan.Tokyo()); err == nil {
		return day
	}
	return sc.s.Since
}

// remind sets the clocks of a step at which somebody else works.
func (sc *scene) remind(step *Step) {
	for i, w := range step.Wait {
		due := w.After.After(sc.waitsFrom(step), sc.m.cal)
		if due.After(sc.e.At) {
			sc.effects = append(sc.effects, bot.Effect{Due: due, Wake: sc.clock(step.ID, i)})
		}
	}
}

// clock names a reminder so that one that was overtaken is recognised.
func (sc *scene) clock(step string, i int) string {
	return step + "#" + strconv.Itoa(i) + "#" + strconv.FormatInt(int64(sc.s.Visit), 36)
}

// wake lets a reminder act if the clerk still waits where it was set.
func (sc *scene) wake(name string) {
	step := sc.step()
	for i, w := range step.Wait {
		if name != sc.clock(step.ID, i) {
			continue
		}
		sc.took(wayID(step.ID, "wait", strconv.Itoa(i)))
		sc.tell(w.Tell)
		if w.Go != "" {
			sc.goTo(w.Go)
			return
		}
		sc.notice(step.ID + ".remind")
		sc.unfocus()
	}
}

// tell lets the distributor know of a milestone, once in a row.
func (sc *scene) tell(milestone string) {
	if milestone == "" || milestone == sc.s.Told {
		return
	}
	sc.s.Told = milestone
	name, _, _ := strings.Cut(milestone, ":")
	for _, desk := range sc.m.desks {
		sc.effects = append(sc.effects, bot.Effect{To: desk.To, Lang: desk.Lang, Due: sc.e.At, Say: &bot.Reply{
			Step:     sc.s.Step,
			Parts:    []bot.Part{{Kind: bot.Do, Phrase: sc.phrase("notify." + name)}},
			Progress: sc.m.book.Progress(sc.s.Step),
		}})
	}
}
