package main

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/transcript"
)

// wanderer plays a transcript, and after every turn of it asks something else
// and looks what becomes of the walk. What was asked is forgotten again.
type wanderer struct {
	*transcript.Pure
	t       *testing.T
	machine *flow.Machine
	steps   map[string]bool // where something was asked
}

// Do implements transcript.Stage.
func (w *wanderer) Do(e bot.Event) ([]bot.Effect, bot.Answer, error) {
	said, answer, err := w.Pure.Do(e)
	w.digress(e.At)
	return said, answer, err
}

// Wake implements transcript.Stage.
func (w *wanderer) Wake(now time.Time) ([]bot.Effect, error) {
	said, err := w.Pure.Wake(now)
	w.digress(now)
	return said, err
}

// digressions are a question and a trouble, and what each is answered with.
var digressions = map[string]string{
	"どのブラウザを使えばいいですか？":                "answers.recommended-env.do",
	"「問題が発生しました。もう一度お試しください」と表示されました": "errors.something-wrong.do",
}

func (w *wanderer) digress(now time.Time) {
	before, err := w.Session()
	if err != nil {
		w.t.Fatal(err)
	}
	if before.Step == "" {
		return
	}
	w.steps[before.Step] = true
	reports := before.Focus == "missing" || before.Focus == "reported"
	for text, want := range digressions {
		if reports && strings.HasPrefix(want, "errors.") {
			continue // it is what the clerk sees
		}
		turn := w.machine.Play(before, bot.Event{ID: "digression", Session: before.ID, From: before.Home, At: now, Kind: bot.Said, Text: text})
		data, err := json.Marshal(turn.Effects)
		if err != nil {
			w.t.Fatal(err)
		}
		switch after := turn.Session; {
		case !strings.Contains(string(data), want):
			w.t.Errorf("at %s (%s) %q is answered %s", before.Step, before.Focus, text, data)
		case after.Step != before.Step || !maps.Equal(after.Vars, before.Vars) || !slices.Equal(after.Trail, before.Trail):
			w.t.Errorf("at %s (%s) %q takes the walk to %+v", before.Step, before.Focus, text, after)
		}
	}
}

// TestDigressions asks and reports something at every turn of every transcript,
// which together walk every step: it is answered, and the walk stays.
func TestDigressions(t *testing.T) {
	t.Parallel()
	files, g := os.DirFS("../.."), ownGuide(t)
	machine := g.machine([]flow.Desk{{To: transcript.Desk()}})
	steps := map[string]bool{}
	for _, script := range scripts(t, files) {
		stage := &wanderer{Pure: transcript.NewPure(machine, transcript.NewCoverage()), t: t, machine: machine, steps: steps}
		if _, err := script.Play(stage, g.travel); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range machine.Book().Steps() {
		if !steps[step.ID] {
			t.Errorf("nothing was asked at %s", step.ID)
		}
	}
}
