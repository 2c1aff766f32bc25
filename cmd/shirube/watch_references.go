package main

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// Reference implements bot.References. Like a session's, that it can be read does
// not say that the store is back.
func (w *watched) Reference(ctx context.Context, at bot.Address) (bot.Reference, error) {
	r, err := w.keeper.Reference(ctx, at)
	if err != nil {
		return r, w.seen(err)
	}
	return r, nil
}

// Refer implements bot.References.
func (w *watched) Refer(ctx context.Context, r bot.Reference) (bot.Reference, error) {
	kept, err := w.keeper.Refer(ctx, r)
	return kept, w.seen(err)
}
