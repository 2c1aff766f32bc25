package flow

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/shirube/shirube/bot"
)

// scene is one event being played: the session as it becomes, and what is said.
type scene struct {
	m       *Machine
	s       bot.Session
	e       bot.Event
	from    int64      // the version the scene began with
	seq     int        // the buttons it began with
	text    string     // what was typed, cleaned, its secrets masked
	secrets []string   // the kinds of secrets that were in it
	notices []bot.Part // said on top of the next message
	showing bool       // the current view is said at the end
	said    *bot.Reply // said in place of the current view
	effects []bot.Effect
	forget  bool
	aside   bool // the newest message before was not the view's
	ways    []string
}

// The bounds of what a person's name and text may be.
const (
	maxText = 4000 // runes of one message; Slack's and Teams' own limits are near
	maxName = 60   // runes of a display name
)

func newScene(m *Machine, s bot.Session, e bot.Event) *scene {
	sc := &scene{m: m, s: s, e: e, from: s.Version, seq: s.Seq}
	sc.s.Version++
	sc.s.ID = e.Session
	sc.s.Vars = maps.Clone(s.Vars)
	if sc.s.Vars == nil {
		sc.s.Vars = map[string]string{}
	}
	sc.s.Trail = slices.Clone(s.Trail)
	sc.text, sc.secrets = sc.masked(clean(e.Text))
	sc.e.Text = "" // from here on nothing knows what was typed
	sc.aside, sc.s.Aside = s.Aside, s.Aside && (e.Kind == bot.Woke || e.Kind == bot.Confirmed)
	return sc
}

func (sc *scene) play() {
	if sc.s.Step == "" && !sc.clerks() {
		sc.forget = true // the session was deleted meanwhile; do not make it again
		return
	}
	if sc.e.Kind == bot.Confirmed {
		sc.drifted()
		return
	}
	sc.meet()
	sc.warn()
	if sc.s.Step == "" {
		sc.arrive(sc.m.book.Step(sc.m.book.Start))
		if sc.greets() {
			return
		}
	} else {
		sc.settle()
	}
	switch sc.e.Kind {
	case bot.Opened:
		sc.notice("ui.welcome_back")
		sc.show()
	case bot.Said:
		sc.hear()
	case bot.Pressed:
		sc.press(sc.e.Choice)
	case bot.Ordered:
		sc.order(sc.e.Choice)
	case bot.Woke:
		sc.wake(sc.e.Choice)
	case bot.Answered:
		sc.staff()
	case bot.Filled:
		sc.fill(sc.e.Choice)
	case bot.Looked:
		sc.s.Panel = true
	}
}

// clerks tells whether the event is the clerk's own.
func (sc *scene) clerks() bool {
	return sc.e.Kind != bot.Woke && sc.e.Kind != bot.Answered && sc.e.Kind != bot.Confirmed
}

// greets tells whether the first message of all answers the event.
func (sc *scene) greets() bool {
	switch sc.e.Kind {
	case bot.Ordered:
		return false
	case bot.Said:
		return !sc.speaks()
	case bot.Looked:
		sc.s.Panel, sc.showing = true, false // to look at the panel is not yet to begin
		return true
	}
	return true
}

// meet learns from the clerk's own events who speaks and where.
func (sc *scene) meet() {
	if !sc.clerks() {
		return
	}
	direct := sc.s.Home.Channel
	sc.s.Home = sc.e.From
	sc.s.Home.Thread = ""
	if sc.e.From.Channel == "" { // a command or a look, given elsewhere
		sc.s.Home.Channel = direct
	}
	if name := []rune(oneLine(sc.e.Name)); len(name) > 0 {
		sc.s.Name = string(name[:min(len(name), maxName)])
	}
	if sc.s.Lang == "" {
		sc.s.Lang = sc.m.lang(sc.e.Lang)
	}
}

// settle moves a session that stands in an earlier version of its flow.
func (sc *scene) settle() {
	step := sc.m.book.Step(sc.s.Step)
	if step == nil {
		sc.notice("ui.moved")
		sc.arriveAt(sc.m.book.Moved(sc.s.Flow, sc.s.Step))
		return
	}
	sc.s.Flow, sc.s.FlowVersion = step.flow.ID, step.flow.Version
}

// turn closes the scene.
func (sc *scene) turn() bot.Turn {
	t := bot.Turn{EventID: sc.e.ID, At: sc.e.At, From: sc.from, Session: sc.s, Forget: sc.forget}
	if len(sc.s.Vars) == 0 { // as it comes back from a store
		t.Session.Vars = nil
	}
	if len(sc.s.Trail) == 0 {
		t.Session.Trail = nil
	}
	if sc.said == nil && (sc.showing || len(sc.notices) > 0) {
		sc.said = sc.reply(sc.view())
	}
	if sc.said != nil {
		t.Answer = sc.utter()
	}
	if sc.s.Panel && !sc.forget && (sc.s.Seq != sc.seq || sc.e.Kind == bot.Looked) {
		sc.panel()
	}
	for i := range sc.effects {
		sc.effects[i].ID = bot.EffectID(sc.s.ID, sc.e.ID, i)
		sc.effects[i].Session = sc.s.ID
		if r := sc.effects[i].Report; r != nil {
			r.ID, r.Session = sc.effects[i].ID, sc.s.ID
		}
	}
	t.Effects = sc.effects
	return t
}

// utter says what is to be said: to an order or a form that changed nothing in
// the response itself, otherwise as a message, to which an order's response
// then points.
func (sc *scene) utter() (answer bot.Answer) {
	unchanged := sc.s.Seq == sc.seq
	if unchanged && (sc.e.Kind == bot.Ordered || sc.e.Kind == bot.Filled) {
		return bot.Answer{Lang: sc.s.Lang, Say: sc.said}
	}
	to := sc.s.Home
	if sc.e.From.Channel == to.Channel {
		to.Thread = sc.e.From.Thread
	}
	sc.effects = append(sc.effects, bot.Effect{To: to, Lang: sc.s.Lang, Due: sc.e.At, Say: sc.said})
	if sc.e.Kind == bot.Ordered {
		answer.Lang = sc.s.Lang
		answer.Say = &bot.Reply{Parts: []bot.Part{{Kind: bot.Notice, Phrase: sc.phrase("ui.ordered")}}}
	}
	return answer
}

func (sc *scene) step() *Step { return sc.m.book.Step(sc.s.Step) }

func (sc *scene) show() { sc.showing = true }

func (sc *scene) notice(key string, values ...value) {
	sc.notices = append(sc.notices, bot.Part{Kind: bot.Notice, Phrase: sc.phrase(key, values...)})
}

// oneLine is a name without anything that could forge a line around it.
func oneLine(name string) string {
	visible := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, clean(name))
	return strings.Join(strings.Fields(visible), " ")
}

// clean makes what a person typed safe to look at: valid UTF-8 without control
// characters, no space around.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "")
	text = strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || r == '\u200b' || r == '\ufeff') {
			if r == '\t' || r == '\r' {
				return ' '
			}
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}
