package redisstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

// TestKill kills the server in the middle of commits. What was answered must
// be there when it comes back, and the same store must go on with a server
// that does not know its scripts.
func TestKill(t *testing.T) {
	t.Parallel()
	server, err := redistest.Launch(t.TempDir(), redistest.Durable()...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Kill() }()
	store := open(t, dial(t, server.URL()), storetest.Lease)
	answered := commitUntilKilled(t, store, server)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	var effects int64
	for id, n := range answered {
		stands(t, store, id, n)
		effects += n
	}
	if got := drain(t, store); got < effects || got > effects+int64(len(answered)) {
		t.Errorf("%d effects came back of %d", got, effects)
	}
}

// commitUntilKilled commits turns of several sessions at once, kills the
// server under way, and returns how many of each session were answered.
func commitUntilKilled(t *testing.T, store *redisstore.Store, server *redistest.Server) map[string]int64 {
	t.Helper()
	const sessions, before = 4, 200
	ctx, stop := context.WithCancel(t.Context())
	counts := make([]int64, sessions)
	var total atomic.Int64
	enough := make(chan struct{})
	var wait sync.WaitGroup
	for s := range counts {
		wait.Go(func() {
			for storetest.Save(ctx, store, turnOf(fmt.Sprint("slack:T1:U", s), counts[s])) == nil {
				counts[s]++
				if total.Add(1) == before {
					close(enough)
				}
			}
		})
	}
	<-enough
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	stop()
	wait.Wait()
	answered := map[string]int64{}
	for s, n := range counts {
		answered[fmt.Sprint("slack:T1:U", s)] = n
	}
	return answered
}

// stands checks that the session has had n turns; the next one may be there
// too, its answer was lost.
func stands(t *testing.T, store *redisstore.Store, id string, n int64) {
	t.Helper()
	s, err := store.Load(t.Context(), id)
	if err != nil || s.Version != n && s.Version != n+1 {
		t.Errorf("session stands at %d (error %v), %d turns were answered", s.Version, err, n)
	}
	for v := range n {
		if err := storetest.Save(t.Context(), store, turnOf(id, v)); !errors.Is(err, bot.ErrDuplicate) {
			t.Fatalf("turn %d of %d was answered, yet committing it again: %v", v, n, err)
		}
	}
}

// drain does everything that waits and counts it.
func drain(t *testing.T, store *redisstore.Store) (count int64) {
	t.Helper()
	for {
		claims, err := store.Claim(t.Context(), turnOf("", 1<<20).At, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(claims) == 0 {
			return count
		}
		for _, c := range claims {
			count++
			if err := storetest.Finish(t.Context(), store, c, bot.Receipt{}); err != nil {
				t.Fatal(err)
			}
		}
	}
}
