package redisstore_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/storetest"
)

// dial is a client that is closed when the test ends.
func dial(t testing.TB, url string) redis.UniversalClient {
	t.Helper()
	client, err := redisstore.Dial(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// open is a store on the client's data.
func open(t testing.TB, client redis.UniversalClient, lease time.Duration) *redisstore.Store {
	t.Helper()
	store, err := redisstore.New(client, lease)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// replyTurn is the turn of the n-th event of a clerk: it says one thing, now.
func replyTurn(n int64) bot.Turn { return turnOf("slack:T1:U1", n) }

func turnOf(session string, n int64) bot.Turn {
	event := fmt.Sprint("e", n)
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
	return bot.Turn{
		EventID: event, At: at, From: n,
		Session: bot.Session{ID: session, Version: n + 1, Step: "review.wait"},
		Effects: []bot.Effect{{
			ID: bot.EffectID(session, event, 0), Session: session, Due: at, Lang: "ja",
			To:  bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"},
			Say: &bot.Reply{Step: "review.wait", Title: bot.Phrase{Key: "review.wait.title"}},
		}},
	}
}

// reply takes an event all the way: load, commit, claim, done.
func reply(t testing.TB, store *redisstore.Store, n int64) {
	t.Helper()
	replyTo(t, store, "slack:T1:U1", n)
}

func replyTo(t testing.TB, store *redisstore.Store, session string, n int64) {
	t.Helper()
	s, err := store.Load(t.Context(), session)
	if err != nil || s.Version != n {
		t.Fatalf("session stands at %d (error %v), want %d", s.Version, err, n)
	}
	turn := turnOf(session, n)
	commit(t, store, turn)
	claims, err := store.Claim(t.Context(), turn.At, 20)
	if err != nil || len(claims) != 1 || claims[0].Effect.ID != turn.Effects[0].ID {
		t.Fatalf("claimed %v (error %v)", claims, err)
	}
	if err := storetest.Finish(t.Context(), store, claims[0], bot.Receipt{}); err != nil {
		t.Fatal(err)
	}
}

func commit(t testing.TB, store *redisstore.Store, turn bot.Turn) {
	t.Helper()
	if err := storetest.Save(t.Context(), store, turn); err != nil {
		t.Fatal(err)
	}
}
