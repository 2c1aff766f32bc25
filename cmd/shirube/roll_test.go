package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// balancer sends to the replicas whose /readyz is green, as far as it knows: it
// asks now and then.
type balancer struct {
	replicas []*replica
	green    []atomic.Bool
	next     atomic.Int64
}

// watch asks the replicas until the context ends.
func (b *balancer) watch(ctx context.Context) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		for n, r := range b.replicas {
			b.green[n].Store(r.ready())
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// knock delivers an event to the next replica that is green.
func (b *balancer) knock(body []byte) int {
	first := int(b.next.Add(1))
	for i := range b.replicas {
		n := (first + i) % len(b.replicas)
		if b.green[n].Load() {
			return knock(b.replicas[n].base, body)
		}
	}
	return http.StatusBadGateway
}

// TestRollingRestart stops and starts two replicas one after the other while
// clerks write: the platform sees no error, and nothing is lost or said twice.
func TestRollingRestart(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	db, slack := newDatabase(t), newWorkspace(t)
	var calls atomic.Int64
	slack.draw = func(context.Context, string, string) fault {
		if calls.Add(1)%10 == 0 {
			return slowly // there is always something on its way
		}
		return fine
	}
	b := &balancer{green: make([]atomic.Bool, 2)}
	for range 2 {
		b.replicas = append(b.replicas, newReplica(t, counting(slack, db.server.URL())))
	}
	ctx, stop := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() { b.watch(ctx) })
	defer func() { stop(); watching.Wait() }()
	all := func() bool { return b.green[0].Load() && b.green[1].Load() }
	until(t, "both are ready", all)

	const steps = 3
	var clerks atomic.Int64
	var writing sync.WaitGroup
	rolled := make(chan struct{})
	for range 16 {
		writing.Go(func() { writeUntil(t, rolled, b, slack, &clerks, steps) })
	}
	for n, r := range b.replicas {
		if err := r.stop(); err != nil {
			t.Errorf("replica %d did not end well: %v; it said %q", n, err, r.log.told())
		}
		if err := r.start(); err != nil {
			t.Fatal(err)
		}
		until(t, "both are ready again", all)
	}
	close(rolled)
	writing.Wait()
	for n := range clerks.Load() {
		want := []string{"手順 1/40", "手順 2/40", "手順 3/40"}
		if got := stepsIn(slack.said(fmt.Sprint("D", n))); !slices.Equal(got, want) {
			t.Errorf("clerk %d read %q", n, got)
		}
	}
	t.Logf("%d clerks", clerks.Load())
}

// writeUntil has one clerk after the other write some messages, until the
// channel is closed. Each waits for the reply to one before the next.
func writeUntil(t *testing.T, rolled <-chan struct{}, b *balancer, slack *workspace, clerks *atomic.Int64, steps int) {
	for {
		select {
		case <-rolled:
			return
		default:
		}
		who := fmt.Sprint(clerks.Add(1) - 1)
		for n := range steps {
			if got := b.knock(event(who, fmt.Sprint("Ev", who, "-", n), fmt.Sprint(n+1))); got != http.StatusOK {
				t.Errorf("clerk %s, message %d: the platform sees %d", who, n+1, got)
				return
			}
			if !slack.hears("D"+who, n+1) {
				t.Errorf("clerk %s: no reply to message %d", who, n+1)
				return
			}
		}
	}
}
