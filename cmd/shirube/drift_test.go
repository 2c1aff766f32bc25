package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/deliver"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/router"
)

// hall is a house with many clerks and two desks; sent is what arrived where
// since it was last taken.
type hall struct {
	*testing.T
	router *router.Router
	worker *deliver.Worker
	drift  *drift
	sent   map[string][]bot.Message
	n      int
}

func (h *hall) Name() string { return "local" }

func (h *hall) Send(_ context.Context, m bot.Message) (bot.Receipt, error) {
	h.sent[m.To.Channel] = append(h.sent[m.To.Channel], m)
	return bot.Receipt{}, nil
}

func newHall(t *testing.T) *hall {
	t.Helper()
	g := ownGuide(t)
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "t.db"), time.Minute, boltstore.NoSync)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	h := &hall{T: t, sent: map[string][]bot.Message{}}
	machine := g.machine([]flow.Desk{
		{To: bot.Address{Platform: "local", Channel: "desk ja"}, Lang: "ja"}, {To: bot.Address{Platform: "local", Channel: "desk en"}, Lang: "en"},
	})
	h.drift = newDrift(g.catalog, store, machine.Edition)
	h.router = router.New(router.Config{Store: store, Player: machine})
	h.worker = deliver.New(deliver.Config{
		Outbox: store, Renderer: h.drift, Platforms: []bot.Platform{h}, Handler: h.router, Reports: h.drift, Now: lately, Log: slog.New(slog.DiscardHandler),
	})
	return h
}

// says has a clerk say something and returns the texts that arrive there.
func (h *hall) says(clerk, text string) string {
	h.Helper()
	h.n++
	from := bot.Address{Platform: "local", Tenant: "t", Channel: clerk, User: clerk}
	e := bot.Event{ID: fmt.Sprint(h.n), Session: from.SessionID(), From: from, At: lately(), Kind: bot.Said, Text: text, Lang: "ja"}
	if _, err := h.router.Handle(h.Context(), e); err != nil {
		h.Fatal(err)
	}
	if _, err := h.worker.Drain(h.Context()); err != nil {
		h.Fatal(err)
	}
	return h.take(clerk)
}

func (h *hall) take(channel string) string {
	var texts []string
	for _, m := range h.sent[channel] {
		texts = append(texts, m.Text())
	}
	delete(h.sent, channel)
	return strings.Join(texts, "\n\n")
}

// reports has a clerk begin, take the first step and say what is seen there.
func (h *hall) reports(clerk, seen string) string {
	h.Helper()
	h.says(clerk, "こんにちは")
	h.says(clerk, "画面がない")
	return h.says(clerk, seen)
}

// What a clerk is warned with, and what the distributor is told.
const (
	warning = "変わった可能性があります"
	told    = "報告が、2人の方からありました"
)

// TestDrift has two clerks find the same step otherwise: the distributor is told
// once, in every language, and nobody is held up.
func TestDrift(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	if got := h.reports("一郎", "題名が違う"); !strings.Contains(got, "控えました") || strings.Contains(got, warning) {
		t.Errorf("the first clerk is told %q", got)
	}
	if got := h.says("一郎", "ボタンも違う"); !strings.Contains(got, "控えました") {
		t.Errorf("adding to it is answered with %q", got)
	}
	if got := h.says("零子", "こんにちは"); strings.Contains(got, warning) || h.take("desk ja") != "" {
		t.Errorf("one clerk alone marks the step: %q", got)
	}
	h.reports("二郎", "見出しが英語\nボタンは「Next」")
	if got := h.take("desk ja"); strings.Count(got, told) != 1 || !strings.Contains(got, "見出しが英語 ボタンは「Next」") || strings.Contains(got, warning) {
		t.Errorf("the desk is told %q", got)
	}
	if got := h.take("desk en"); strings.Count(got, "Two people") != 1 || !strings.Contains(got, "見出しが英語") {
		t.Errorf("the other desk is told %q", got)
	}
	if got := h.reports("三郎", "別の画面"); !strings.Contains(got, "控えました") || h.take("desk ja") != "" {
		t.Errorf("the third report is answered with %q, or told", got)
	}
}

// TestDriftWarns has the next clerks warned at the step, until those who
// reported it are forgotten.
func TestDriftWarns(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.reports("一郎", "題名が違う")
	h.reports("二郎", "見出しが英語")
	got := h.says("三郎", "こんにちは")
	if !strings.HasPrefix(strings.SplitN(got, "\n\n", 2)[1], "⚠️") || !strings.Contains(got, warning) {
		t.Errorf("the next clerk is not warned first: %q", got)
	}
	if got := h.says("三郎", "状況"); strings.Contains(got, warning) {
		t.Errorf("the overview warns: %q", got)
	}
	h.says("三郎", "画面がない")
	if got := h.says("三郎", "次"); !strings.Contains(got, warning) {
		t.Errorf("the step itself does not warn: %q", got)
	}
	for _, clerk := range []string{"一郎", "二郎"} {
		h.says(clerk, "削除")
		h.says(clerk, "すべて削除する")
	}
	if got := h.says("四郎", "こんにちは"); strings.Contains(got, warning) {
		t.Errorf("still warned after the reports were withdrawn: %q", got)
	}
	if all, err := h.drift.Reports(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("kept of those who are forgotten: %v (error %v)", all, err)
	}
}

// sights are reports in memory, and an error in their place.
type sights struct {
	mu  sync.Mutex
	all []bot.Report
	err error
}

// set has others change what is kept.
func (s *sights) set(all []bot.Report, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all, s.err = all, err
}

func (s *sights) Report(_ context.Context, r bot.Report) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, r)
	return true, nil
}

func (s *sights) Reports(context.Context) ([]bot.Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all, s.err
}

func (s *sights) Clear(context.Context, string) error { s.set(nil, nil); return nil }

// plainly renders the keys of the parts.
type plainly struct{}

func (plainly) Message(e bot.Effect) bot.Message {
	var keys []string
	for _, p := range e.Say.Parts {
		keys = append(keys, p.Phrase.Key)
	}
	return bot.Message{Title: strings.Join(keys, " ")}
}

// shown is what a step that says "do" shows with its warnings.
func shown(d *drift, title string) string {
	say := &bot.Reply{Step: "a.form", Title: bot.Phrase{Key: title}, Parts: []bot.Part{{Kind: bot.Do, Phrase: bot.Phrase{Key: "do"}}}}
	got := d.Message(bot.Effect{Say: say}).Title
	if len(say.Parts) != 1 {
		return "the reply itself was changed"
	}
	return got
}

func two(edition string) []bot.Report {
	return []bot.Report{{Session: "1", Step: "a.form", Edition: edition}, {Session: "2", Step: "a.form", Edition: edition}}
}

// TestDriftLooks sees what others reported and cleared half a minute later, and
// what is changed here at once.
func TestDriftLooks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept := &sights{}
		d := newDrift(plainly{}, kept, func(string) string { return "now" })
		if got := shown(d, "a.form.title"); got != "do" {
			t.Errorf("before it has looked: %q", got)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); d.Run(ctx) }()
		defer func() { stop(); <-ended }()
		pass := func(want string) {
			t.Helper()
			time.Sleep(lookEvery) // in the bubble's time
			synctest.Wait()
			if got := shown(d, "a.form.title"); got != want {
				t.Errorf("shown %q, want %q", got, want)
			}
		}
		synctest.Wait()
		kept.set(two("now"), nil)
		pass("ui.drifted do")
		kept.set(nil, errors.New("away"))
		pass("ui.drifted do")
		kept.set(nil, nil)
		pass("do")
		kept.set(two("then"), nil)
		pass("do")
		kept.set(two("now")[:1], nil)
		if _, err := d.Report(ctx, two("now")[1]); err != nil || shown(d, "a.form.title") != "ui.drifted do" {
			t.Errorf("reported here: shown %q (error %v)", shown(d, "a.form.title"), err)
		}
		if got := shown(d, "ui.status.title"); got != "do" {
			t.Errorf("beside the step: %q", got)
		}
		if err := d.Clear(ctx, "a.form"); err != nil || shown(d, "a.form.title") != "do" {
			t.Errorf("cleared here: shown %q (error %v)", shown(d, "a.form.title"), err)
		}
	})
}

// TestWatchedReports notes that the store is away.
func TestWatchedReports(t *testing.T) {
	t.Parallel()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "t.db"), lease, boltstore.NoSync)
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	w := watch(store, slog.New(slog.NewTextHandler(&said, nil)), time.Now)
	if _, err := w.Report(t.Context(), two("now")[0]); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	_, reportErr := w.Report(t.Context(), two("now")[0])
	_, listErr := w.Reports(t.Context())
	for op, err := range map[string]error{"report": reportErr, "list": listErr, "clear": w.Clear(t.Context(), "a")} {
		if !errors.Is(err, bot.ErrAway) {
			t.Errorf("%s: error %v, want one that the store is away", op, err)
		}
	}
	if strings.Count(said.String(), "store is away") != 1 {
		t.Errorf("said %s", said.String())
	}
}
