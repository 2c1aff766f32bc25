package flow_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/japan"
	"github.com/shirube/shirube/bot/locale"
)

// small is a book of three steps whose middle one was renamed twice.
func small(t *testing.T) *flow.Machine {
	t.Helper()
	content := fstest.MapFS{}
	for name, text := range map[string]string{
		"flows/book.yaml": "start: a.one\nflows: [a, b]\nvars: {}\n",
		"flows/a.yaml": `flow: a
version: 3
migrate: { a.old: a.older, a.older: a.two }
steps:
  - { id: a.one, next: [{ go: a.two }] }
  - { id: a.two, next: [{ go: b.end }] }
`,
		"flows/b.yaml":      "flow: b\nversion: 1\nsteps:\n  - { id: b.end, end: true }\n",
		"locales/ja/x.yaml": "a: {one: {title: 一}, two: {title: 二}}\n",
	} {
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	book, err := flow.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := locale.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	return flow.New(book, catalog, japan.NewCalendar(), nil)
}

// TestMovedSession stands in steps of earlier versions: nobody is lost.
func TestMovedSession(t *testing.T) {
	t.Parallel()
	m := small(t)
	for _, c := range []struct {
		flow, step, want string
		told             bool // that the procedure changed
	}{
		{"a", "a.two", "a.two", false},
		{"a", "a.old", "a.two", true},   // over two renames
		{"a", "a.never", "a.one", true}, // unknown: the start of its flow
		{"z", "z.gone", "a.one", true},  // a flow that is gone: the start
	} {
		s := bot.Session{ID: clerk().SessionID(), Version: 7, Flow: c.flow, FlowVersion: 1, Step: c.step, Home: clerk(), Lang: "ja", Trail: []string{"a.gone", "a.one"}}
		turn := m.Play(s, event(1, bot.Opened, "", ""))
		if turn.Session.Step != c.want {
			t.Errorf("%s goes on at %s, want %s", c.step, turn.Session.Step, c.want)
		}
		first := said(turn)[0].Parts[0].Phrase.Key
		if (first == "ui.moved") != c.told {
			t.Errorf("%s: first said %s", c.step, first)
		}
		// Going back skips what is no longer there.
		back := m.Play(turn.Session, event(2, bot.Ordered, "", "back")).Session
		if back.Step != "a.one" {
			t.Errorf("%s: back leads to %s", c.step, back.Step)
		}
	}
}

// TestOldReminderIsIdle lets a reminder of a step the clerk has left come due.
func TestOldReminderIsIdle(t *testing.T) {
	t.Parallel()
	m := machine(t)
	s := bot.Session{ID: clerk().SessionID(), Version: 3, Flow: "csp", FlowVersion: 1, Step: "csp.confirm", Home: clerk(), Lang: "ja", Vars: map[string]string{}}
	turn := m.Play(s, event(1, bot.Said, "次", ""))
	var clocks []bot.Effect
	for _, e := range turn.Effects {
		if e.Wake != "" {
			clocks = append(clocks, e)
		}
	}
	if turn.Session.Step != "review.wait" || len(clocks) != 2 {
		t.Fatalf("at %s with %d clocks", turn.Session.Step, len(clocks))
	}
	if want := time.Date(2026, 11, 27, 10, 0, 0, 0, japan.Tokyo()); !clocks[0].Due.Equal(want) {
		t.Errorf("the first reminder is due %s, want %s", clocks[0].Due, want)
	}
	left := m.Play(turn.Session, event(2, bot.Pressed, "", said(turn)[0].Options[0].ID)).Session
	for _, clock := range clocks {
		idle := m.Play(left, bot.Event{ID: clock.ID, Session: left.ID, At: clock.Due, Kind: bot.Woke, Choice: clock.Wake})
		if len(idle.Effects) != 0 || idle.Session.Step != left.Step {
			t.Errorf("an overtaken reminder acts: %+v", idle)
		}
	}
	woken := m.Play(turn.Session, bot.Event{ID: "w", Session: left.ID, At: clocks[1].Due, Kind: bot.Woke, Choice: clocks[1].Wake})
	if woken.Session.Step != "review.overdue" || !strings.Contains(woken.Session.Told, "overdue") {
		t.Errorf("the last reminder leads to %s, told %q", woken.Session.Step, woken.Session.Told)
	}
	forgotten := m.Play(bot.Session{ID: left.ID}, bot.Event{ID: "w", Session: left.ID, At: clocks[1].Due, Kind: bot.Woke, Choice: clocks[1].Wake})
	if !forgotten.Forget || len(forgotten.Effects) != 0 {
		t.Error("a reminder makes a deleted session again")
	}
}
