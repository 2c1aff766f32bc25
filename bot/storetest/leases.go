package storetest

import (
	"time"

	"github.com/shirube/shirube/bot"
)

func leaseRunsOut(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now)))
	first := k.claimed("a")["a"]
	if first.Attempt != 1 {
		k.Fatalf("first attempt is %d", first.Attempt)
	}
	k.now = k.now.Add(Lease - time.Microsecond)
	k.claimed()
	k.now = k.now.Add(time.Microsecond)
	second := k.claimed("a")["a"]
	if second.Attempt != 2 || second.Fence <= first.Fence {
		k.Fatalf("claimed again with attempt %d, fence %d after %d", second.Attempt, second.Fence, first.Fence)
	}
	k.done(second)
	k.comes("b")
}

// lateWorker comes back when another one holds its effect: nothing it does
// may change anything, neither while the other works nor afterwards.
func lateWorker(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now)))
	late := k.claimed("a")["a"]
	k.now = k.now.Add(Lease)
	c := k.claimed("a")["a"]
	k.fenced(late)
	k.nextIs(k.now.Add(Lease))
	k.claimed()
	k.retry(c, time.Minute)
	k.fenced(late)
	k.nextIs(k.now.Add(time.Minute))
	k.now = k.now.Add(time.Minute)
	c = k.claimed("a")["a"]
	k.done(c)
	k.fenced(late)
	k.comes("b")
}

// slowButAlone is late, but nobody else has claimed the effect: it was sent
// once, and that counts.
func slowButAlone(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C2", "b", k.now), say("C3", "c", k.now)))
	all := k.claimed("a", "b", "c")
	k.now = k.now.Add(2 * Lease)
	k.done(all["a"])
	k.bury(all["b"])
	k.retry(all["c"], time.Minute)
	k.claimed()
	k.nextIs(k.now.Add(time.Minute))
}

// onlyOnce ends claims in every way; a claim that is over stays over.
func onlyOnce(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C2", "b", k.now), say("C3", "c", k.now)))
	all := k.claimed("a", "b", "c")
	k.done(all["a"])
	k.bury(all["b"])
	k.retry(all["c"], time.Minute)
	for _, c := range all {
		k.fenced(c)
	}
	k.fenced(bot.Claim{Effect: all["c"].Effect})
	k.nextIs(k.now.Add(time.Minute))
	k.now = k.now.Add(time.Minute)
	k.comes("c")
}

func retry(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now)))
	k.retry(k.claimed("a")["a"], time.Hour)
	k.now = k.now.Add(time.Hour - time.Microsecond)
	k.claimed()
	k.now = k.now.Add(time.Microsecond)
	c := k.claimed("a")["a"]
	if c.Attempt != 2 {
		k.Fatalf("attempt %d after a retry, want 2", c.Attempt)
	}
	k.retry(c, -time.Hour)
	k.comes("a", "b")
}

// retryBlocks commits into a lane that waits for a retry: what comes in must
// wait too, even when it is due earlier.
func retryBlocks(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C2", "other", k.now)))
	k.retry(k.claimed("a", "other")["a"], time.Hour)
	k.commit(k.turn("slack:T1:U1", "e2", 1, say("C1", "b", k.now), say("C1", "c", k.now.Add(-time.Minute))))
	k.now = k.now.Add(Lease)
	k.done(k.claimed("other")["other"])
	k.nextIs(morning().Add(time.Hour))
	k.claimed()
	k.now = morning().Add(time.Hour)
	k.comes("c", "a", "b")
}

func bury(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now), say("C2", "c", k.now)))
	all := k.claimed("a", "c")
	k.bury(all["a"])
	k.done(k.claimed("b")["b"])
	k.now = k.now.Add(Lease)
	k.bury(k.claimed("c")["c"])
	k.nextIs(never())
	k.now = k.now.Add(1000 * day)
	k.claimed()
}

// restart finds everything again that was there, leases included.
func restart(k *kit) {
	first := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now), wake("w", k.now.Add(day)))
	k.commit(first)
	c := k.claimed("a")["a"]
	k.Store = k.Reopen()
	k.stands(first)
	k.refuse(first, bot.ErrDuplicate)
	k.claimed()
	k.nextIs(k.now.Add(Lease))
	k.retry(c, time.Minute)
	k.Store = k.Reopen()
	k.nextIs(k.now.Add(time.Minute))
	k.now = k.now.Add(time.Minute)
	again := k.claimed("a")["a"]
	if again.Attempt != 2 || again.Fence <= c.Fence {
		k.Fatalf("after the restart: attempt %d, fence %d after %d", again.Attempt, again.Fence, c.Fence)
	}
	k.done(again)
	k.comes("b")
	k.nextIs(morning().Add(day))
}
