package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/shirube/shirube/bot"
)

// watched is a store that says once when it goes away and once when it is
// back, whoever meets it.
type watched struct {
	keeper
	log *slog.Logger

	mu   sync.Mutex
	away bool
}

func watch(k keeper, log *slog.Logger) *watched { return &watched{keeper: k, log: log} }

// seen notes how a call went and marks the errors of a store that is away. What
// a store refuses, and what its caller no longer waited for, says nothing about
// the store. Which call it was tells whether it can be written.
func (w *watched) seen(err error) error {
	for _, answer := range []error{bot.ErrConflict, bot.ErrDuplicate, bot.ErrFenced} {
		if errors.Is(err, answer) {
			w.turn(false, nil)
			return err
		}
	}
	switch {
	case err == nil:
		w.turn(false, nil)
		return nil
	case errors.Is(err, context.Canceled):
		return err
	}
	w.turn(true, err)
	return fmt.Errorf("%w: %w", bot.ErrAway, err)
}

// turn logs a change.
func (w *watched) turn(away bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away == away {
		return
	}
	w.away = away
	if away {
		w.log.Error("store is away; platforms are told to deliver again", "error", err)
	} else {
		w.log.Info("store is back")
	}
}

// Check tells why nothing could be committed now.
func (w *watched) Check(ctx context.Context) error { return w.seen(w.keeper.Check(ctx)) }

// Load implements bot.Store. That it can be read does not say that it is back:
// a full store can be read.
func (w *watched) Load(ctx context.Context, id string) (bot.Session, error) {
	s, err := w.keeper.Load(ctx, id)
	if err != nil {
		return s, w.seen(err)
	}
	return s, nil
}

// Commit implements bot.Store.
func (w *watched) Commit(ctx context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
	claims, err := w.keeper.Commit(ctx, t, now)
	return claims, w.seen(err)
}

// Claim implements bot.Outbox. It writes only when there is something.
func (w *watched) Claim(ctx context.Context, now time.Time, limit int) ([]bot.Claim, error) {
	claims, err := w.keeper.Claim(ctx, now, limit)
	if err == nil && len(claims) == 0 {
		return nil, nil
	}
	return claims, w.seen(err)
}

// Done implements bot.Outbox.
func (w *watched) Done(ctx context.Context, c bot.Claim, r bot.Receipt, now time.Time) ([]bot.Claim, error) {
	next, err := w.keeper.Done(ctx, c, r, now)
	return next, w.seen(err)
}

// Retry implements bot.Outbox.
func (w *watched) Retry(ctx context.Context, c bot.Claim, due time.Time, why error) error {
	return w.seen(w.keeper.Retry(ctx, c, due, why))
}

// Bury implements bot.Outbox.
func (w *watched) Bury(ctx context.Context, c bot.Claim, why error) error {
	return w.seen(w.keeper.Bury(ctx, c, why))
}
