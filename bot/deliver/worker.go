package deliver

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
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
	Handler   bot.Handler // plays reminders that came due and reports that confirm others
	Reports   bot.Reports // keeps reports; without it they are buried
	Now       func() time.Time
	Backoff   Backoff
	Log       *slog.Logger
	// Parallel is how many lanes are worked at once, Narrow how many of them
	// may lead to one place.
	Parallel, Narrow int
	// Poll is how long the worker sleeps at most when nobody nudges it:
	// another replica may have left something.
	Poll time.Duration
	// Within bounds one delivery, below the outbox's lease; 0 does not.
	Within time.Duration
	// Grace bounds how long what is being sent may take when Run ends; it is
	// tried again by another replica then. 0 does not.
	Grace time.Duration
}

// Worker delivers effects.
type Worker struct {
	Config
	platforms map[string]bot.Platform
	nudged    chan struct{}
	line      *line
	sending   sync.WaitGroup
	idle      chan bot.Claim  // to a goroutine that has nothing to do
	stopping  atomic.Bool     // nothing new is begun
	full      atomic.Bool     // Run waits for room
	ended     chan struct{}   // closed when stopping
	sends     context.Context //nolint:containedctx // what is being sent outlives the context of Run
	cut       context.CancelFunc
}

// New makes a worker; nothing is delivered until Run, Take or Drain.
func New(c Config) *Worker {
	w := &Worker{Config: c, platforms: map[string]bot.Platform{}, nudged: make(chan struct{}, 1), idle: make(chan bot.Claim), ended: make(chan struct{}), line: newLine(c.Parallel, c.Narrow)}
	w.sends, w.cut = context.WithCancel(context.Background())
	for _, p := range c.Platforms {
		w.platforms[p.Name()] = p
	}
	return w
}

// nudge wakes Run: something may be due. It never blocks.
func (w *Worker) nudge() {
	select {
	case w.nudged <- struct{}{}:
	default:
	}
}

// Run delivers until the context ends. Then it waits for what is being sent, and
// gives back what waits in the line.
func (w *Worker) Run(ctx context.Context) error {
	defer w.settle()
	defer close(w.ended)
	defer w.stopping.Store(true)
	for ctx.Err() == nil {
		free := w.room()
		var claims []bot.Claim
		var err error
		if free > 0 {
			claims, err = w.Outbox.Claim(ctx, w.Now(), free)
			w.Take(claims)
		}
		w.rest(ctx, len(claims) > 0, free > 0 && err == nil)
	}
	return ctx.Err()
}

// room is how much Run may claim. When that is nothing, whoever makes room wakes
// it: the mark is set before the look, so that none is missed.
func (w *Worker) room() int {
	w.full.Store(true)
	free := w.line.free()
	w.full.Store(free == 0)
	return free
}

// leave makes room.
func (w *Worker) leave(c bot.Claim) {
	w.line.leave(c)
	if w.full.CompareAndSwap(true, false) {
		w.nudge()
	}
}

// settle waits for what is being sent, but no longer than it may take.
func (w *Worker) settle() {
	if w.Grace > 0 {
		timer := time.AfterFunc(w.Grace, w.cut)
		defer timer.Stop()
	}
	w.sending.Wait()
}

// Take delivers claims: at once where there is room, otherwise as soon as there
// is. What waits too long goes back to the outbox. It does not block and must
// not be called after Run has returned.
func (w *Worker) Take(claims []bot.Claim) {
	w.join(claims)
	for {
		c, ok := w.line.next()
		if !ok {
			return
		}
		select {
		case w.idle <- c:
		default:
			w.sending.Go(func() { w.serve(c) })
		}
	}
}

// join puts claims into the line; those whose place is crowded go back.
func (w *Worker) join(claims []bot.Claim) {
	for _, c := range claims {
		if !w.line.join(c) {
			w.sending.Go(func() { w.giveBack(c, w.Backoff.Spread(crowdedFor)) })
		}
	}
}

// idleFor is how long a goroutine waits for more to do: a new one would have to
// grow its stack again.
const idleFor = time.Second

// serve works one claim after the other.
func (w *Worker) serve(c bot.Claim) {
	patience := time.NewTimer(idleFor)
	defer patience.Stop()
	for {
		next := w.work(c)
		w.leave(c)
		w.join(next)
		var more bool
		if c, more = w.line.next(); more {
			continue
		}
		patience.Reset(idleFor)
		select {
		case c = <-w.idle:
		case <-patience.C:
			return
		case <-w.ended:
			return
		}
	}
}

// Drain delivers, one after the other, all that is due now and what comes due
// by it, and returns how many effects that were.
func (w *Worker) Drain(ctx context.Context) (int, error) {
	for n := 0; ; {
		claims, err := w.Outbox.Claim(ctx, w.Now(), 1)
		if err != nil || len(claims) == 0 {
			return n, err
		}
		for ; len(claims) > 0; n++ {
			claims = append(claims[1:], w.work(claims[0])...)
		}
	}
}

// soonest is how soon Run looks again for what is due but was not handed out:
// a part of the outbox may be away.
const soonest = 20 * time.Millisecond

// rest sleeps until it is nudged or, when there is room and the outbox answers,
// something may be due.
func (w *Worker) rest(ctx context.Context, found, open bool) {
	pause := w.Poll
	if open {
		if due, ok, err := w.Outbox.Next(ctx); err == nil && ok {
			pause = min(pause, due.Sub(w.Now()))
		}
		if !found {
			pause = max(pause, soonest)
		}
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.nudged:
	case <-timer.C:
	}
}
