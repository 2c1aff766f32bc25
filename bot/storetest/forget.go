package storetest

import (
	"time"

	"github.com/shirube/shirube/bot"
)

// forget removes the session with everything it had waiting; what the same
// turn says goodbye with is kept, and so are the others.
func forget(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0,
		wake("w", k.now.Add(time.Hour)), say("C1", "a", k.now), say("C2", "b", k.now.Add(time.Minute))))
	other := k.turn("slack:T1:U11", "e1", 0, say("C1", "other", k.now))
	k.commit(other)
	gone := k.forget("slack:T1:U1", "e2", 1, say("C1", "bye", k.now), say("C2", "gone", k.now))
	k.commit(gone)
	k.stands(gone)
	k.stands(other)
	k.now = k.now.Add(day)
	all := k.claimed("bye", "gone", "other")
	for _, c := range all {
		k.done(c)
	}
	k.claimed()
	k.nextIs(never())
	k.commit(k.forget("slack:T1:U9", "e1", 0, say("C1", "unknown", k.now)))
	k.comes("unknown")
}

// forgetClaimed forgets a session while a worker has one of its effects.
func forgetClaimed(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), say("C1", "b", k.now)))
	c := k.claimed("a")["a"]
	k.commit(k.forget("slack:T1:U1", "e2", 1, say("C1", "bye", k.now)))
	k.fenced(c)
	k.comes("bye")
	k.nextIs(never())
}

// forgetRefused checks the version as every turn does.
func forgetRefused(k *kit) {
	first := k.turn("slack:T1:U1", "e1", 0, wake("w", k.now.Add(time.Hour)))
	k.commit(first)
	k.refuse(k.forget("slack:T1:U1", "e2", 0), bot.ErrConflict)
	k.refuse(k.forget("slack:T1:U1", "e2", 2), bot.ErrConflict)
	k.stands(first)
	k.nextIs(k.now.Add(time.Hour))
}

// forgetAndBack lets the person begin again: a new session from version 0.
func forgetAndBack(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now)))
	late := k.claimed("a")["a"]
	k.commit(k.forget("slack:T1:U1", "e2", 1))
	k.refuse(k.turn("slack:T1:U1", "e3", 1), bot.ErrConflict)
	k.now = k.now.Add(day)
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now))
	k.commit(t)
	k.stands(t)
	if c := k.claimed("a")["a"]; c.Fence <= late.Fence || c.Attempt != 1 {
		k.Fatalf("the new effect has fence %d after %d, attempt %d", c.Fence, late.Fence, c.Attempt)
	}
	k.fenced(late)
	k.commit(k.forget("slack:T1:U1", "e4", 1))
	k.stands(k.forget("slack:T1:U1", "", 0))
}
