package router_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

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

func (s *shelf) Commit(_ context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
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
	if answer != nil || now.IsZero() {
		return nil, answer
	}
	return []bot.Claim{{Effect: t.Effects[0], Attempt: 1}}, nil
}

func noon() time.Time { return time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC) }

func TestHandle(t *testing.T) {
	t.Parallel()
	away := errors.New("store is away")
	for _, c := range []struct {
		name        string
		shelf       shelf
		wantVersion int64
		wantTaken   int
		wantErr     error
	}{
		{"saves and hands on", shelf{}, noon().UnixMilli(), 1, nil},
		{"plays again on a conflict", shelf{answers: []error{bot.ErrConflict, bot.ErrConflict}}, 21, 1, nil},
		{"a duplicate changes nothing", shelf{answers: []error{bot.ErrDuplicate}}, 0, 0, nil},
		{"a store that is away is an error", shelf{answers: []error{away}}, 0, 0, away},
		{"a session that cannot be read is an error", shelf{load: away}, 0, 0, away},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			taken := 0
			r := router.New(router.Config{Store: &c.shelf, Player: counter{}, Now: noon, Take: func(claims []bot.Claim) { taken += len(claims) }})
			answer, err := r.Handle(t.Context(), bot.Event{ID: "e1"})
			if !errors.Is(err, c.wantErr) {
				t.Fatalf("Handle error = %v, want %v", err, c.wantErr)
			}
			if err == nil && (answer.Say == nil || answer.Say.Step != "e1") {
				t.Errorf("Handle answer = %v, want the turn's", answer)
			}
			if c.shelf.session.Version != c.wantVersion || taken != c.wantTaken {
				t.Errorf("version %d, taken %d; want %d, %d", c.shelf.session.Version, taken, c.wantVersion, c.wantTaken)
			}
		})
	}
}

// TestMoment has events that waited happen after those that were faster.
func TestMoment(t *testing.T) {
	t.Parallel()
	s := &shelf{answers: []error{bot.ErrConflict, bot.ErrConflict}}
	clock := noon()
	var moments []time.Duration
	r := router.New(router.Config{Store: s, Now: func() time.Time { clock = clock.Add(time.Second); return clock }, Player: play(func(session bot.Session, e bot.Event) bot.Turn {
		moments = append(moments, e.At.Sub(noon()))
		return counter{}.Play(session, e)
	})})
	for _, e := range []bot.Event{{ID: "waited", At: noon()}, {ID: "ahead", At: noon().Add(time.Minute)}} {
		if _, err := r.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	s.session.Since = noon().Add(time.Hour) // another replica's clock is ahead
	s.session.Version++
	s.answers = []error{bot.ErrConflict}
	if _, err := r.Handle(t.Context(), bot.Event{ID: "behind", At: noon()}); err != nil {
		t.Fatal(err)
	}
	want := []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, time.Minute, 5 * time.Second, time.Hour}
	if !slices.Equal(moments, want) {
		t.Errorf("the events happen at %v, want %v", moments, want)
	}
}

// play is a player that is a function.
type play func(bot.Session, bot.Event) bot.Turn

func (p play) Play(s bot.Session, e bot.Event) bot.Turn { return p(s, e) }

func TestHandleGivesUp(t *testing.T) {
	t.Parallel()
	answers := make([]error, 100)
	for i := range answers {
		answers[i] = bot.ErrConflict
	}
	s := &shelf{answers: answers}
	if _, err := router.New(router.Config{Store: s, Player: counter{}}).Handle(t.Context(), bot.Event{ID: "e"}); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("Handle error = %v, want ErrConflict", err)
	}
	if s.loads >= len(answers) {
		t.Errorf("%d loads: the tries are not bounded", s.loads)
	}
}

// TestRecent does not load what it has just committed, but loads it again when
// somebody else was faster.
func TestRecent(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	r := router.New(router.Config{Store: s, Player: counter{}})
	handle := func(id string, wantLoads int) {
		t.Helper()
		if _, err := r.Handle(t.Context(), bot.Event{ID: id}); err != nil || s.loads != wantLoads {
			t.Errorf("%s: %d loads (%v), want %d", id, s.loads, err, wantLoads)
		}
	}
	handle("e1", 1)
	handle("e2", 1)
	s.answers = []error{bot.ErrConflict}
	handle("e3", 2)
	s.answers = []error{bot.ErrDuplicate}
	handle("e3", 2)
	handle("e4", 3)
}

// strict is a store of one session that refuses versions as real ones do.
type strict struct{ session bot.Session }

func (s *strict) Load(context.Context, string) (bot.Session, error) { return s.session, nil }

func (s *strict) Commit(_ context.Context, t bot.Turn, _ time.Time) ([]bot.Claim, error) {
	switch {
	case t.From != s.session.Version:
		return nil, bot.ErrConflict
	case t.Forget:
		s.session = bot.Session{}
	default:
		s.session = t.Session
	}
	return nil, nil
}

// TestForgottenElsewhere has a session forgotten by one replica and begun again
// until it has as many turns as before: what another replica remembers of it
// does not come back.
func TestForgottenElsewhere(t *testing.T) {
	t.Parallel()
	s := &strict{}
	clock := noon()
	play := play(func(session bot.Session, e bot.Event) bot.Turn {
		turn := counter{}.Play(session, e)
		turn.Session.Name += e.Text
		turn.Forget = e.Choice == "forget"
		return turn
	})
	replica := func() *router.Router {
		return router.New(router.Config{Store: s, Player: play, Now: func() time.Time { clock = clock.Add(time.Second); return clock }})
	}
	here, there := replica(), replica()
	for _, at := range []struct {
		replica *router.Router
		event   bot.Event
	}{
		{here, bot.Event{ID: "e1", Text: "old "}},
		{there, bot.Event{ID: "e2", Choice: "forget"}},
		{there, bot.Event{ID: "e3", Text: "new "}},
		{here, bot.Event{ID: "e4", Text: "newer"}},
	} {
		if _, err := at.replica.Handle(t.Context(), at.event); err != nil {
			t.Fatal(err)
		}
	}
	if s.session.Name != "new newer" {
		t.Errorf("the session is %q", s.session.Name)
	}
}

// crowd is a store that tells when two are in it at once.
type crowd struct {
	shelf
	inside chan struct{}
}

func (c *crowd) Commit(ctx context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
	select {
	case c.inside <- struct{}{}:
	default:
		return nil, errors.New("two at once")
	}
	defer func() { <-c.inside }()
	return c.shelf.Commit(ctx, t, now)
}

// TestOneAtATime has many events of one session at once: none of them meets
// another one.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	const many = 50
	s := &crowd{inside: make(chan struct{}, 1)}
	r := router.New(router.Config{Store: s, Player: counter{}})
	var all sync.WaitGroup
	for n := range many {
		all.Go(func() {
			if _, err := r.Handle(t.Context(), bot.Event{ID: fmt.Sprint(n)}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s.session.Version != many {
		t.Errorf("version %d, want %d", s.session.Version, many)
	}
}

// TestNobodyWaitsForEver gives up when the platform does.
func TestNobodyWaitsForEver(t *testing.T) {
	t.Parallel()
	held, hold := make(chan struct{}), make(chan struct{})
	s := &stuck{held: held, hold: hold}
	r := router.New(router.Config{Store: s, Player: counter{}})
	first := make(chan error)
	go func() { _, err := r.Handle(t.Context(), bot.Event{ID: "e1"}); first <- err }()
	<-held
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Handle(over, bot.Event{ID: "e2"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Handle error = %v, want it cancelled", err)
	}
	close(hold)
	if err := <-first; err != nil {
		t.Error(err)
	}
	if _, err := r.Handle(t.Context(), bot.Event{ID: "e3"}); err != nil {
		t.Error(err)
	}
}

// stuck is a store whose first commit takes its time.
type stuck struct {
	shelf
	once       sync.Once
	held, hold chan struct{}
}

func (s *stuck) Commit(ctx context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
	s.once.Do(func() { close(s.held); <-s.hold })
	return s.shelf.Commit(ctx, t, now)
}
