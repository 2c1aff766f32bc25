package redisstore_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

const walkLength = 40

func newBench(b *testing.B) (*redisstore.Store, []bot.Turn) {
	b.Helper()
	store := open(b, dial(b, redistest.Start(b)), storetest.Lease)
	return store, storetest.Walk("slack:T0123ABCDEF:U0123456789", walkLength)
}

// BenchmarkLoad loads a session in the middle of its way.
func BenchmarkLoad(b *testing.B) {
	store, walk := newBench(b)
	for _, turn := range walk {
		commit(b, store, turn)
	}
	for b.Loop() {
		if s, err := store.Load(b.Context(), walk[0].Session.ID); err != nil || s.Version != walkLength {
			b.Fatalf("session stands at %d (error %v)", s.Version, err)
		}
	}
}

// BenchmarkCommit commits the turns of walks, one after the other.
func BenchmarkCommit(b *testing.B) {
	store, walk := newBench(b)
	n := 0
	for b.Loop() {
		turn := walk[n%walkLength]
		turn.Session.ID = fmt.Sprint("slack:T0123ABCDEF:U", n/walkLength)
		turn.Effects = nil
		commit(b, store, turn)
		n++
	}
}

// BenchmarkReply takes events all the way: load, commit, claim, done.
func BenchmarkReply(b *testing.B) {
	store, _ := newBench(b)
	n := int64(0)
	for b.Loop() {
		replyTo(b, store, fmt.Sprint("slack:T0123ABCDEF:U", n/walkLength), n%walkLength)
		n++
	}
}

// BenchmarkReplyAmongMany does the same while many sessions wait for a
// reminder that is due in days.
func BenchmarkReplyAmongMany(b *testing.B) {
	const waiting = 100_000
	store, _ := newBench(b)
	for n := range waiting {
		turn := turnOf(fmt.Sprint("slack:T0123ABCDEF:W", n), 0)
		turn.Effects[0].Due, turn.Effects[0].Say, turn.Effects[0].Wake = turn.At.Add(1000*time.Hour), nil, "review.ask"
		commit(b, store, turn)
	}
	n := int64(0)
	for b.Loop() {
		replyTo(b, store, fmt.Sprint("slack:T0123ABCDEF:U", n/walkLength), n%walkLength)
		n++
	}
}
