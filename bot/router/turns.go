package router

import (
	"context"
	"fmt"
	"sync"
)

// turns lets the events of one session through one at a time, in the order in
// which they came: what somebody writes in a hurry does not make the events
// play against each other.
type turns struct {
	mu    sync.Mutex
	doors map[string]*door
}

// door is a session's. It is there while somebody is in it or waits at it.
type door struct {
	free  chan struct{} // holds one when nobody is in
	count int           // who is in or waits
}

// enter waits until the session is free. Who enters must leave.
func (t *turns) enter(ctx context.Context, session string) (leave func(), err error) {
	d := t.door(session)
	select {
	case <-d.free:
		return func() { t.close(session, d, true) }, nil
	case <-ctx.Done():
		t.close(session, d, false)
		return nil, fmt.Errorf("wait for the session: %w", ctx.Err())
	}
}

func (t *turns) door(session string) *door {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.doors[session]
	if d == nil {
		d = &door{free: make(chan struct{}, 1)}
		d.free <- struct{}{}
		t.doors[session] = d
	}
	d.count++
	return d
}

func (t *turns) close(session string, d *door, entered bool) {
	if entered {
		d.free <- struct{}{}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if d.count--; d.count == 0 {
		delete(t.doors, session)
	}
}
