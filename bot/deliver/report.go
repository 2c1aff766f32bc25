package deliver

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// report keeps a report. When it confirms another clerk's, its own session hears
// of it: once, however often the report is made again.
func (w *Worker) report(ctx context.Context, r bot.Report) error {
	if w.Reports == nil {
		return &bot.SendError{Reason: "reports_off"}
	}
	confirmed, err := w.Reports.Report(ctx, r)
	if err != nil || !confirmed {
		return err
	}
	_, err = w.Handler.Handle(ctx, bot.Event{
		ID: r.ID + ":confirmed", Session: r.Session, At: w.Now(), Kind: bot.Confirmed, Choice: r.Step, Text: r.Text,
	})
	return err
}
