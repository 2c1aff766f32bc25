package storetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/shirube/shirube/bot"
)

// drain does one effect after the other until nothing is due and returns
// their names in the order in which they came.
func (k *kit) drain() []string {
	k.Helper()
	var order []string
	for {
		claims := k.claim(1)
		if len(claims) == 0 {
			return order
		}
		order = append(order, name(claims[0].Effect))
		k.done(claims[0])
	}
}

// comes checks the order in which everything that is due comes.
func (k *kit) comes(want ...string) {
	k.Helper()
	if got := k.drain(); !slices.Equal(got, want) {
		k.Fatalf("effects came as %v, want %v", got, want)
	}
}

func laneOrder(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0,
		say("C1", "e", k.now.Add(2*time.Second)), say("C1", "a", k.now), say("C1", "b", k.now)))
	k.commit(k.turn("slack:T1:U1", "e2", 1,
		say("C1", "c", k.now), say("C1", "d", k.now.Add(time.Second)), say("C1", "f", k.now.Add(2*time.Second))))
	k.now = k.now.Add(3 * time.Second)
	k.comes("a", "b", "c", "d", "e", "f")
	k.nextIs(never())
}

// lanesAreFree stops one lane after the other; the others go on.
func lanesAreFree(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0,
		say("C1", "a1", k.now), say("C1", "a2", k.now), say("C2", "b1", k.now), say("C2", "b2", k.now),
		wake("w1", k.now), wake("w2", k.now)))
	k.commit(k.turn("slack:T1:U2", "e1", 0, say("C1", "c1", k.now)))
	first := k.claimed("a1", "b1", "w1", "c1")
	k.retry(first["a1"], time.Hour)
	k.done(first["w1"])
	second := k.claimed("w2")
	k.done(second["w2"])
	k.done(first["b1"])
	k.done(k.claimed("b2")["b2"])
	k.claimed()
}

// earlierGoesFirst commits an effect that is due before those that wait.
func earlierGoesFirst(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "late", k.now.Add(2*time.Minute))))
	k.commit(k.turn("slack:T1:U1", "e2", 1, say("C1", "soon", k.now.Add(time.Minute))))
	k.commit(k.turn("slack:T1:U1", "e3", 2, say("C1", "now", k.now)))
	k.comes("now")
	k.nextIs(k.now.Add(time.Minute))
	k.now = k.now.Add(time.Hour)
	k.comes("soon", "late")
}

func notBeforeDue(k *kit) {
	due := k.now.Add(72 * time.Hour)
	k.commit(k.turn("slack:T1:U1", "e1", 0, wake("w", due), say("C1", "old", k.now.Add(-time.Hour))))
	k.done(k.claimed("old")["old"])
	k.now = due.Add(-time.Microsecond)
	k.claimed()
	k.now = due
	k.claimed("w")
}

// finerThanClock has due times finer than a store keeps, and none at all.
func finerThanClock(k *kit) {
	due := k.now.Add(time.Second + 789)
	k.commit(k.turn("slack:T1:U1", "e1", 0, wake("fine", due)))
	k.commit(k.turn("slack:T1:U2", "e1", 0, wake("zero", never())))
	k.comes("zero")
	if next, _, err := k.Store.Next(k.Context()); err != nil || next.After(due) || due.Sub(next) > time.Millisecond {
		k.Fatalf("next is %v (error %v), want %v", next, err, due)
	}
	k.now = due
	c := k.claimed("fine")["fine"]
	if !c.Effect.Due.Equal(due) {
		k.Fatalf("due %v became %v", due, c.Effect.Due)
	}
}

// limit claims in portions, down to one at a time and none.
func limit(k *kit) {
	const sessions = 40
	for n := range sessions {
		id := fmt.Sprint("slack:T1:U", n)
		k.commit(k.turn(id, "e1", 0, say("C1", "a", k.now), say("C2", "b", k.now), say("C3", "c", k.now)))
	}
	if got := k.claim(0); len(got) != 0 {
		k.Fatalf("claimed %d with limit 0", len(got))
	}
	left := 3 * sessions
	for _, n := range []int{1, 1, 2, 3, 15, 16, 17, 33} {
		if got := len(k.claim(n)); got != n {
			k.Fatalf("claimed %d of %d that are due with limit %d", got, left, n)
		}
		left -= n
	}
	if got := len(k.claim(1000)); got != left {
		k.Fatalf("claimed %d, want the %d that are left", got, left)
	}
}

// next follows one lane through everything that may happen to it.
func next(k *kit) {
	k.nextIs(never())
	due := k.now.Add(time.Hour)
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", due), say("C1", "b", due.Add(time.Minute))))
	k.nextIs(due)
	k.now = due.Add(time.Second)
	c := k.claimed("a")["a"]
	k.nextIs(k.now.Add(Lease))
	k.retry(c, 5*time.Minute)
	k.nextIs(k.now.Add(5 * time.Minute))
	k.commit(k.turn("slack:T1:U2", "e1", 0, wake("w", due.Add(2*time.Minute))))
	k.nextIs(due.Add(2 * time.Minute))
	k.now = k.now.Add(5 * time.Minute)
	all := k.claimed("a", "w")
	k.bury(all["w"])
	k.done(all["a"])
	k.nextIs(due.Add(time.Minute))
	k.comes("b")
	k.nextIs(never())
}

// fenceGrows takes one lane through many claims; also an emptied lane must
// not begin its fences again.
func fenceGrows(k *kit) {
	var last int64
	for v := range int64(5) {
		k.commit(k.turn("slack:T1:U1", fmt.Sprint("e", v), v, say("C1", "a", k.now)))
		for attempt := 1; attempt <= 3; attempt++ {
			c := k.claimed("a")["a"]
			if c.Fence <= last || c.Attempt != attempt {
				k.Fatalf("attempt %d with fence %d after %d, want attempt %d", c.Attempt, c.Fence, last, attempt)
			}
			last = c.Fence
			k.after(c, attempt)
		}
	}
}

// after ends an attempt: it is left to its lease, made due again, then done.
func (k *kit) after(c bot.Claim, attempt int) {
	k.Helper()
	switch attempt {
	case 1:
		k.now = k.now.Add(Lease)
	case 2:
		k.retry(c, 0)
	default:
		k.done(c)
	}
}
