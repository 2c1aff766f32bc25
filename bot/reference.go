package bot

import (
	"context"
	"time"
)

// Reference is how a conversation is reached on a platform that has to be told
// where: its id there, and the service that takes messages for it.
type Reference struct {
	// At is what it is known by: platform, tenant and either a person (then it
	// is their direct conversation) or a channel. With neither it is whatever
	// was heard last from the tenant.
	At Address `json:"at"`
	// Channel is the conversation's id; empty until it is learnt.
	Channel string `json:"channel,omitempty"`
	// Owner is the person whose direct conversation it is.
	Owner string `json:"owner,omitempty"`
	// Service is the base URL that takes messages.
	Service string `json:"service,omitempty"`
	// Closed is why nothing is to be sent there; empty while it is open.
	Closed string `json:"closed,omitempty"`
	// Seen is when this was learnt; what is older never replaces it.
	Seen time.Time `json:"seen"`
	// Since is when the conversation was opened: the Seen of the first of the
	// open references that followed each other.
	Since time.Time `json:"since"`
}

// Known tells whether anything is known.
func (r Reference) Known() bool { return !r.Seen.IsZero() }

// After is what is to be kept after old: r, or old when that is newer.
func (r Reference) After(old Reference) Reference {
	if old.Known() && r.Seen.Before(old.Seen) {
		return old
	}
	r.Since = r.Seen
	if old.Known() && old.Closed == "" {
		r.Since = old.Since
	}
	return r
}

// References remember how conversations are reached.
type References interface {
	// Reference returns what is kept for a platform, tenant, channel and user;
	// an unknown one when nothing is.
	Reference(ctx context.Context, at Address) (Reference, error)
	// Refer keeps r in place of what is older (see Reference.After), in one
	// atomic step, and returns what is kept then.
	Refer(ctx context.Context, r Reference) (Reference, error)
}
