package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// gate holds up what is posted to one channel, and counts how much of it is
// under way at the same time.
type gate struct {
	channel string
	hold    chan struct{} // closed when it is let through

	mu        sync.Mutex
	now, most int
}

// draw is a workspace's.
func (g *gate) draw(ctx context.Context, method, channel string) fault {
	if method != "chat.postMessage" || channel != g.channel {
		return fine
	}
	g.enter(1)
	select {
	case <-g.hold:
	case <-ctx.Done(): // the bot did not wait for so long
	}
	g.enter(-1)
	return fine
}

func (g *gate) enter(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now += n
	g.most = max(g.most, g.now)
}

// crowd has so many messages under way at most, and some at all.
func (g *gate) crowd(t *testing.T, most int) {
	t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.most < 1 || g.most > most {
		t.Errorf("%d messages to %s at once, want up to %d", g.most, g.channel, most)
	}
}

// newFairStand has everything that is posted to a channel held up.
func newFairStand(t *testing.T, channel string) (*stand, *gate) {
	t.Helper()
	st := newStand(t, newDatabase(t).server.URL())
	g := &gate{channel: channel, hold: make(chan struct{})}
	st.slack.draw = g.draw
	t.Cleanup(func() { close(g.hold) }) // before the stand's end, which waits for what is being sent
	return st, g
}

// TestNoisyClerk has one clerk write a thousand messages at once, the replies to
// whom are slow: they take one place, and the others get theirs meanwhile.
func TestNoisyClerk(t *testing.T) {
	t.Parallel()
	st, g := newFairStand(t, "Dnoisy")
	var writing sync.WaitGroup
	for n := range 50 {
		writing.Go(func() {
			for m := range 20 {
				body := event("noisy", fmt.Sprint("Ev", n, "-", m), "x")
				for knock(st.base, body) != http.StatusOK { // a door of a thousand may be too long
				}
			}
		})
	}
	for n := range 20 {
		who := fmt.Sprint("quiet", n)
		if got := knock(st.base, event(who, "Ev", "1")); got != http.StatusOK {
			t.Errorf("%s: status %d", who, got)
		}
		st.slack.heard(t, "D"+who, 1)
	}
	writing.Wait()
	if got := knock(st.base, event("last", "Ev", "1")); got != http.StatusOK {
		t.Errorf("the last one: status %d", got)
	}
	st.slack.heard(t, "Dlast", 1)
	g.crowd(t, 1)
}

// TestSlowChannel has the distributor's channel not answer: it keeps its room
// and no more, and clerks are led on.
func TestSlowChannel(t *testing.T) {
	t.Parallel()
	st, g := newFairStand(t, "C9")
	const clerks, steps = 30, 4 // the third one tells the distributor
	for n := range steps {
		for clerk := range clerks {
			who := fmt.Sprint(clerk)
			if got := knock(st.base, event(who, fmt.Sprint("Ev", n), "x")); got != http.StatusOK {
				t.Errorf("clerk %s, message %d: status %d", who, n, got)
			}
		}
	}
	for clerk := range clerks {
		st.slack.heard(t, fmt.Sprint("D", clerk), steps)
	}
	g.crowd(t, narrow)
}
