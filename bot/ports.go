package bot

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Handler takes an event to its end: played and committed. The router is one;
// platforms and the worker call it.
type Handler interface {
	// Handle returns after the commit. For an event seen before, the answer is
	// computed again without changing anything.
	Handle(context.Context, Event) (Answer, error)
}

// Platform sends messages to one kind of place.
type Platform interface {
	// Name is the Platform of its addresses.
	Name() string
	// Send sends one message once. It does not retry; an error that is not a
	// *SendError counts as one that may be tried again.
	Send(context.Context, Message) (Receipt, error)
}

// Receipt names a sent message on its platform.
type Receipt struct {
	Channel string `json:"channel,omitempty"` // where it went, learnt by sending
	ID      string `json:"id,omitempty"`      // the message there
}

// Store keeps sessions. One commit is one atomic write.
type Store interface {
	// Load returns the session with this id; one with only ID set when there
	// is none.
	Load(ctx context.Context, id string) (Session, error)
	// Commit saves the turn's session and appends its effects, or changes
	// nothing and returns ErrDuplicate when the event was committed within
	// the last 24 hours, or ErrConflict when the stored version is not
	// Turn.From. In the same write it claims, as Outbox.Claim would, what is
	// due at now in the lanes it appended to; at the zero time that is
	// nothing.
	Commit(ctx context.Context, t Turn, now time.Time) ([]Claim, error)
}

// Outbox hands out effects that are due.
type Outbox interface {
	// Claim leases the first due effect of up to limit lanes until the lease
	// runs out. Within a lane nothing else is handed out meanwhile; a claim
	// whose lease ran out is over when its lane is claimed again.
	Claim(ctx context.Context, now time.Time, limit int) ([]Claim, error)
	// Done removes the effect and claims the next one of its lane if that is
	// due at now; at the zero time nothing is. It returns ErrFenced, and
	// changes nothing, when the lease ran out and somebody else claimed the
	// effect; so do Retry and Bury.
	Done(ctx context.Context, c Claim, r Receipt, now time.Time) ([]Claim, error)
	// Retry makes the effect due again at the given time; its lane waits. An
	// attempt that was not made (SendError.Untried) is not counted.
	Retry(ctx context.Context, c Claim, due time.Time, why error) error
	// Bury sets the effect aside with the reason and lets its lane go on.
	Bury(ctx context.Context, c Claim, why error) error
	// Next is when the next effect comes due or the next lease runs out; ok is
	// false when nothing is waiting.
	Next(ctx context.Context) (due time.Time, ok bool, err error)
}

// Graves are the effects that were buried. They go when their session is
// forgotten.
type Graves interface {
	// Buried is every grave, those of one session together and in the order of
	// their burials. It ends with the first error. What is buried or exhumed
	// meanwhile may be there or not.
	Buried(ctx context.Context) iter.Seq2[Grave, error]
	// Exhume puts the session's buried effects with these ids back into their
	// lanes, all or none, and returns the ids of those it found; who calls it
	// again or at the same time finds them no more. An effect keeps its due
	// time and its place in the order of the commits, and counts one attempt: its
	// last send may have gone through, so that the next claim is the second.
	Exhume(ctx context.Context, session string, ids ...string) (found []string, err error)
}

// Threads finds conversations by what was sent. A store notes every message
// that went to a channel without a person when its effect is done, and keeps it
// for 90 days.
type Threads interface {
	// Thread returns the session the message at this place was about: its
	// platform, tenant, channel and, as Thread, its id. Empty when none was.
	Thread(ctx context.Context, at Address) (session string, err error)
}

// Vault keeps small secrets that were sealed by whoever puts them there: a
// store never sees them open.
type Vault interface {
	// Sealed returns what is kept under the name, nil when there is nothing.
	Sealed(ctx context.Context, name string) ([]byte, error)
	// Reseal replaces old, nil when there was nothing, by sealed, nil to
	// remove it. It changes nothing and returns ErrConflict when something
	// else is kept by now.
	Reseal(ctx context.Context, name string, old, sealed []byte) error
}

// Claim is an effect leased to one worker.
type Claim struct {
	Effect  Effect
	Attempt int   // from 1; more than 1: the send before may have gone through
	Fence   int64 // grows with every claim of the lane; a late worker's is lower
	// Until is when the lease ends: from then on somebody else may have it.
	Until time.Time
}

// What a store answers when it cannot do what was asked. Callers decide by
// these with errors.Is.
var (
	ErrConflict  = errors.New("session was changed meanwhile")
	ErrDuplicate = errors.New("event was committed before")
	ErrFenced    = errors.New("lease ran out and the effect was claimed again")
	// ErrAway is in every error of a store that is out of reach, full or not
	// to be written. It is reported once, when it begins and when it ends, by
	// whoever watches the store; those who meet it only act on it.
	ErrAway = errors.New("store is away")
)

// SendError is a platform's refusal.
type SendError struct {
	// Reason is a short name for operators, such as "channel_not_found". It
	// never holds a token or a person's words.
	Reason string
	// Retryable tells whether the same send may succeed later.
	Retryable bool
	// After is how long to wait at least, zero when the platform did not say.
	After time.Duration
	// Untried tells that nothing was sent because the time was not ripe; it
	// does not count as a failure.
	Untried bool
}

func (e *SendError) Error() string { return "send: " + e.Reason }

// Untried tells whether the error says that nothing was sent.
func Untried(err error) bool {
	var refusal *SendError
	return errors.As(err, &refusal) && refusal.Untried
}
