package redisstore_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

// kinds is what keys there are, without shards and ids, and how often.
func kinds(t *testing.T, client redis.UniversalClient) map[string]int {
	t.Helper()
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, key := range keys {
		tag, rest, _ := strings.Cut(key, "}:")
		kind, _, _ := strings.Cut(rest, ":")
		if !strings.HasPrefix(tag, "{s:") {
			t.Errorf("key %s has no hash tag", key)
		}
		count[kind]++
	}
	return count
}

// TestKeys finds no more keys than are needed, and after forgetting none that
// stay.
func TestKeys(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	reply(t, store, 0)
	is := func(want map[string]int) {
		t.Helper()
		if d := cmp.Diff(want, kinds(t, client)); d != "" {
			t.Errorf("keys (-want +got):\n%s", d)
		}
	}
	is(map[string]int{"session": 1, "seen": 1, "fence": 1})
	commit(t, store, replyTurn(1))
	is(map[string]int{"session": 1, "seen": 1, "fence": 1, "queue": 1, "due": 1})
	buryOne(t, store, replyTurn(1).At)
	is(map[string]int{"session": 1, "seen": 1, "fence": 1, "dead": 1})
	commit(t, store, replyTurn(2))
	bye := replyTurn(3)
	bye.Forget, bye.Effects = true, nil
	commit(t, store, bye)
	is(map[string]int{"seen": 1, "fence": 1})
	for _, key := range client.Keys(t.Context(), "*seen*").Val() {
		if left := client.TTL(t.Context(), key).Val(); left <= 23*time.Hour || left > 24*time.Hour {
			t.Errorf("seen events expire in %v", left)
		}
	}
}

// TestSeen looks at the events that are kept: those of the last day, and they
// are found only where an entry begins.
func TestSeen(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	for n, want := range []int64{12, 24, 36, 24} {
		turn := replyTurn(int64(n))
		if n == 3 {
			turn.At = replyTurn(1).At.Add(24 * time.Hour)
		}
		commit(t, store, turn)
		key := client.Keys(t.Context(), "*:seen:*").Val()[0]
		if got := client.StrLen(t.Context(), key).Val(); got != want {
			t.Errorf("after turn %d the events take %d bytes, want %d", n, got, want)
		}
	}
	key := client.Keys(t.Context(), "*:seen:*").Val()[0]
	event := sha256.Sum256([]byte(replyTurn(4).EventID))
	across := "12345" + string(event[:8]) + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	if err := client.Set(t.Context(), key, across, 0).Err(); err != nil {
		t.Fatal(err)
	}
	commit(t, store, replyTurn(4))
}

func buryOne(t *testing.T, store *redisstore.Store, now time.Time) {
	t.Helper()
	claims, err := store.Claim(t.Context(), now, 1)
	if err != nil || len(claims) != 1 {
		t.Fatalf("claimed %v (error %v)", claims, err)
	}
	if err := store.Bury(t.Context(), claims[0], errors.New("channel_not_found")); err != nil {
		t.Fatal(err)
	}
}

// TestGrave looks at what is kept of buried effects.
func TestGrave(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	var want []string
	for n := range int64(2) {
		turn := replyTurn(n)
		commit(t, store, turn)
		buryOne(t, store, turn.At.Add(time.Second))
		effect, err := json.Marshal(turn.Effects[0])
		if err != nil {
			t.Fatal(err)
		}
		at := []string{"1796115601000000 0000000000000001", "1796115661000000 0000000000000004"}[n]
		want = append(want, at+` {"effect":`+string(effect)+`,"attempt":1,"why":"channel_not_found"}`)
	}
	keys := client.Keys(t.Context(), "*:dead").Val()
	if len(keys) != 1 {
		t.Fatalf("keys are %v", keys)
	}
	dead := client.HGetAll(t.Context(), keys[0]).Val()
	if d := cmp.Diff([]string{"slack:T1:U1"}, slices.Collect(maps.Keys(dead))); d != "" {
		t.Errorf("sessions (-want +got):\n%s", d)
	}
	if d := cmp.Diff(strings.Join(want, "\n")+"\n", dead["slack:T1:U1"]); d != "" {
		t.Errorf("graves (-want +got):\n%s", d)
	}
}

// TestUnreadable has an effect in the queue that nobody can read. It must not
// keep back the others.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	commit(t, store, turnOf("slack:T1:U1", 0))
	key := client.Keys(t.Context(), "*:queue:*").Val()[0]
	if err := client.HSet(t.Context(), key, "b0000000000000001", "?").Err(); err != nil {
		t.Fatal(err)
	}
	if claims, err := store.Claim(t.Context(), replyTurn(0).At, 20); err == nil {
		t.Errorf("claimed %v without an error", claims)
	}
	at := replyTurn(0).At.Add(storetest.Lease)
	for _, id := range []string{"slack:T1:U2", "slack:T1:U3", "slack:T1:U4"} {
		commit(t, store, turnOf(id, 0))
	}
	claims, err := store.Claim(t.Context(), at, 20)
	if err != nil || len(claims) != 3 {
		t.Errorf("claimed %v (error %v), want the other three", claims, err)
	}
}

// TestThreadExpires finds a message to a channel noted for 90 days.
func TestThreadExpires(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	turn := replyTurn(0)
	turn.Effects[0].To.User = ""
	commit(t, store, turn)
	claims, err := store.Claim(t.Context(), turn.At, 1)
	if err != nil || len(claims) != 1 {
		t.Fatalf("claimed %v (error %v)", claims, err)
	}
	if err := storetest.Finish(t.Context(), store, claims[0], bot.Receipt{ID: "17.1"}); err != nil {
		t.Fatal(err)
	}
	const day = 24 * time.Hour
	key := client.Keys(t.Context(), "*:thread:slack:T1:D1:17.1").Val()[0]
	if left := client.TTL(t.Context(), key).Val(); left <= 89*day || left > 90*day {
		t.Errorf("the message is noted for %v", left)
	}
}
