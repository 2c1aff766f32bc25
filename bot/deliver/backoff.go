package deliver

import (
	"errors"
	"time"

	"github.com/shirube/shirube/bot"
)

// Backoff says how long to wait before a failed send is tried again: twice as
// long each time, spread out so that replicas do not march in step.
type Backoff struct {
	First   time.Duration
	Longest time.Duration
	// An effect is buried after so many attempts, but not before it has been
	// due for so long: attempts that only kept the pace count as well.
	Attempts int
	Age      time.Duration
	// Random is uniform in [0, 1).
	Random func() float64
}

// Pause is the wait after the given attempt, never less than what the platform
// asked for.
func (b Backoff) Pause(attempt int, err error) time.Duration {
	refusal := (*bot.SendError)(nil)
	known := errors.As(err, &refusal)
	if known && refusal.Untried {
		return refusal.After
	}
	pause := b.Longest
	if shift := attempt - 1; shift < 30 && b.First<<shift < b.Longest {
		pause = b.First << shift
	}
	pause = b.Spread(pause)
	if known {
		pause = max(pause, refusal.After)
	}
	return pause
}

// Spread is about as long as the given time, so that who waits for the same does
// not come back at the same moment.
func (b Backoff) Spread(about time.Duration) time.Duration {
	return time.Duration(float64(about) * (0.5 + b.Random()))
}

// hopeless tells whether trying again makes no sense.
func (w *Worker) hopeless(c bot.Claim, err error) bool {
	if refusal := (*bot.SendError)(nil); errors.As(err, &refusal) && (!refusal.Retryable || refusal.Untried) {
		return !refusal.Untried
	}
	return c.Attempt >= w.Backoff.Attempts && w.Now().Sub(c.Effect.Due) >= w.Backoff.Age
}

// safe is the error without the words it may hold of an unknown making.
func safe(err error) error {
	return &bot.SendError{Reason: reason(err), Untried: bot.Untried(err)}
}

// reason is a short word for operators that holds nobody's words: an error of
// unknown making might.
func reason(err error) string {
	if refusal := (*bot.SendError)(nil); errors.As(err, &refusal) {
		return refusal.Reason
	}
	return "failed"
}
