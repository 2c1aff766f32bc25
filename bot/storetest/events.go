package storetest

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/bot"
)

const day = 24 * time.Hour

func never() time.Time { return time.Time{} }

func duplicate(k *kit) {
	t := k.turn("slack:T1:U1", "e1", 0)
	k.commit(t)
	k.refuse(t, bot.ErrDuplicate)
	again := k.turn("slack:T1:U1", "e1", 1)
	k.refuse(again, bot.ErrDuplicate)
	k.stands(t)
	k.Store = k.Reopen()
	k.refuse(again, bot.ErrDuplicate)
}

// duplicateAfterMore has a platform deliver again what lies many events back,
// with the version of then and with that of now.
func duplicateAfterMore(k *kit) {
	for v := range int64(100) {
		k.now = k.now.Add(time.Minute)
		k.commit(k.turn("slack:T1:U1", fmt.Sprint("e", v), v))
	}
	for v := range int64(100) {
		k.refuse(k.turn("slack:T1:U1", fmt.Sprint("e", v), v), bot.ErrDuplicate)
		k.refuse(k.turn("slack:T1:U1", fmt.Sprint("e", v), 100), bot.ErrDuplicate)
	}
}

func duplicateAfterForget(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0))
	k.commit(k.forget("slack:T1:U1", "e2", 1))
	for _, event := range []string{"e1", "e2"} {
		k.refuse(k.turn("slack:T1:U1", event, 0), bot.ErrDuplicate)
	}
	k.now = k.now.Add(day - time.Second)
	k.refuse(k.turn("slack:T1:U1", "e2", 0), bot.ErrDuplicate)
	k.now = k.now.Add(time.Second)
	k.commit(k.turn("slack:T1:U1", "e2", 0))
}

// duplicateForgotten finds an event refused for a day and taken as new
// afterwards, whatever was committed in between.
func duplicateForgotten(k *kit) {
	start := k.now
	k.commit(k.turn("slack:T1:U1", "old", 0))
	k.now = start.Add(time.Hour)
	k.commit(k.turn("slack:T1:U1", "young", 1))
	k.now = start.Add(day - time.Second)
	k.refuse(k.turn("slack:T1:U1", "old", 2), bot.ErrDuplicate)
	k.commit(k.turn("slack:T1:U1", "between", 2))
	k.now = start.Add(day)
	k.commit(k.turn("slack:T1:U1", "old", 3))
	k.refuse(k.turn("slack:T1:U1", "young", 4), bot.ErrDuplicate)
	k.refuse(k.turn("slack:T1:U1", "old", 4), bot.ErrDuplicate)
	k.now = start.Add(day + time.Hour)
	k.commit(k.turn("slack:T1:U1", "young", 4))
}

// refusedLeavesNothing finds no trace of a refused turn: no session, no
// effect, also none removed.
func refusedLeavesNothing(k *kit) {
	first := k.turn("slack:T1:U1", "e1", 0, wake("later", k.now.Add(day)))
	k.commit(first)
	for _, t := range []bot.Turn{
		k.turn("slack:T1:U1", "e1", 1, say("C1", "no", k.now)),
		k.forget("slack:T1:U1", "e1", 1, say("C1", "no", k.now)),
	} {
		k.refuse(t, bot.ErrDuplicate)
	}
	for _, t := range []bot.Turn{
		k.turn("slack:T1:U1", "e2", 7, say("C1", "no", k.now)),
		k.forget("slack:T1:U1", "e2", 7, say("C1", "no", k.now)),
		k.turn("slack:T1:U2", "e2", 7, say("C1", "no", k.now)),
	} {
		k.refuse(t, bot.ErrConflict)
	}
	k.stands(first)
	k.stands(k.forget("slack:T1:U2", "", 0))
	k.nextIs(k.now.Add(day))
	k.claimed()
}

// refusedMayComeAgain plays a turn again after a conflict: its event was not
// committed and must not be taken for a duplicate.
func refusedMayComeAgain(k *kit) {
	k.commit(k.turn("slack:T1:U1", "e1", 0))
	k.refuse(k.turn("slack:T1:U1", "e2", 0), bot.ErrConflict)
	t := k.turn("slack:T1:U1", "e2", 1, say("C1", "yes", k.now))
	k.commit(t)
	k.stands(t)
	k.claimed("yes")
}
