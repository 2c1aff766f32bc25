package flow_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/match"
)

// ear hears one thing in every text.
type ear struct{ heard match.Result }

func (e ear) Find(string, string) match.Result { return e.heard }

func found(kind match.Kind, id string) match.Found {
	return match.Found{ID: id, Kind: kind, Score: 0.9}
}

func TestUnderstood(t *testing.T) {
	t.Parallel()
	m := machine(t)
	start := m.Play(bot.Session{}, bot.Event{ID: "0", Session: "s", Kind: bot.Opened}).Session
	for name, c := range map[string]struct {
		heard match.Result
		want  string // a key that is said
		focus string
	}{
		"an error lies over the step": {match.Result{Match: found(match.Error, "mfa-required")}, "errors.mfa-required.do", "error/mfa-required"},
		"an answer is said on top":    {match.Result{Match: found(match.Answer, "mpa-how")}, "answers.mpa-how.do", ""},
		"two errors": {match.Result{Match: found(match.Error, "duns-error"), Also: []match.Found{found(match.Error, "name-exists")}},
			"errors.name-exists.do", "error/duns-error"},
		"an error and an answer": {match.Result{Match: found(match.Error, "duns-error"), Also: []match.Found{found(match.Answer, "mpa-how")}},
			"answers.mpa-how.do", "error/duns-error"},
		"another screen": {match.Result{Match: found(match.Screen, "csp.support")}, "ui.screen.do", "screen/csp.support"},
		"what is unsure is offered": {match.Result{Match: match.Found{ID: "none", Kind: match.None},
			Candidates: []match.Found{found(match.Error, "duns-error"), found(match.Answer, "mpa-how")}}, "ui.pick.do", "pick/error=duns-error,answer=mpa-how"},
		"thanks":              {match.Result{Match: match.Found{ID: "none", Kind: match.None}, Mood: match.Thankful}, "ui.thanks", ""},
		"good news":           {match.Result{Match: match.Found{ID: "none", Kind: match.None}, Mood: match.Well}, "ui.well.", ""},
		"nothing":             {match.Result{Match: match.Found{ID: "none", Kind: match.None}}, "ui.unknown", ""},
		"what the book lacks": {match.Result{Match: found(match.Error, "no-such")}, "ui.unknown", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			turn := m.With(ear{c.heard}).Play(start, bot.Event{ID: "1", Session: "s", Kind: bot.Said, Text: "何か"})
			var keys []string
			for _, e := range turn.Effects {
				for _, p := range e.Say.Parts {
					keys = append(keys, p.Phrase.Key)
				}
			}
			if !strings.Contains(strings.Join(keys, " "), c.want) {
				t.Errorf("said %v, want %s", keys, c.want)
			}
			if turn.Session.Step != start.Step || turn.Session.Focus != c.focus {
				t.Errorf("at %s with %q, want %s with %q", turn.Session.Step, turn.Session.Focus, start.Step, c.focus)
			}
		})
	}
}
