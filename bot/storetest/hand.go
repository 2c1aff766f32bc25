package storetest

import (
	"time"

	"github.com/shirube/shirube/bot"
)

// take commits a turn and returns what it claimed, by name.
func (k *kit) take(t bot.Turn) map[string]bot.Claim {
	k.Helper()
	claims, err := k.Store.Commit(k.Context(), t, k.now)
	if err != nil {
		k.Fatalf("commit %s: %v", t.EventID, err)
	}
	return byName(claims)
}

// next ends a claim as done and returns what that claimed, by name.
func (k *kit) next(c bot.Claim) map[string]bot.Claim {
	k.Helper()
	claims, err := k.Store.Done(k.Context(), c, bot.Receipt{}, k.now)
	if err != nil {
		k.Fatalf("done %s: %v", name(c.Effect), err)
	}
	return byName(claims)
}

func byName(claims []bot.Claim) map[string]bot.Claim {
	all := map[string]bot.Claim{}
	for _, c := range claims {
		all[name(c.Effect)] = c
	}
	return all
}

// only checks which claims there are.
func (k *kit) only(claims map[string]bot.Claim, want ...string) {
	k.Helper()
	for _, w := range want {
		if c, found := claims[w]; !found || c.Attempt != 1 || !c.Until.Equal(k.now.Add(Lease)) {
			k.Fatalf("claimed %v, want %v for the first time until %v", claims, want, k.now.Add(Lease))
		}
	}
	if len(claims) != len(want) {
		k.Fatalf("claimed %v, want %v", names(claims), want)
	}
}

// commitTakes hands out, with the commit, the first of every lane that is due,
// and with every end the one after it.
func commitTakes(k *kit) {
	soon := k.now.Add(time.Minute)
	first := k.take(k.turn("slack:T1:U1", "e1", 0,
		say("C1", "a", k.now), say("C1", "b", k.now), say("C2", "c", k.now), say("C3", "later", soon), wake("w", soon)))
	k.only(first, "a", "c")
	k.claimed()
	k.only(k.take(k.turn("slack:T1:U1", "e2", 1, say("C1", "d", k.now), say("C4", "e", k.now))), "e")
	second := k.next(first["a"])
	k.only(second, "b")
	third := k.next(second["b"])
	k.only(third, "d")
	k.only(k.next(third["d"]))
	k.only(k.next(first["c"]))
	k.nextIs(k.now.Add(Lease)) // of e
	k.now = soon
	later := k.claimed("later", "w", "e")
	k.only(k.next(later["later"]))
}

// commitTakesEarlier finds an effect in the lane that is due and that nobody
// has claimed yet: it goes first.
func commitTakesEarlier(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now)))
	claims := k.take(k.turn("slack:T1:U1", "e2", 1, say("C1", "b", k.now)))
	k.only(claims, "a")
	k.only(k.next(claims["a"]), "b")
}

// takenComesAgain is handed out and forgotten by who got it.
func takenComesAgain(k *kit) {
	lost := k.take(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now)))["a"]
	k.now = k.now.Add(Lease)
	c := k.claimed("a")["a"]
	if c.Attempt != 2 || c.Fence <= lost.Fence {
		k.Fatalf("claimed again with attempt %d, fence %d after %d", c.Attempt, c.Fence, lost.Fence)
	}
	k.fenced(lost)
	k.done(c)
}

// forgetTakes has the farewell of a session that is forgotten.
func forgetTakes(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now)))
	k.only(k.take(k.forget("slack:T1:U1", "e2", 1, say("C1", "bye", k.now))), "bye")
}

// untried gives a claim back unused: the attempt does not count.
func untried(k *kit) {
	c := k.take(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now)))["a"]
	why := &bot.SendError{Reason: "paced", Untried: true}
	if err := k.Store.Retry(k.Context(), c, k.now, why); err != nil {
		k.Fatalf("retry: %v", err)
	}
	k.only(k.claimed("a"), "a")
}
