package main

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// Report implements bot.Reports.
func (w *watched) Report(ctx context.Context, r bot.Report) (bool, error) {
	began := w.now()
	confirmed, err := w.keeper.Report(ctx, r)
	return confirmed, w.failed(began, err)
}

// Reports implements bot.Reports.
func (w *watched) Reports(ctx context.Context) ([]bot.Report, error) {
	began := w.now()
	all, err := w.keeper.Reports(ctx)
	return all, w.failed(began, err)
}

// Clear implements bot.Reports.
func (w *watched) Clear(ctx context.Context, step string) error {
	began := w.now()
	return w.failed(began, w.keeper.Clear(ctx, step))
}
