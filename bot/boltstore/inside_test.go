package boltstore

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/storetest"
	bolt "go.etcd.io/bbolt"
)

// TestGrave looks at what is kept of a buried effect.
func TestGrave(t *testing.T) {
	t.Parallel()
	store, at := buried(t), morning()
	var got []grave
	if err := json.Unmarshal([]byte(content(t, store)[dead+"/slack:T1:U1"]), &got); err != nil {
		t.Fatal(err)
	}
	want := []grave{{Effect: effect(at), Seq: 1, Attempt: 1, Why: "channel_not_found", At: at}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("graves (-want +got):\n%s", d)
	}
}

// TestForgotten finds nothing of a forgotten person in the file when the last
// of its events is a day old, and the events until then.
func TestForgotten(t *testing.T) {
	t.Parallel()
	store, at := buried(t), morning()
	for n, version := range []int64{1, 0} {
		later := at.Add(time.Duration(n) * time.Hour)
		commit(t, store, bot.Turn{
			EventID: "f" + later.String(), At: later, From: version, Forget: true,
			Session: bot.Session{ID: "slack:T1:U1"},
		})
	}
	for _, c := range []struct {
		after time.Duration
		left  bool
	}{{24 * time.Hour, true}, {25*time.Hour - time.Second, true}, {25 * time.Hour, false}} {
		now := at.Add(c.after)
		other := bot.Session{ID: "slack:T1:U" + c.after.String(), Version: 1}
		commit(t, store, bot.Turn{EventID: "e", At: now, Session: other})
		var found []string
		for key := range content(t, store) {
			if bucket, ok := strings.CutSuffix(key, "slack:T1:U1"); ok {
				found = append(found, bucket)
			}
		}
		if slices.Contains(found, seen+"/") != c.left || len(found) > 0 != c.left {
			t.Errorf("%v later there is %q of the session, want seen events: %v", c.after, found, c.left)
		}
	}
}

// TestThreadDropped notes messages to a channel; after 90 days the first is
// dropped, the one that was noted again is not.
func TestThreadDropped(t *testing.T) {
	t.Parallel()
	store, at := buried(t), morning()
	for n, message := range []string{"1", "2", "1", "3"} {
		now := at.Add([]time.Duration{0, time.Hour, 2 * time.Hour, 90*24*time.Hour + time.Hour}[n])
		e := bot.Effect{ID: message, Session: "slack:T1:U1", Due: now, Say: &bot.Reply{}}
		commit(t, store, bot.Turn{
			EventID: now.String(), At: now, From: int64(n) + 1, Effects: []bot.Effect{e},
			Session: bot.Session{ID: "slack:T1:U1", Version: int64(n) + 2},
		})
		claims, err := store.Claim(t.Context(), now, 1)
		if err != nil || len(claims) != 1 {
			t.Fatalf("claimed %v (error %v)", claims, err)
		}
		if err := storetest.Finish(t.Context(), store, claims[0], bot.Receipt{ID: message}); err != nil {
			t.Fatal(err)
		}
	}
	for message, want := range map[string]string{"1": "slack:T1:U1", "2": "", "3": "slack:T1:U1"} {
		if got, err := store.Thread(t.Context(), bot.Address{Thread: message}); err != nil || got != want {
			t.Errorf("message %s is about %q (error %v), want %q", message, got, err, want)
		}
	}
	keys := 0
	for key := range content(t, store) {
		if strings.HasPrefix(key, threads+"/") || strings.HasPrefix(key, notedAt+"/") {
			keys++
		}
	}
	if keys != 4 {
		t.Errorf("%d keys are left, want 4", keys)
	}
}

// TestPrivate finds the file readable by its owner only.
func TestPrivate(t *testing.T) {
	t.Parallel()
	info, err := os.Stat(buried(t).db.Path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v (error %v)", info.Mode(), err)
	}
}

func morning() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC) }

func effect(due time.Time) bot.Effect {
	return bot.Effect{ID: "1", Session: "slack:T1:U1", Due: due, Wake: "w"}
}

// buried is a store with one session that has buried an effect.
func buried(t *testing.T) *Store {
	t.Helper()
	store, err := Open(filepath.Join(t.TempDir(), "test.db"), 0, NoSync)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	at := morning()
	commit(t, store, bot.Turn{
		EventID: "e1", At: at, Session: bot.Session{ID: "slack:T1:U1", Version: 1}, Effects: []bot.Effect{effect(at)},
	})
	claims, err := store.Claim(t.Context(), at, 1)
	if err != nil || len(claims) != 1 {
		t.Fatalf("claimed %v (error %v)", claims, err)
	}
	if err := store.Bury(t.Context(), claims[0], errors.New("channel_not_found")); err != nil {
		t.Fatal(err)
	}
	return store
}

func commit(t *testing.T, store *Store, turn bot.Turn) {
	t.Helper()
	if err := storetest.Save(t.Context(), store, turn); err != nil {
		t.Fatal(err)
	}
}

// content is everything in the file, by bucket and key.
func content(t *testing.T, store *Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := store.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
			return b.ForEach(func(key, value []byte) error {
				all[string(bucket)+"/"+string(key)] = string(value)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
