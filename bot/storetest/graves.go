package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shirube/shirube/bot"
)

// graves are all that the store lists, by session and in its order within one.
func (k *kit) graves() []bot.Grave {
	k.Helper()
	all, err := graves(k.Context(), k.Store)
	if err != nil {
		k.Fatalf("buried: %v", err)
	}
	return all
}

func graves(ctx context.Context, store Store) (all []bot.Grave, err error) {
	for g, err := range store.Buried(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	slices.SortStableFunc(all, bySession)
	return all, nil
}

// exhumes checks that these effects, and only these, are found.
func (k *kit) exhumes(session string, ids, want []string) {
	k.Helper()
	found, err := k.Store.Exhume(k.Context(), session, ids...)
	if err != nil || !slices.Equal(found, want) {
		k.Fatalf("exhume %v: found %v (error %v), want %v", ids, found, err, want)
	}
}

// bodies buries what is due until nothing is.
func (k *kit) bodies() {
	k.Helper()
	for claims := k.claim(100); len(claims) > 0; claims = k.claim(100) {
		for _, c := range claims {
			k.bury(c)
		}
	}
}

// buried lists graves with everything an operator must know, and no more.
func buried(k *kit) {
	if all := k.graves(); len(all) > 0 {
		k.Fatalf("an empty store lists %v", all)
	}
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "geheim", k.now), wake("w", k.now.Add(time.Minute)))
	k.commit(t)
	k.retry(k.claimed("geheim")["geheim"], time.Minute)
	k.now = k.now.Add(time.Minute)
	k.bodies()
	k.Store = k.Reopen()
	got := k.graves()
	slices.SortFunc(got, func(a, b bot.Grave) int { return a.Due.Compare(b.Due) })
	want := []bot.Grave{
		{ID: t.Effects[0].ID, Kind: bot.GraveMessage, To: t.Effects[0].To, Due: morning(), Attempts: 2},
		{ID: t.Effects[1].ID, Kind: bot.GraveReminder, Due: k.now, Attempts: 1},
	}
	for i := range want {
		want[i].Session, want[i].Buried, want[i].Reason = "slack:T1:U1", k.now, "channel_not_found"
	}
	if d := cmp.Diff(want, got); d != "" {
		k.Errorf("graves (-want +got):\n%s", d)
	}
	if shown := fmt.Sprintf("%+v", got); strings.Contains(shown, "geheim") {
		k.Errorf("what was to be said shows: %s", shown)
	}
}

// buriedMany lists more sessions than any store reads at once, each grave once.
func buriedMany(k *kit) {
	const sessions = 230
	want := map[string]bool{}
	for n := range sessions {
		t := k.turn(fmt.Sprint("slack:T1:U", n), "e1", 0, say("C1", "a", k.now))
		k.commit(t)
		want[t.Effects[0].ID] = true
	}
	k.bodies()
	for _, g := range k.graves() {
		if !want[g.ID] {
			k.Fatalf("%s is listed twice, or was not buried", g.ID)
		}
		delete(want, g.ID)
	}
	if len(want) > 0 {
		k.Errorf("%d graves are not listed", len(want))
	}
	n := 0
	for _, err := range k.Store.Buried(k.Context()) {
		if n++; n == 3 || err != nil {
			break // whoever stops early does no harm
		}
	}
}

// exhume gives an effect back as an ambiguous one, with the time that a
// platform looks for it from.
func exhume(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C2", "b", k.now))
	k.commit(t)
	k.bodies()
	a, b := t.Effects[0], t.Effects[1]
	k.now = k.now.Add(100 * day)
	k.exhumes("slack:T1:U1", []string{"unknown", a.ID}, []string{a.ID})
	k.exhumes("slack:T1:U2", []string{b.ID}, nil)
	k.exhumes("slack:T1:U1", nil, nil)
	if all := k.graves(); len(all) != 1 || all[0].ID != b.ID {
		k.Fatalf("left are %v, want one, %s", all, b.ID)
	}
	k.nextIs(morning())
	k.Store = k.Reopen()
	c := k.claimed("a")["a"]
	if d := cmp.Diff(a, c.Effect); d != "" || c.Attempt != 2 {
		k.Fatalf("attempt %d, want 2; the effect (-want +got):\n%s", c.Attempt, d)
	}
	k.done(c)
	k.nextIs(never())
}

// exhumeOrder gives effects back in the order of their commits, before what
// came later, whatever the order of the ids and of the calls.
func exhumeOrder(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now), say("C1", "c", k.now))
	k.commit(t)
	k.bodies()
	k.commit(k.turn("slack:T1:U1", "e2", 1, say("C1", "d", k.now), say("C1", "e", k.now.Add(time.Second))))
	k.now = k.now.Add(time.Minute)
	a, b, c := t.Effects[0].ID, t.Effects[1].ID, t.Effects[2].ID
	k.exhumes("slack:T1:U1", []string{c, b}, []string{b, c})
	k.exhumes("slack:T1:U1", []string{c, a}, []string{a})
	k.comes("a", "b", "c", "d", "e")
	k.nextIs(never())
}

// exhumeBusyLane exhumes into a lane that is being worked: it waits its turn,
// and the claim goes on.
func exhumeBusyLane(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now))
	k.commit(t)
	k.bury(k.claimed("a")["a"])
	working := k.claimed("b")["b"]
	k.exhumes("slack:T1:U1", []string{t.Effects[0].ID}, []string{t.Effects[0].ID})
	k.claimed()
	k.nextIs(k.now.Add(Lease))
	k.done(working)
	k.comes("a")
	k.nextIs(never())
}

// exhumeBeforeRetried exhumes into a lane that waits for a retry: it waits as
// well, and goes first then.
func exhumeBeforeRetried(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now))
	k.commit(t)
	k.bury(k.claimed("a")["a"])
	k.retry(k.claimed("b")["b"], time.Hour)
	k.exhumes("slack:T1:U1", []string{t.Effects[0].ID}, []string{t.Effects[0].ID})
	k.claimed()
	k.nextIs(k.now.Add(time.Hour))
	k.now = k.now.Add(time.Hour)
	k.comes("a", "b")
	k.nextIs(never())
}

// exhumeAgain buries what was exhumed, and exhumes it once more.
func exhumeAgain(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now))
	k.commit(t)
	late := k.claimed("a")["a"]
	k.bury(late)
	id := t.Effects[0].ID
	k.exhumes("slack:T1:U1", []string{id, id}, []string{id})
	k.exhumes("slack:T1:U1", []string{id}, nil)
	k.fenced(late)
	k.now = k.now.Add(time.Hour)
	k.bury(k.claimed("a")["a"])
	if all := k.graves(); len(all) != 1 || all[0].Attempts != 2 || !all[0].Buried.Equal(k.now) {
		k.Fatalf("graves are %+v, want one with 2 attempts of %v", all, k.now)
	}
	k.exhumes("slack:T1:U1", []string{id}, []string{id})
	k.comes("a")
}

// exhumeForgotten finds nothing of a forgotten session.
func exhumeForgotten(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now))
	k.commit(t)
	k.bury(k.claimed("a")["a"])
	k.exhumes("slack:T1:U1", []string{t.Effects[0].ID}, []string{t.Effects[0].ID})
	k.bodies()
	k.commit(k.forget("slack:T1:U1", "e2", 1))
	k.exhumes("slack:T1:U1", []string{t.Effects[0].ID, t.Effects[1].ID}, nil)
	if all := k.graves(); len(all) > 0 {
		k.Errorf("graves of a forgotten session: %v", all)
	}
	k.nextIs(never())
}

// concurrentExhume exhumes the same graves from many places while workers send
// and bury others: every effect is found once and comes once.
func concurrentExhume(k *kit) {
	const sessions, callers = 12, 6
	var ids [sessions][]string
	for n := range sessions {
		t := k.turn(fmt.Sprint("slack:T1:U", n), "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now), say("C2", "c", k.now))
		k.commit(t)
		for _, e := range t.Effects {
			ids[n] = append(ids[n], e.ID)
		}
	}
	k.bodies()
	var mu sync.Mutex
	found, sent := map[string]int{}, map[string]int{}
	written := make(chan struct{})
	var diggers, senders sync.WaitGroup
	for range callers {
		diggers.Go(func() {
			for n := range sessions {
				got, err := k.Store.Exhume(k.Context(), fmt.Sprint("slack:T1:U", n), ids[n]...)
				if err != nil {
					k.Errorf("exhume: %v", err)
				}
				mu.Lock()
				count(found, got...)
				mu.Unlock()
			}
		})
	}
	for range 3 {
		senders.Go(func() {
			k.sendAll(written, func(c bot.Claim) {
				mu.Lock()
				defer mu.Unlock()
				count(sent, c.Effect.ID)
			})
		})
	}
	diggers.Wait()
	close(written)
	senders.Wait()
	for _, all := range ids {
		for _, id := range all {
			if found[id] != 1 || sent[id] != 1 {
				k.Errorf("%s was found %d times and came %d times, want once each", id, found[id], sent[id])
			}
		}
	}
}

func count(in map[string]int, ids ...string) {
	for _, id := range ids {
		in[id]++
	}
}

// sendAll does what is due until everything is written and done.
func (k *kit) sendAll(written chan struct{}, note func(bot.Claim)) {
	for last := false; ; {
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
			note(c)
			if _, err := k.Store.Done(k.Context(), c, bot.Receipt{}, time.Time{}); err != nil {
				k.Errorf("done: %v", err)
			}
		}
		if last && len(claims) == 0 {
			return
		}
	}
}
