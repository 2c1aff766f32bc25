package deliver

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/shirube/shirube/bot"
)

// Renderer puts an effect's reply into words; the catalogue is one.
type Renderer interface {
	Message(bot.Effect) bot.Message
}

// Config is what a worker works with.
type Config struct {
	Outbox    bot.Outbox
	Renderer  Renderer
	Platforms []bot.Platform
	Handler   bot.Handler // plays reminders that came due
	Now       func() time.Time
	Backoff   Backoff
	Log       *slog.Logger
	// Parallel is how many lanes are worked at once.
	Parallel int
	// Poll is how long the worker sleeps at most when nobody nudges it:
	// another replica may have queued effects.
	Poll time.Duration
	// Within bounds one delivery, below the outbox's lease; 0 does not.
	Within time.Duration
}

// Worker delivers effects.
type Worker struct {
	Config
	platforms map[string]bot.Platform
	nudged    chan struct{}
	healthy   bool // the outbox answered the last time; only Run's goroutine writes it
}

// New makes a worker; nothing runs until Run or Drain.
func New(c Config) *Worker {
	w := &Worker{Config: c, platforms: map[string]bot.Platform{}, nudged: make(chan struct{}, 1), healthy: true}
	for _, p := range c.Platforms {
		w.platforms[p.Name()] = p
	}
	return w
}

// Nudge wakes the worker: something may be due. It never blocks.
func (w *Worker) Nudge() {
	select {
	case w.nudged <- struct{}{}:
	default:
	}
}

// Run delivers until the context ends, then waits for what is being sent.
func (w *Worker) Run(ctx context.Context) error {
	var sending sync.WaitGroup
	defer sending.Wait()
	slots := make(chan struct{}, w.Parallel)
	for ctx.Err() == nil {
		claims, err := w.claim(ctx, w.Parallel-len(slots))
		for _, c := range claims {
			slots <- struct{}{}
			sending.Go(func() {
				w.work(ctx, c)
				<-slots
				w.Nudge() // the lane may have more, and a slot is free
			})
		}
		w.rest(ctx, err == nil && len(slots) < w.Parallel)
	}
	return ctx.Err()
}

// Drain delivers, one after the other, all that is due now and what comes due
// by it, and returns how many effects that were.
func (w *Worker) Drain(ctx context.Context) (int, error) {
	for n := 0; ; {
		claims, err := w.Outbox.Claim(ctx, w.Now(), 1)
		if err != nil || len(claims) == 0 {
			return n, err
		}
		w.work(ctx, claims[0])
		n++
	}
}

func (w *Worker) claim(ctx context.Context, free int) ([]bot.Claim, error) {
	if free == 0 {
		return nil, nil
	}
	claims, err := w.Outbox.Claim(ctx, w.Now(), free)
	if healthy := err == nil; healthy != w.healthy && ctx.Err() == nil {
		w.healthy = healthy
		w.Log.Warn("outbox", "reachable", healthy, "error", err)
	}
	return claims, err
}

// rest sleeps until it is nudged or, when a slot is free and the outbox answers,
// something may be due.
func (w *Worker) rest(ctx context.Context, free bool) {
	pause := w.Poll
	if !free {
		// whoever frees a slot nudges
	} else if due, ok, err := w.Outbox.Next(ctx); err == nil && ok {
		pause = max(min(pause, due.Sub(w.Now())), time.Millisecond)
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.nudged:
	case <-timer.C:
	}
}

// work takes one claim to its end: done, tried again later, or buried.
func (w *Worker) work(ctx context.Context, c bot.Claim) {
	// What is being sent is sent and noted even while the program stops.
	ctx = context.WithoutCancel(ctx)
	receipt, err := w.guarded(ctx, c)
	var after error
	switch {
	case err == nil:
		after = w.Outbox.Done(ctx, c, receipt)
	case w.hopeless(c, err):
		w.Log.Error("effect buried", "effect", c.Effect.ID, "attempt", c.Attempt, "reason", reason(err))
		after = w.Outbox.Bury(ctx, c, errors.New(reason(err)))
	default:
		w.Log.Info("effect tried again later", "effect", c.Effect.ID, "attempt", c.Attempt, "reason", reason(err))
		after = w.Outbox.Retry(ctx, c, w.Now().Add(w.Backoff.Pause(c.Attempt, err)), errors.New(reason(err)))
	}
	if after != nil {
		// The lease runs out and the effect is claimed again.
		w.Log.Warn("effect not noted", "effect", c.Effect.ID, "error", after)
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
	platform := w.platforms[c.Effect.To.Platform]
	if platform == nil {
		return bot.Receipt{}, &bot.SendError{Reason: "platform_off"}
	}
	message := w.Renderer.Message(c.Effect)
	message.Attempt = c.Attempt
	return platform.Send(ctx, message)
}
