package storetest

import (
	"fmt"
	"sync"

	"github.com/shirube/shirube/bot"
)

// concurrentClaims lets many workers claim at once. No lane may be handed out
// twice, and none may be left.
func concurrentClaims(k *kit) {
	const workers, sessions = 8, 60
	for n := range sessions {
		k.commit(k.turn(fmt.Sprint("slack:T1:U", n), "e1", 0,
			say("C1", "a", k.now), say("C1", "b", k.now), say("C2", "c", k.now)))
	}
	var lanes sync.Map
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for k.grab(&lanes) {
			}
		})
	}
	wait.Wait()
	count := 0
	lanes.Range(func(any, any) bool { count++; return true })
	if count != 2*sessions {
		k.Errorf("%d lanes were claimed, want %d", count, 2*sessions)
	}
}

// grab claims a few lanes and notes them; false when there are none, or the
// test has failed.
func (k *kit) grab(lanes *sync.Map) bool {
	claims, err := k.Store.Claim(k.Context(), k.now, 7)
	if err != nil {
		k.Errorf("claim: %v", err)
	}
	for _, c := range claims {
		if _, twice := lanes.LoadOrStore(c.Effect.Lane(), true); twice {
			k.Errorf("lane %s was claimed twice", c.Effect.Lane())
		}
	}
	return len(claims) > 0 && !k.Failed()
}

// claimsWhileWriting sends while others commit: everything comes exactly
// once, and every lane in its order.
func claimsWhileWriting(k *kit) {
	const sessions, turns, workers = 6, 25, 4
	var writers, senders sync.WaitGroup
	sent := &log{seen: map[string][]string{}}
	written := make(chan struct{})
	for n := range sessions {
		writers.Go(func() { k.write(fmt.Sprint("slack:T1:U", n), turns) })
	}
	for range workers {
		senders.Go(func() { k.send(sent, written) })
	}
	writers.Wait()
	close(written)
	senders.Wait()
	for n := range sessions {
		got := sent.seen[fmt.Sprint("slack:T1:U", n)]
		for v := range turns {
			if v >= len(got) || got[v] != fmt.Sprint(v) {
				k.Fatalf("session %d sent %v, want 0 to %d in order", n, got, turns-1)
			}
		}
	}
}

// log is what was sent, in order, by session.
type log struct {
	sync.Mutex
	seen map[string][]string
}

// write commits turns of one session, each with one effect.
func (k *kit) write(session string, turns int) {
	for v := range turns {
		t := k.turn(session, fmt.Sprint("e", v), int64(v), say("C1", fmt.Sprint(v), k.now))
		if err := Save(k.Context(), k.Store, t); err != nil {
			k.Errorf("commit: %v", err)
		}
	}
}

// send works off what is due until everything is written and sent.
func (k *kit) send(sent *log, written chan struct{}) {
	for {
		last := false
		select {
		case <-written:
			last = true
		default:
		}
		claims, err := k.Store.Claim(k.Context(), k.now, 3)
		if err != nil {
			k.Errorf("claim: %v", err)
			return
		}
		for _, c := range claims {
			sent.Lock()
			sent.seen[c.Effect.Session] = append(sent.seen[c.Effect.Session], name(c.Effect))
			sent.Unlock()
			if err := Finish(k.Context(), k.Store, c, bot.Receipt{}); err != nil {
				k.Errorf("done: %v", err)
			}
		}
		if last && len(claims) == 0 {
			return
		}
	}
}
