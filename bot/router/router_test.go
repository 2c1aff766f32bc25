package router_test

import (
	"context"
	"errors"
	"testing"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/router"
)

// counter plays by counting: the turn shows from which session it was played.
type counter struct{}

func (counter) Play(s bot.Session, e bot.Event) bot.Turn {
	from := s.Version
	s.Version++
	return bot.Turn{
		EventID: e.ID, From: from, Session: s,
		Effects: []bot.Effect{{ID: e.ID}},
		Answer:  bot.Answer{Say: &bot.Reply{Step: e.ID}},
	}
}

// shelf is a store of one session whose commits answer what the test says.
type shelf struct {
	session bot.Session
	answers []error // for the next commits; nil saves
	loads   int
	load    error
}

func (s *shelf) Load(context.Context, string) (bot.Session, error) {
	s.loads++
	return s.session, s.load
}

func (s *shelf) Commit(_ context.Context, t bot.Turn) error {
	var answer error
	if len(s.answers) > 0 {
		answer, s.answers = s.answers[0], s.answers[1:]
	}
	if errors.Is(answer, bot.ErrConflict) {
		s.session.Version += 10 // somebody else was faster
	}
	if answer == nil {
		s.session = t.Session
	}
	return answer
}

func TestHandle(t *testing.T) {
	t.Parallel()
	away := errors.New("store is away")
	for _, c := range []struct {
		name        string
		shelf       shelf
		wantVersion int64
		wantNudges  int
		wantErr     error
	}{
		{"saves and nudges", shelf{}, 1, 1, nil},
		{"plays again on a conflict", shelf{answers: []error{bot.ErrConflict, bot.ErrConflict}}, 21, 1, nil},
		{"a duplicate changes nothing", shelf{answers: []error{bot.ErrDuplicate}}, 0, 0, nil},
		{"a store that is away is an error", shelf{answers: []error{away}}, 0, 0, away},
		{"a session that cannot be read is an error", shelf{load: away}, 0, 0, away},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			nudges := 0
			r := router.New(&c.shelf, counter{}, func() { nudges++ })
			answer, err := r.Handle(t.Context(), bot.Event{ID: "e1"})
			if !errors.Is(err, c.wantErr) {
				t.Fatalf("Handle error = %v, want %v", err, c.wantErr)
			}
			if err == nil && (answer.Say == nil || answer.Say.Step != "e1") {
				t.Errorf("Handle answer = %v, want the turn's", answer)
			}
			if c.shelf.session.Version != c.wantVersion || nudges != c.wantNudges {
				t.Errorf("version %d, nudges %d; want %d, %d", c.shelf.session.Version, nudges, c.wantVersion, c.wantNudges)
			}
		})
	}
}

func TestHandleGivesUp(t *testing.T) {
	t.Parallel()
	answers := make([]error, 100)
	for i := range answers {
		answers[i] = bot.ErrConflict
	}
	s := &shelf{answers: answers}
	if _, err := router.New(s, counter{}, func() {}).Handle(t.Context(), bot.Event{ID: "e"}); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("Handle error = %v, want ErrConflict", err)
	}
	if s.loads >= len(answers) {
		t.Errorf("%d loads: the tries are not bounded", s.loads)
	}
}
