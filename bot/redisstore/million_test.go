package redisstore_test

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

// BenchmarkMillion measures a claim while up to a million sessions wait for
// reminders of their own, and what they take. It runs only when -bench names
// it: it takes minutes and more than a gigabyte.
func BenchmarkMillion(b *testing.B) {
	if named := flag.Lookup("test.bench").Value.String(); !strings.Contains(named, "Million") {
		b.Skip("runs with -bench Million")
	}
	client := dial(b, redistest.Start(b))
	store := open(b, client, storetest.Lease)
	empty, filled := used(b, client), int64(0)
	for _, waiting := range []int64{10_000, 100_000, 1_000_000} {
		crowd(b, store, filled, waiting)
		filled = waiting
		each := (used(b, client) - empty) / float64(waiting)
		b.Run(fmt.Sprint(waiting, "/nothing"), func(b *testing.B) { claimNothing(b, client, store, each) })
		b.Run(fmt.Sprint(waiting, "/one"), func(b *testing.B) { claimOne(b, client, store, each) })
	}
}

// claimNothing asks for what is due when nothing is.
func claimNothing(b *testing.B, client redis.UniversalClient, store *redisstore.Store, each float64) {
	spent := serverTime(b, client)
	for b.Loop() {
		if claims, err := store.Claim(b.Context(), turnOf("", 0).At, 128); err != nil || len(claims) != 0 {
			b.Fatalf("claimed %d (error %v)", len(claims), err)
		}
	}
	b.ReportMetric((serverTime(b, client)-spent)/float64(b.N), "redis-µs/op")
	b.ReportMetric(each, "bytes/session")
}

// claimOne has one of all the reminders come due, again and again: the claim
// alone is timed.
func claimOne(b *testing.B, client redis.UniversalClient, store *redisstore.Store, each float64) {
	ctx := b.Context()
	var spent float64
	for n := int64(0); b.Loop(); n++ {
		b.StopTimer()
		commit(b, store, turnOf("slack:T0123ABCDEF:ONE"+b.Name()+strconv.Itoa(b.N), n))
		before := serverTime(b, client)
		b.StartTimer()
		claims, err := store.Claim(ctx, turnOf("", n).At, 128)
		b.StopTimer()
		spent += serverTime(b, client) - before
		if err != nil || len(claims) != 1 {
			b.Fatalf("claimed %d (error %v)", len(claims), err)
		}
		if err := storetest.Finish(ctx, store, claims[0], bot.Receipt{}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(spent/float64(b.N), "redis-µs/op")
	b.ReportMetric(each, "bytes/session")
}

// crowd adds sessions up to a number, each with a reminder that is due in days.
func crowd(b *testing.B, store *redisstore.Store, from, to int64) {
	b.Helper()
	var next atomic.Int64
	next.Store(from)
	var writing sync.WaitGroup
	for range 64 {
		writing.Go(func() {
			for n := next.Add(1) - 1; n < to; n = next.Add(1) - 1 {
				turn := turnOf(fmt.Sprintf("slack:T0123ABCDEF:W%07d", n), 0)
				turn.Effects[0].Due, turn.Effects[0].Say, turn.Effects[0].Wake = turn.At.Add(1000*time.Hour+time.Duration(n)*time.Second), nil, "review.ask"
				if err := storetest.Save(context.WithoutCancel(b.Context()), store, turn); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	writing.Wait()
}

// serverTime is how many microseconds the server has spent on scripts.
func serverTime(t testing.TB, client redis.UniversalClient) float64 {
	t.Helper()
	info, err := client.Info(t.Context(), "commandstats").Result()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(info, "cmdstat_evalsha:")
	_, rest, _ = strings.Cut(rest, "usec=")
	number, _, _ := strings.Cut(rest, ",")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
