package main

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// Reference implements bot.References.
func (w *watched) Reference(ctx context.Context, at bot.Address) (bot.Reference, error) {
	began := w.now()
	r, err := w.keeper.Reference(ctx, at)
	return r, w.failed(began, err)
}

// Refer implements bot.References.
func (w *watched) Refer(ctx context.Context, r bot.Reference) (bot.Reference, error) {
	began := w.now()
	kept, err := w.keeper.Refer(ctx, r)
	return kept, w.wrote(began, err)
}
