package redisstore_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

// room is what a session may take in Redis with everything it has, the events
// it has seen included.
const room = 2048

// TestMemory measures sessions in the middle of their way, where they wait for
// a reminder, and at its end. It has Redis store a few as it stores many.
func TestMemory(t *testing.T) {
	t.Parallel()
	for turns, reminders := range map[int]int{40: 1, 60: 0} {
		got := bytesEach(t, 120, turns, reminders, "--zset-max-listpack-entries", "4")
		t.Logf("a session takes %.0f bytes after %d turns", got, turns)
		if got >= room {
			t.Errorf("want less than %d", room)
		}
	}
}

// BenchmarkMemory reports what a session takes after 40 turns with a reminder.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(bytesEach(b, 10_000, 40, 1), "bytes/session")
	}
}

// bytesEach walks many sessions and returns what Redis needs for each.
func bytesEach(t testing.TB, sessions, turns, reminders int, settings ...string) float64 {
	t.Helper()
	client := dial(t, redistest.Start(t, settings...))
	store := open(t, client, storetest.Lease)
	commit(t, store, turnOf("slack:T0123ABCDEF:UWARM", 0)) // scripts, connections
	before := used(t, client)
	for n := range sessions {
		for _, turn := range storetest.Walk(fmt.Sprintf("slack:T0123ABCDEF:U%010d", n), turns) {
			turn.Effects = turn.Effects[:min(reminders, len(turn.Effects))]
			commit(t, store, turn)
		}
	}
	return (used(t, client) - before) / float64(sessions)
}

// used is the server's used_memory.
func used(t testing.TB, client redis.UniversalClient) float64 {
	t.Helper()
	info, err := client.Info(t.Context(), "memory").Result()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(info, "used_memory:")
	number, _, _ := strings.Cut(rest, "\r\n")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
