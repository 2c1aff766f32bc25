package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/deliver"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/local"
	"github.com/shirube/shirube/bot/router"
)

type tryCmd struct {
	JSON   bool   `help:"Speak JSON lines on standard input and output."`
	Store  string `help:"Keep the state: file:PATH. Without it nothing is kept." placeholder:"file:PATH"`
	Now    string `help:"Stand the clock at this time (RFC 3339)." placeholder:"TIME"`
	Locale string `help:"The language to begin in: ja or en." default:"ja" enum:"ja,en"`
}

// lease is how long an effect belongs to the worker that claimed it: what a
// killed one was sending is taken over after it.
const lease = 10 * time.Second

// Run chats until the input ends.
func (c *tryCmd) Run(ctx context.Context, e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	g, err := loadGuide(files)
	if err != nil {
		return err
	}
	store, err := c.open()
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Release(); err != nil {
		return err
	}
	clock, err := c.clock(e, store)
	if err != nil {
		return err
	}
	chat, show := c.chat(g, store, clock)
	if c.JSON {
		screen := local.NewJSON(e.Out)
		show(screen)
		return screen.Run(ctx, e.In, chat)
	}
	screen := local.NewTerminal(e.Out, terminalWords(g, c.Locale))
	show(screen)
	return screen.Run(ctx, e.In, chat)
}

// open opens the store; one that is not to be kept vanishes with the program.
func (c *tryCmd) open() (*boltstore.Store, error) {
	if c.Store == "" {
		dir, err := os.MkdirTemp("", "shirube-")
		if err != nil {
			return nil, fmt.Errorf("make a throwaway store: %w", err)
		}
		defer os.RemoveAll(dir) // the open file lives on until it is closed
		return boltstore.Open(filepath.Join(dir, "try.db"), lease, boltstore.NoSync)
	}
	path, found := strings.CutPrefix(c.Store, "file:")
	if !found || path == "" {
		return nil, fmt.Errorf("--store %q is no file; write --store file:PATH", c.Store)
	}
	return boltstore.Open(path, lease)
}

// noteClock is the store's note of how far the clock was moved.
const noteClock = "clock"

// clock is the chat's clock: it runs with the real one, or stands at --now,
// and never behind the time a kept chat has reached. --now is a time reached:
// what was said then would otherwise lie ahead of the next opening.
func (c *tryCmd) clock(e world, store *boltstore.Store) (*local.Clock, error) {
	kept, err := store.Note(noteClock)
	if err != nil {
		return nil, err
	}
	reached, _ := time.Parse(time.RFC3339Nano, kept)
	if c.Now == "" {
		clock := local.NewClock(e.Now, 0)
		clock.Set(reached)
		return clock, nil
	}
	now, err := time.Parse(time.RFC3339, c.Now)
	if err != nil {
		return nil, fmt.Errorf("--now %q is no time; write it as 2026-12-03T10:00:00+09:00", c.Now)
	}
	clock := local.NewFrozenClock(now)
	clock.Set(reached)
	return clock, store.SetNote(noteClock, clock.Now().Format(time.RFC3339Nano))
}

// chat wires the way through the house; show says where messages appear.
func (c *tryCmd) chat(g *guide, store *boltstore.Store, clock *local.Clock) (chat *local.Chat, show func(local.Screen)) {
	platform := &local.Platform{}
	machine := g.machine([]flow.Desk{{To: local.Desk(), Lang: c.Locale}})
	handler := router.New(router.Config{Store: store, Player: machine})
	drift := newDrift(g.catalog, store, machine.Edition)
	worker := deliver.New(deliver.Config{
		Outbox: store, Renderer: drift, Platforms: []bot.Platform{platform}, Handler: handler, Reports: drift, Now: clock.Now,
		Backoff: deliver.Backoff{First: time.Second, Longest: time.Minute, Attempts: 5, Random: func() float64 { return 0.5 }},
		Log:     slog.New(slog.DiscardHandler),
	})
	chat = &local.Chat{
		Handler: handler, Clock: clock, Travel: g.travel, Lang: c.Locale, Name: g.catalog.Say(c.Locale, bot.Phrase{Key: "ui.try.name"}), Render: drift.Message, NewID: rand.Text,
		Drain: func(ctx context.Context) error {
			if err := drift.look(ctx); err != nil {
				return err
			}
			_, err := worker.Drain(ctx)
			return err
		},
		Keep: func(c *local.Clock) error { return store.SetNote(noteClock, c.Now().Format(time.RFC3339Nano)) },
		Where: func(ctx context.Context) (string, bool, error) {
			session, err := store.Load(ctx, local.Session())
			if err != nil || session.Step == "" {
				return "", false, err
			}
			step := g.book.Step(session.Step)
			return session.Step, step != nil && step.End, nil
		},
	}
	return chat, func(s local.Screen) { platform.Screen = s }
}

func terminalWords(g *guide, lang string) local.Words {
	say := func(name string) string { return g.catalog.Say(lang, bot.Phrase{Key: "ui.try." + name}) }
	return local.Words{
		Greeting: say("greeting"), Channel: say("channel"), NoNumber: say("no_number"), Bye: say("bye"),
		Type: func(example string) string {
			return g.catalog.Say(lang, bot.Phrase{Key: "ui.try.type", Args: map[string]bot.Arg{"value": {Text: example}}})
		},
	}
}
