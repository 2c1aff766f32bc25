package boltstore_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/storetest"
)

func TestLocked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "test.db")
	first := open(t, path)
	_, err := boltstore.Open(path, 0)
	if !errors.Is(err, boltstore.ErrLocked) || err.Error() != "another shirube is using "+path {
		t.Errorf("open a file in use: got error %v", err)
	}
	shut(t, first)
	shut(t, open(t, path))
}

// TestDamaged opens what is no store: an error, no panic, and the file is as
// it was.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for name, data := range damaged(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "test.db")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			store, err := boltstore.Open(path, 0)
			if store != nil || !errors.Is(err, boltstore.ErrFormat) || !strings.Contains(err.Error(), path) {
				t.Fatalf("got error %v, want %v and the path", err, boltstore.ErrFormat)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, data) {
				t.Errorf("the file was changed (error %v)", err)
			}
		})
	}
}

// damaged is content that is no store, by what is wrong with it.
func damaged(t *testing.T) map[string][]byte {
	t.Helper()
	whole := written(t)
	page := os.Getpagesize()
	torn := bytes.Clone(whole)
	clear(torn[2*page:])
	return map[string][]byte{
		"text":      []byte("sessions: none\n"),
		"long text": bytes.Repeat([]byte("sessions: none\n"), 2000),
		"zeros":     make([]byte, 64<<10),
		"cut":       whole[:2*page],
		"cut later": whole[:len(whole)/2/page*page],
		"no pages":  torn,
	}
}

// written is the content of a store in which something is.
func written(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole.db")
	store := open(t, path)
	for n := range 200 {
		if err := storetest.Save(t.Context(), store, childTurn(n)); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, store)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestNoFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none", "test.db")
	if _, err := boltstore.Open(path, 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got error %v, want %v", err, os.ErrNotExist)
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "test.db")
	store := open(t, path)
	for _, value := range []string{"2026-12-01T09:00:00+09:00", "", "2026-12-02T09:00:00+09:00"} {
		if err := store.SetNote("clock", value); err != nil {
			t.Fatal(err)
		}
		if got, err := store.Note("clock"); got != value || err != nil {
			t.Errorf("note is %q (error %v), want %q", got, err, value)
		}
	}
	shut(t, store)
	store = open(t, path)
	defer shut(t, store)
	if got, err := store.Note("clock"); got != "2026-12-02T09:00:00+09:00" || err != nil {
		t.Errorf("note after opening again is %q (error %v)", got, err)
	}
	if got, err := store.Note("other"); got != "" || err != nil {
		t.Errorf("note that was never set is %q (error %v)", got, err)
	}
}
