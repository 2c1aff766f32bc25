package storetest

import (
	"fmt"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
)

// oddNames takes sessions and channels whose ids hold whatever a store may have
// between its own words: the whole life of their effects, and nothing of one in
// another's.
func oddNames(k *kit) {
	ids := []string{
		"a b", "a", " a", "a ", "a\nb", "a|b", "a:queue:b", "a:lane:b", "{s:1}", "a\x00b", "a%20b", "日本 語", "clock", "a|clock", "*", "a?[b]", "%s",
		strings.Repeat("長", 300),
	}
	version := map[string]int64{}
	for _, id := range ids {
		for _, channel := range ids[:12] {
			k.commit(k.turn(id, "e"+channel, version[id], say(channel, id+"/"+channel, k.now)))
			version[id]++
		}
		k.commit(k.turn(id, "w", version[id], wake(id+"/w", k.now)))
	}
	claims := k.claim(10_000)
	if len(claims) != 13*len(ids) {
		k.Fatalf("claimed %d, want %d", len(claims), 13*len(ids))
	}
	for _, c := range claims {
		if !strings.HasPrefix(name(c.Effect), c.Effect.Session+"/") {
			k.Fatalf("%q is of %q", name(c.Effect), c.Effect.Session)
		}
		k.bury(c)
	}
	for _, g := range k.graves() {
		k.exhumes(g.Session, []string{g.ID}, []string{g.ID})
	}
	for _, c := range k.claim(10_000) {
		if c.Effect.Session == ids[0] {
			continue // goes with its session
		}
		k.done(c)
	}
	k.commit(k.forget(ids[0], "forget", version[ids[0]]+1))
	for _, id := range ids[1:] {
		if got := k.load(id).Version; got != version[id]+1 {
			k.Fatalf("session %q has version %d, want %d", id, got, version[id]+1)
		}
	}
	k.nextIs(time.Time{})
}

// manyEffects takes a turn with far more effects than any has, in few lanes and
// in many.
func manyEffects(k *kit) {
	const many = 3000
	var effects []bot.Effect
	for n := range many {
		effects = append(effects, say("C1", fmt.Sprint("one ", n), k.now), say(fmt.Sprint("C", n+2), fmt.Sprint("many ", n), k.now))
	}
	k.commit(k.turn("slack:T1:U1", "e1", 0, effects...))
	if got := len(k.claim(2 * many)); got != many+1 {
		k.Fatalf("claimed %d, want one of each of %d lanes", got, many+1)
	}
	k.commit(k.forget("slack:T1:U1", "e2", 1))
	k.nextIs(time.Time{})
}
