package storetest

import (
	"context"
	"time"

	"github.com/shirube/shirube/bot"
)

// Save commits a turn and claims nothing.
func Save(ctx context.Context, s bot.Store, t bot.Turn) error {
	_, err := s.Commit(ctx, t, time.Time{})
	return err
}

// Finish ends a claim as done and claims nothing.
func Finish(ctx context.Context, o bot.Outbox, c bot.Claim, r bot.Receipt) error {
	_, err := o.Done(ctx, c, r, time.Time{})
	return err
}
