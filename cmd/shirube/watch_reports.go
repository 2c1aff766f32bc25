package main

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// Report implements bot.Reports.
func (w *watched) Report(ctx context.Context, r bot.Report) (bool, error) {
	confirmed, err := w.keeper.Report(ctx, r)
	return confirmed, w.failed(err)
}

// Reports implements bot.Reports.
func (w *watched) Reports(ctx context.Context) ([]bot.Report, error) {
	all, err := w.keeper.Reports(ctx)
	return all, w.failed(err)
}

// Clear implements bot.Reports.
func (w *watched) Clear(ctx context.Context, step string) error {
	return w.failed(w.keeper.Clear(ctx, step))
}
