package main

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/deliver"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/router"
	"github.com/shirube/shirube/bot/transcript"
)

// store is what both stores are.
type store interface {
	bot.Store
	bot.Outbox
	bot.Reports
}

// house is a stage with everything in it: router, store and worker.
type house struct {
	store
	ctx    context.Context
	router *router.Router
	worker *deliver.Worker
	now    time.Time
	said   []bot.Effect
}

func newHouse(ctx context.Context, g *guide, s store) *house {
	h := &house{store: s, ctx: ctx}
	h.router = router.New(router.Config{Store: s, Player: g.machine([]flow.Desk{{To: transcript.Desk()}})})
	h.worker = deliver.New(deliver.Config{
		Outbox: s, Renderer: h, Platforms: []bot.Platform{h}, Handler: h.router, Reports: h,
		Now: func() time.Time { return h.now }, Log: slog.New(slog.DiscardHandler),
	})
	return h
}

// Message implements deliver.Renderer: transcripts are written in keys.
func (h *house) Message(e bot.Effect) bot.Message {
	h.said = append(h.said, e)
	return bot.Message{ID: e.ID, To: e.To}
}

// Report implements bot.Reports and notes what arrives there.
func (h *house) Report(ctx context.Context, r bot.Report) (bool, error) {
	h.said = append(h.said, bot.Effect{Report: &r})
	return h.store.Report(ctx, r)
}

// Name and Send implement bot.Platform.
func (h *house) Name() string { return "local" }

func (h *house) Send(context.Context, bot.Message) (bot.Receipt, error) { return bot.Receipt{}, nil }

// Do implements transcript.Stage.
func (h *house) Do(e bot.Event) ([]bot.Effect, bot.Answer, error) {
	h.now = e.At
	answer, err := h.router.Handle(h.ctx, e)
	if err != nil {
		return nil, bot.Answer{}, err
	}
	said, err := h.drain()
	return said, answer, err
}

// Wake implements transcript.Stage.
func (h *house) Wake(now time.Time) ([]bot.Effect, error) {
	h.now = now
	return h.drain()
}

func (h *house) drain() ([]bot.Effect, error) {
	h.said = nil
	_, err := h.worker.Drain(h.ctx)
	return h.said, err
}

// ownGuide is the guide of the project's own content.
func ownGuide(t *testing.T) *guide {
	t.Helper()
	g, err := loadGuide(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// written is a transcript, and its file to the letter.
type written struct {
	*transcript.Script
	data []byte
}

// scripts are all transcripts of a content folder.
func scripts(t *testing.T, files fs.FS) []written {
	t.Helper()
	names, err := fs.Glob(files, "flows/transcripts/*.txt")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d transcripts: %v", len(names), err)
	}
	var all []written
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		script, err := transcript.Parse(path.Base(name), data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, written{script, data})
	}
	return all
}

// TestTranscripts plays every transcript through the whole house with both
// stores: what the engine says is what arrives.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, g := os.DirFS("../.."), ownGuide(t)
	client, err := redisstore.Dial(redistest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	all := scripts(t, files)
	for _, kind := range []string{"bolt", "redis"} {
		for _, script := range all {
			t.Run(kind+"/"+script.Name, func(t *testing.T) {
				var s store
				if kind == "bolt" {
					bolt, err := boltstore.Open(filepath.Join(t.TempDir(), "t.db"), time.Minute, boltstore.NoSync)
					if err != nil {
						t.Fatal(err)
					}
					defer bolt.Close()
					s = bolt
				} else {
					if err := client.FlushAll(t.Context()).Err(); err != nil {
						t.Fatal(err)
					}
					redis, err := redisstore.New(client, time.Minute)
					if err != nil {
						t.Fatal(err)
					}
					s = redis
				}
				got, err := script.Play(newHouse(t.Context(), g, s), g.travel)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, script.data) {
					t.Error(firstDifference(string(script.data), string(got)))
				}
			})
		}
	}
}
