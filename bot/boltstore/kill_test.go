package boltstore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/storetest"
)

// childFile names the store in the environment of the process to be killed.
const childFile = "BOLTSTORE_TEST_CHILD"

// child makes this process the one to be killed, when its environment says so:
// it commits turns until then and reports each when it is committed.
func child() {
	path := os.Getenv(childFile)
	if path == "" {
		return
	}
	store, err := boltstore.Open(path, 0)
	for n := 0; err == nil; n++ {
		err = storetest.Save(context.Background(), store, childTurn(n))
		fmt.Println(n)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// childTurn is the n-th of the child's turns: ten sessions in turn, and every
// turn has a reminder.
func childTurn(n int) bot.Turn {
	id := fmt.Sprint("slack:T1:U", n%10)
	at := time.Date(2026, 12, 1, 9, 0, n, 0, time.UTC)
	return bot.Turn{
		EventID: fmt.Sprint("e", n), At: at, From: int64(n / 10),
		Session: bot.Session{ID: id, Version: int64(n/10) + 1, Step: fmt.Sprint("step", n)},
		Effects: []bot.Effect{{ID: fmt.Sprint("e", n), Session: id, Due: at, Wake: "w"}},
	}
}

// TestKill kills a process in the middle of its commits. What it reported must
// be there.
func TestKill(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "test.db")
	reported := killed(t, path, 150)
	store := open(t, path)
	defer shut(t, store)
	for n := range reported {
		if err := storetest.Save(t.Context(), store, childTurn(n)); !errors.Is(err, bot.ErrDuplicate) {
			t.Fatalf("turn %d of %d was reported, yet committing it again: %v", n, reported, err)
		}
	}
	for n := max(0, reported-10); n < reported; n++ {
		s, err := store.Load(t.Context(), childTurn(n).Session.ID)
		if err != nil || s.Version < childTurn(n).Session.Version {
			t.Errorf("turn %d was reported, the session stands at %d (error %v)", n, s.Version, err)
		}
	}
	if got := wakes(t, store); got < reported {
		t.Errorf("%d effects are left of %d", got, reported)
	}
}

// killed starts the child, kills it when it has reported some turns, and
// returns how many it had reported by its end.
func killed(t *testing.T, path string, after int) int {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childFile+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	reported := 0
	for {
		if _, err := lines.ReadString('\n'); errors.Is(err, io.EOF) {
			break
		}
		if reported++; reported == after {
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err == nil || reported < after {
		t.Fatalf("the child ended by itself after %d turns: %v", reported, err)
	}
	return reported
}

// wakes counts the effects that wait.
func wakes(t *testing.T, store *boltstore.Store) int {
	t.Helper()
	count := 0
	for {
		claims, err := store.Claim(t.Context(), time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC), 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(claims) == 0 {
			return count
		}
		for _, c := range claims {
			count++
			if err := storetest.Finish(t.Context(), store, c, bot.Receipt{}); err != nil {
				t.Fatal(err)
			}
		}
	}
}
