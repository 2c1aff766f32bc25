package teams

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/bot"
)

// referFor is how long a reference that says the same is not written again.
const referFor = 24 * time.Hour

// Why a conversation is closed.
const (
	closedRemoved = "uninstalled"
	closedRefused = "blocked_or_uninstalled"
)

// heard tells where an activity comes from, keeps how to answer there, and
// returns since when the conversation is open.
func (p *Platform) heard(ctx context.Context, a activity) (from bot.Address, since time.Time, err error) {
	channel, thread := place(a.Conversation.ID)
	from = bot.Address{Platform: Name, Tenant: tenantOf(a.Activity), Channel: channel, Thread: thread, User: a.From.AadObjectID}
	at := p.at(from.Tenant, channel, "")
	if shared(a) {
		if from.User == "" {
			from.User = a.From.ID
		}
		since, err = p.refer(ctx, a, bot.Reference{At: at, Channel: channel})
	} else {
		since, err = p.direct(ctx, a, &from, at)
	}
	if err != nil {
		return from, since, err
	}
	_, err = p.refer(ctx, a, bot.Reference{At: p.at(from.Tenant, "", "")})
	return from, since, err
}

// direct keeps a direct conversation by its person. A client that does not say
// who that is in the directory speaks for the conversation's owner.
func (p *Platform) direct(ctx context.Context, a activity, from *bot.Address, at bot.Address) (time.Time, error) {
	from.Thread = ""
	if from.User == "" {
		kept, err := p.References.Reference(ctx, at)
		if err != nil {
			return time.Time{}, fmt.Errorf("find the conversation: %w", err)
		}
		if from.User = kept.Owner; from.User == "" {
			from.User = a.From.ID
		}
	}
	if _, err := p.refer(ctx, a, bot.Reference{At: at, Channel: from.Channel, Owner: from.User}); err != nil {
		return time.Time{}, err
	}
	return p.refer(ctx, a, bot.Reference{At: p.at(from.Tenant, "", from.User), Channel: from.Channel, Owner: from.User})
}

func (p *Platform) at(tenant, channel, user string) bot.Address {
	return bot.Address{Platform: Name, Tenant: tenant, Channel: channel, User: user}
}

// refer keeps a reference unless the same is kept already, and returns since
// when it is open.
func (p *Platform) refer(ctx context.Context, a activity, r bot.Reference) (time.Time, error) {
	r.Service, r.Seen = a.ServiceURL, p.seen(a)
	kept, err := p.References.Reference(ctx, r.At)
	if err != nil {
		return time.Time{}, fmt.Errorf("find the conversation: %w", err)
	}
	same := kept.Known() && kept.Closed == "" && kept.Service == r.Service && kept.Channel == r.Channel && kept.Owner == r.Owner
	if !same || r.Seen.Sub(kept.Seen) > referFor {
		if kept, err = p.References.Refer(ctx, r); err != nil {
			return time.Time{}, fmt.Errorf("keep the conversation: %w", err)
		}
	}
	return kept.Since, nil
}

// seen is when an activity happened: as it says itself, unless that is to come.
func (p *Platform) seen(a activity) time.Time {
	now := p.Now().UTC().Truncate(time.Microsecond)
	if at := a.Timestamp.UTC().Truncate(time.Microsecond); !a.Timestamp.IsZero() && at.Before(now) {
		return at
	}
	return now
}

// removed closes the conversation the bot was taken out of: nothing is sent
// there, and nothing but that is kept.
func (p *Platform) removed(ctx context.Context, a activity) error {
	channel, _ := place(a.Conversation.ID)
	tenant := tenantOf(a.Activity)
	closing := []bot.Address{p.at(tenant, channel, "")}
	if !shared(a) {
		user := a.From.AadObjectID
		kept, err := p.References.Reference(ctx, closing[0])
		if err != nil {
			return fmt.Errorf("find the conversation: %w", err)
		}
		for _, known := range []string{kept.Owner, a.From.ID} {
			if user == "" {
				user = known
			}
		}
		closing = append(closing, p.at(tenant, "", user))
	}
	for _, at := range closing {
		if _, err := p.References.Refer(ctx, bot.Reference{At: at, Closed: closedRemoved, Seen: p.seen(a)}); err != nil {
			return fmt.Errorf("close the conversation: %w", err)
		}
	}
	return nil
}
