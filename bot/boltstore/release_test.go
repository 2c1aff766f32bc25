package boltstore_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/storetest"
)

func TestRelease(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	now := time.Date(2026, 12, 3, 10, 0, 0, 0, time.UTC)
	turn := bot.Turn{EventID: "e", At: now, Session: bot.Session{ID: "s", Version: 1}, Effects: []bot.Effect{{ID: "a", Session: "s", Due: now, Say: &bot.Reply{}}}}
	if err := storetest.Save(t.Context(), s, turn); err != nil {
		t.Fatal(err)
	}
	first, err := s.Claim(t.Context(), now, 1)
	if err != nil || len(first) != 1 {
		t.Fatalf("claim = %v, %v", first, err)
	}
	if err := s.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := s.Claim(t.Context(), now, 1)
	if err != nil || len(again) != 1 || again[0].Attempt != 2 {
		t.Fatalf("claim after the release = %+v, %v; want attempt 2", again, err)
	}
	if err := storetest.Finish(t.Context(), s, first[0], bot.Receipt{}); !errors.Is(err, bot.ErrFenced) {
		t.Errorf("the late worker's Done = %v, want ErrFenced", err)
	}
	if err := s.Retry(t.Context(), again[0], now.Add(time.Hour), errors.New("x")); err != nil {
		t.Fatal(err)
	}
	if err := s.Release(); err != nil {
		t.Fatal(err)
	}
	if early, err := s.Claim(t.Context(), now, 1); err != nil || len(early) != 0 {
		t.Errorf("a wait for a retry ended with the release: %v, %v", early, err)
	}
}
