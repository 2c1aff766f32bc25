package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/google/go-cmp/cmp"
	"github.com/shirube/shirube/bot"
)

func loadNone(k *kit) {
	want := bot.Session{ID: "slack:T1:U1"}
	if d := cmp.Diff(want, k.load(want.ID)); d != "" {
		k.Fatalf("session that was never stored (-want +got):\n%s", d)
	}
	k.nextIs(never())
	k.claimed()
}

func commitAndLoad(k *kit) {
	first := k.turn("slack:T1:U1", "e1", 0)
	k.commit(first)
	k.stands(first)
	other := k.turn("slack:T1:U2", "e1", 0)
	k.commit(other)
	second := k.turn("slack:T1:U1", "e2", 1)
	k.commit(second)
	k.stands(second)
	k.stands(other)
}

// roundTrip stores sessions and effects in which every field there is has a
// value, and takes them out again, also after a restart.
func roundTrip(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, full[bot.Effect](), full[bot.Effect]())
	t.Effects[0].Wake = ""
	t.Effects[1].Say = nil
	version := t.Session.Version
	t.Session = full[bot.Session]()
	t.Session.ID, t.Session.Version = "slack:T1:U1", version
	k.commit(t)
	k.stands(t)
	k.Store = k.Reopen()
	k.stands(t)
	k.now = t.Effects[0].Due
	want := map[string]bot.Effect{t.Effects[0].ID: t.Effects[0], t.Effects[1].ID: t.Effects[1]}
	got := map[string]bot.Effect{}
	for _, c := range k.claim(10) {
		got[c.Effect.ID] = c.Effect
	}
	if d := cmp.Diff(want, got); d != "" {
		k.Fatalf("effects (-want +got):\n%s", d)
	}
}

func conflict(k *kit) {
	k.refuse(k.turn("slack:T1:U1", "e0", 1), bot.ErrConflict)
	first := k.turn("slack:T1:U1", "e1", 0)
	k.commit(first)
	k.refuse(k.turn("slack:T1:U1", "e2", 0), bot.ErrConflict)
	k.refuse(k.turn("slack:T1:U1", "e3", 2), bot.ErrConflict)
	k.stands(first)
	for v := int64(1); v <= 10; v++ {
		k.commit(k.turn("slack:T1:U1", fmt.Sprint("more", v), v))
	}
	k.refuse(k.turn("slack:T1:U1", "e4", 1), bot.ErrConflict)
}

// malformed turns are mistakes of the caller that would break the promises
// for later turns.
func malformed(k *kit) {
	still := k.turn("slack:T1:U1", "e1", 0)
	still.Session.Version = 0
	stray := k.turn("slack:T1:U1", "e2", 0, say("C1", "stray", k.now))
	stray.Effects[0].Session = "slack:T1:U2"
	for _, t := range []bot.Turn{still, stray} {
		if err := Save(k.Context(), k.Store, t); err == nil {
			k.Errorf("commit %s: no error", t.EventID)
		}
	}
	k.claimed()
	k.stands(k.forget("slack:T1:U1", "", 0))
}

// concurrentTurns lets many writers raise one session at once: every version
// must have exactly one winner.
func concurrentTurns(k *kit) {
	const writers, versions = 8, 40
	var won sync.Map
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for n := 0; k.raise(&won, w, n) < versions; n++ {
			}
		})
	}
	wait.Wait()
	last := k.load("slack:T1:U1").Version
	for v := int64(1); v <= last; v++ {
		if _, ok := won.Load(v); !ok {
			k.Errorf("version %d has no winner", v)
		}
	}
}

// raise tries once to raise the session by one version, and returns the
// version seen before. Versions is where it notes the winner.
func (k *kit) raise(won *sync.Map, writer, n int) int64 {
	s, err := k.Store.Load(k.Context(), "slack:T1:U1")
	if err != nil {
		k.Errorf("load: %v", err)
		return 1 << 30
	}
	t := k.turn(s.ID, fmt.Sprintf("w%d-%d", writer, n), s.Version)
	switch err := Save(k.Context(), k.Store, t); {
	case err == nil:
		if other, taken := won.LoadOrStore(t.Session.Version, writer); taken {
			k.Errorf("version %d was won by %v and %v", t.Session.Version, other, writer)
		}
	case !errors.Is(err, bot.ErrConflict):
		k.Errorf("commit: %v", err)
		return 1 << 30
	}
	return s.Version
}

// cancelled calls everything with a context that is over: an error, and
// nothing has changed.
func cancelled(k *kit) {
	first := k.turn("slack:T1:U1", "e1", 0, say("C1", "one", k.now), say("C2", "two", k.now))
	k.commit(first)
	c := k.claimed("one", "two")["one"]
	over, cancel := context.WithCancel(k.Context())
	cancel()
	_, loadErr := k.Store.Load(over, "slack:T1:U1")
	_, claimErr := k.Store.Claim(over, k.now.Add(Lease), 10)
	_, _, nextErr := k.Store.Next(over)
	for op, err := range map[string]error{
		"Load": loadErr, "Claim": claimErr, "Next": nextErr,
		"Commit": Save(over, k.Store, k.turn("slack:T1:U1", "e2", 1, say("C1", "three", k.now))),
		"Done":   Finish(over, k.Store, c, bot.Receipt{}),
		"Retry":  k.Store.Retry(over, c, k.now, errors.New("x")),
		"Bury":   k.Store.Bury(over, c, errors.New("x")),
	} {
		if !errors.Is(err, context.Canceled) {
			k.Errorf("%s: got error %v, want %v", op, err, context.Canceled)
		}
	}
	k.stands(first)
	k.nextIs(k.now.Add(Lease))
	k.now = k.now.Add(Lease)
	k.claimed("one", "two")
}
