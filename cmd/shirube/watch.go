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
	now func() time.Time

	mu   sync.Mutex
	away bool
	back time.Time // when it was back
}

func watch(k keeper, log *slog.Logger, now func() time.Time) *watched {
	return &watched{keeper: k, log: log, now: now}
}

// failed marks the errors of a store that is away. What a store refuses, and
// what its caller no longer waited for, says nothing about the store; nor does
// what began before the store was back.
func (w *watched) failed(began time.Time, err error) error {
	for _, other := range []error{nil, bot.ErrConflict, bot.ErrDuplicate, bot.ErrFenced, context.Canceled} {
		if errors.Is(err, other) {
			return err
		}
	}
	w.turn(true, began, err)
	return fmt.Errorf("%w: %w", bot.ErrAway, err)
}

// wrote notes how a write went that takes room. Only these show that the store
// is back: a full one can be read and emptied, and one that is slow answers now
// and then.
func (w *watched) wrote(began time.Time, err error) error {
	if err == nil && w.now().Sub(began) < readyWithin {
		w.turn(false, began, nil)
	}
	return w.failed(began, err)
}

// turn logs a change, by a call that began then.
func (w *watched) turn(away bool, began time.Time, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away == away || away && began.Before(w.back) {
		return
	}
	w.away = away
	if !away {
		w.back = w.now()
	}
	if away {
		w.log.Error("store is away; platforms are told to deliver again", "error", err)
	} else {
		w.log.Info("store is back")
	}
}

// Check tells why nothing could be committed now.
func (w *watched) Check(ctx context.Context) error {
	began := w.now()
	return w.wrote(began, w.keeper.Check(ctx))
}

// Load implements bot.Store.
func (w *watched) Load(ctx context.Context, id string) (bot.Session, error) {
	began := w.now()
	s, err := w.keeper.Load(ctx, id)
	return s, w.failed(began, err)
}

// Commit implements bot.Store.
func (w *watched) Commit(ctx context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
	began := w.now()
	claims, err := w.keeper.Commit(ctx, t, now)
	return claims, w.wrote(began, err)
}

// Claim implements bot.Outbox.
func (w *watched) Claim(ctx context.Context, now time.Time, limit int) ([]bot.Claim, error) {
	began := w.now()
	claims, err := w.keeper.Claim(ctx, now, limit)
	return claims, w.failed(began, err)
}

// Done implements bot.Outbox.
func (w *watched) Done(ctx context.Context, c bot.Claim, r bot.Receipt, now time.Time) ([]bot.Claim, error) {
	began := w.now()
	next, err := w.keeper.Done(ctx, c, r, now)
	return next, w.failed(began, err)
}

// Retry implements bot.Outbox.
func (w *watched) Retry(ctx context.Context, c bot.Claim, due time.Time, why error) error {
	began := w.now()
	return w.failed(began, w.keeper.Retry(ctx, c, due, why))
}

// Bury implements bot.Outbox.
func (w *watched) Bury(ctx context.Context, c bot.Claim, why error) error {
	began := w.now()
	return w.failed(began, w.keeper.Bury(ctx, c, why))
}

// Thread implements bot.Threads.
func (w *watched) Thread(ctx context.Context, at bot.Address) (string, error) {
	began := w.now()
	session, err := w.keeper.Thread(ctx, at)
	return session, w.failed(began, err)
}

// Sealed implements bot.Vault.
func (w *watched) Sealed(ctx context.Context, name string) ([]byte, error) {
	began := w.now()
	sealed, err := w.keeper.Sealed(ctx, name)
	return sealed, w.failed(began, err)
}

// Reseal implements bot.Vault.
func (w *watched) Reseal(ctx context.Context, name string, old, sealed []byte) error {
	began := w.now()
	return w.failed(began, w.keeper.Reseal(ctx, name, old, sealed))
}
