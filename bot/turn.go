package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"time"
)

// Turn is what one event does to one session: the next session and what is to
// be said and woken. It is the unit of a commit.
type Turn struct {
	// EventID is refused by the store when it was committed before.
	EventID string
	// At is the event's time; a store forgets event ids a day after it.
	At time.Time
	// From is the version of the session the turn was played from.
	From int64
	// Session is the session afterwards, its Version already raised.
	Session Session
	// Effects are appended to the outbox in this order.
	Effects []Effect
	// Forget removes the session and its pending effects in place of saving
	// it; Effects are appended all the same.
	Forget bool
	// Answer is said in the response itself, never queued.
	Answer Answer
}

// Check refuses turns that would break a store's promises for later ones.
func (t Turn) Check() error {
	if !t.Forget && t.Session.Version <= t.From {
		return errors.New("the session's version is not raised")
	}
	for _, e := range t.Effects {
		if e.Session != t.Session.ID {
			return errors.New("an effect belongs to another session")
		}
	}
	return nil
}

// Answer is what must be said in the response to an event itself: a command's
// reply, what is wrong with a form. Say is nil when there is nothing.
type Answer struct {
	Lang string
	Say  *Reply
}

// Effect is something to be done outside, at least once, when it is due: a
// reply, a notification, a reminder, a report to be kept.
type Effect struct {
	// ID is the same whenever the same turn is played again.
	ID      string  `json:"id"`
	Session string  `json:"session"`
	To      Address `json:"to"`
	Lang    string  `json:"lang,omitempty"`
	// Due is when it is to be done; now, or days later.
	Due time.Time `json:"due"`

	// Exactly one of Say, Wake and Report is set.
	Say    *Reply  `json:"say,omitempty"`
	Wake   string  `json:"wake,omitempty"` // the Choice of the Woke event
	Report *Report `json:"report,omitempty"`
}

// Lane is the queue the effect waits in. Effects of one lane are done one at a
// time in the order of their due times, then of their commits; lanes do not
// wait for each other.
func (e Effect) Lane() string {
	switch {
	case e.Wake != "":
		return e.Session + "|clock"
	case e.Report != nil:
		return e.Session + "|reports"
	}
	return e.Session + "|" + e.To.Platform + ":" + e.To.Tenant + ":" + e.To.Channel + ":" + e.To.User
}

// EffectID is the id of the n-th effect of a session's event: a hash, so that
// a turn that is played again makes the same ids.
func EffectID(session, event string, n int) string {
	sum := sha256.Sum256([]byte(session + "\x00" + event + "\x00" + strconv.Itoa(n)))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
