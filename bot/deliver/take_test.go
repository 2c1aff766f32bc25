package deliver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/deliver"
)

// running starts a worker; its end is waited for when the test ends.
func running(t *testing.T, w *deliver.Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	var stopped bool
	stop = func() {
		if !stopped {
			stopped = true
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("Run = %v", err)
			}
		}
	}
	t.Cleanup(stop)
	return stop
}

// claim is of an effect with a lease that is long enough.
func claim(id, channel string) bot.Claim {
	e := say(id)
	e.To.Channel = channel
	return bot.Claim{Effect: e, Attempt: 1, Until: noon().Add(time.Hour)}
}

// TestTakeGoesOn works what it is handed, and what comes after it in its lane,
// without asking the outbox.
func TestTakeGoesOn(t *testing.T) {
	t.Parallel()
	b := &box{done: make(chan string, 3), next: map[string][]bot.Claim{"a": {claim("b", "C1")}, "b": {claim("c", "C1")}}}
	w := worker(b, &bytes.Buffer{}, func(m bot.Message) (bot.Receipt, error) { return bot.Receipt{ID: "of " + m.ID}, nil })
	running(t, w)
	w.Take([]bot.Claim{claim("a", "C1")})
	for _, want := range []string{"done a of a", "done b of b", "done c of c"} {
		if got := <-b.done; got != want {
			t.Errorf("outbox saw %q, want %q", got, want)
		}
	}
}

// TestSlowPlaceKeepsItsRoom has many messages for a channel that does not
// answer: the others' go out all the same.
func TestSlowPlaceKeepsItsRoom(t *testing.T) {
	t.Parallel()
	const many = 20
	b := &box{done: make(chan string, many+3)}
	hold := make(chan struct{})
	w := worker(b, &bytes.Buffer{}, func(m bot.Message) (bot.Receipt, error) {
		if m.To.Channel == "slow" {
			<-hold
		}
		return bot.Receipt{}, nil
	})
	running(t, w)
	for n := range many {
		w.Take([]bot.Claim{claim(fmt.Sprint("slow", n), "slow")})
	}
	for _, id := range []string{"a", "b", "c"} {
		w.Take([]bot.Claim{claim(id, "of "+id)})
		if got := <-b.done; got != "done "+id+" " {
			t.Errorf("outbox saw %q while the channel is slow, want %s done", got, id)
		}
	}
	close(hold)
	for range many {
		if got := <-b.done; !strings.HasPrefix(got, "done slow") {
			t.Errorf("outbox saw %q", got)
		}
	}
}

// TestCrowdGoesBack bounds what waits for one place in memory.
func TestCrowdGoesBack(t *testing.T) {
	t.Parallel()
	const many = 300
	b := &box{done: make(chan string, many)}
	hold := make(chan struct{})
	w := worker(b, &bytes.Buffer{}, func(bot.Message) (bot.Receipt, error) { <-hold; return bot.Receipt{}, nil })
	running(t, w)
	for n := range many {
		w.Take([]bot.Claim{claim(fmt.Sprint(n), "slow")})
	}
	const held = 256 + 2 // in the line and at work
	for range many - held {
		if got := <-b.done; !strings.HasSuffix(got, "in 3s: send: crowded") {
			t.Errorf("outbox saw %q, want it back in a while", got)
		}
	}
	close(hold)
	for range held {
		if got := <-b.done; !strings.HasPrefix(got, "done ") {
			t.Errorf("outbox saw %q", got)
		}
	}
}

// TestStopGivesBack ends what is being sent and gives back what waits.
func TestStopGivesBack(t *testing.T) {
	t.Parallel()
	b := &box{next: map[string][]bot.Claim{"a": {claim("after a", "C1")}}}
	began, hold := make(chan struct{}, 2), make(chan struct{})
	w := worker(b, &bytes.Buffer{}, func(bot.Message) (bot.Receipt, error) {
		began <- struct{}{}
		<-hold
		return bot.Receipt{}, nil
	})
	stop := running(t, w)
	w.Take([]bot.Claim{claim("a", "C1"), claim("b", "C1"), claim("c", "C1")})
	<-began
	<-began
	go func() { stop(); close(began) }()
	<-w.Ended()
	close(hold)
	<-began
	slices.Sort(b.log)
	if want := []string{"done a ", "done b ", "retry c in 0s: send: crowded"}; !slices.Equal(b.log, want) {
		t.Errorf("outbox saw %q, want %q", b.log, want)
	}
}

// TestLateClaimGoesBack does not begin what cannot end within its lease.
func TestLateClaimGoesBack(t *testing.T) {
	t.Parallel()
	c := claim("a", "C1")
	c.Until = noon().Add(time.Second)
	b := &box{claims: []bot.Claim{c}}
	w := worker(b, &bytes.Buffer{}, func(bot.Message) (bot.Receipt, error) {
		t.Error("it was sent")
		return bot.Receipt{}, nil
	})
	w.Within = 2 * time.Second
	if _, err := w.Drain(t.Context()); err != nil || !slices.Equal(b.log, []string{"retry a in 0s: send: crowded"}) {
		t.Errorf("outbox saw %q (%v)", b.log, err)
	}
}

// TestStopCutsOff does not wait for ever for what is being sent: it is to be
// tried again.
func TestStopCutsOff(t *testing.T) {
	t.Parallel()
	b := &box{claims: []bot.Claim{claim("a", "C1")}}
	began := make(chan struct{})
	w := deliver.New(deliver.Config{
		Outbox: b, Renderer: plain{}, Platforms: []bot.Platform{hanging{began}}, Now: noon, Log: slog.New(slog.DiscardHandler),
		Backoff:  deliver.Backoff{First: time.Second, Longest: time.Minute, Attempts: 4, Random: func() float64 { return 0.5 }},
		Parallel: 4, Narrow: 2, Poll: time.Hour, Grace: time.Millisecond,
	})
	stop := running(t, w)
	<-began
	stop()
	if want := []string{"retry a in 1s: send: failed"}; !slices.Equal(b.log, want) {
		t.Errorf("outbox saw %q, want %q", b.log, want)
	}
}

// hanging is a platform that never answers.
type hanging struct{ began chan struct{} }

func (hanging) Name() string { return "test" }

func (h hanging) Send(ctx context.Context, _ bot.Message) (bot.Receipt, error) {
	close(h.began)
	<-ctx.Done()
	return bot.Receipt{}, ctx.Err()
}
