package deliver

import (
	"context"
	"errors"
	"time"

	"github.com/shirube/shirube/bot"
)

// noteWithin bounds the writing of how a delivery ended, so that a store that
// does not answer does not keep the program from its end.
const noteWithin = 2 * time.Second

// crowdedFor is about how long a claim stays away whose place is crowded.
const crowdedFor = 3 * time.Second

// work takes one claim to its end: done, tried again later, or buried. It
// returns what may be done after it. What is being sent is sent and noted even
// while the program stops.
func (w *Worker) work(c bot.Claim) (next []bot.Claim) {
	if w.stopping.Load() || w.Within > 0 && w.Now().Add(w.Within).After(c.Until) {
		w.giveBack(c, 0) // there is no time left to do it
		return nil
	}
	receipt, err := w.guarded(w.sends, c)
	ctx, stop := context.WithTimeout(context.Background(), noteWithin)
	defer stop()
	switch {
	case err == nil:
		next, err = w.Outbox.Done(ctx, c, receipt, w.upTo())
	case w.hopeless(c, err):
		w.Log.Error("effect buried", "effect", c.Effect.ID, "attempt", c.Attempt, "reason", reason(err))
		err = w.Outbox.Bury(ctx, c, errors.New(reason(err)))
		w.nudge() // its lane may have more
	default:
		if !errors.Is(err, bot.ErrAway) { // whoever watches the store has said so
			w.Log.Info("effect tried again later", "effect", c.Effect.ID, "attempt", c.Attempt, "reason", reason(err))
		}
		err = w.Outbox.Retry(ctx, c, w.Now().Add(w.Backoff.Pause(c.Attempt, err)), safe(err))
		w.nudge() // it may be due before anything else
	}
	w.noted(c, err)
	return next
}

// upTo is the time up to which a lane goes on at once: at the end none does.
func (w *Worker) upTo() time.Time {
	if w.stopping.Load() {
		return time.Time{}
	}
	return w.Now()
}

// giveBack returns a claim untried.
func (w *Worker) giveBack(c bot.Claim, after time.Duration) {
	why := &bot.SendError{Reason: "crowded", Retryable: true, Untried: true}
	ctx, stop := context.WithTimeout(context.Background(), noteWithin)
	defer stop()
	w.noted(c, w.Outbox.Retry(ctx, c, w.Now().Add(after), why))
	w.nudge()
}

// noted says when an end could not be written: the lease runs out then and the
// effect is claimed again. That the outbox is away is said by whoever watches
// it.
func (w *Worker) noted(c bot.Claim, err error) {
	if errors.Is(err, bot.ErrFenced) {
		w.Log.Warn("effect taken over by another worker", "effect", c.Effect.ID)
	}
}

// guarded does the effect within its time; a panic is a failure like others, so
// that one effect does not take the program with it again and again.
func (w *Worker) guarded(ctx context.Context, c bot.Claim) (receipt bot.Receipt, err error) {
	if w.Within > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, w.Within)
		defer stop()
	}
	defer func() {
		if recover() != nil {
			err = &bot.SendError{Reason: "panic", Retryable: true}
		}
	}()
	return w.do(ctx, c)
}

func (w *Worker) do(ctx context.Context, c bot.Claim) (bot.Receipt, error) {
	if c.Effect.Wake != "" {
		_, err := w.Handler.Handle(ctx, bot.Event{
			ID: c.Effect.ID, Session: c.Effect.Session, At: w.Now(), Kind: bot.Woke, Choice: c.Effect.Wake,
		})
		return bot.Receipt{}, err
	}
	if c.Effect.Report != nil {
		return bot.Receipt{}, w.report(ctx, *c.Effect.Report)
	}
	platform := w.platforms[c.Effect.To.Platform]
	if platform == nil {
		return bot.Receipt{}, &bot.SendError{Reason: "platform_off"}
	}
	message := w.Renderer.Message(c.Effect)
	message.Attempt = c.Attempt
	return platform.Send(ctx, message)
}
