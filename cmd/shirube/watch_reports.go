package main

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// Report implements bot.Reports.
func (w *watched) Report(ctx context.Context, r bot.Report) (bool, error) {
	confirmed, err := w.keeper.Report(ctx, r)
	return confirmed, w.seen(err)
}

// Reports implements bot.Reports. As with Load, that they can be read does not
// say that the store is back.
func (w *watched) Reports(ctx context.Context) ([]bot.Report, error) {
	all, err := w.keeper.Reports(ctx)
	if err != nil {
		return nil, w.seen(err)
	}
	return all, nil
}

// Clear implements bot.Reports.
func (w *watched) Clear(ctx context.Context, step string) error {
	return w.seen(w.keeper.Clear(ctx, step))
}
