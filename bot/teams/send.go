package teams

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shirube/shirube/bot"
)

// maxSummary is how much of a message a notification shows, in characters.
const maxSummary = 300

// installWait is how often a channel is looked at that waits for the bot.
const installWait = 5 * time.Minute

// notInstalled makes what is for a channel wait until the bot is there.
func notInstalled() error {
	return &bot.SendError{Reason: "not_installed", Retryable: true, Untried: true, After: installWait}
}

// Send implements bot.Platform.
func (p *Platform) Send(ctx context.Context, m bot.Message) (bot.Receipt, error) {
	if m.To.Channel == bot.Panel {
		return bot.Receipt{}, &bot.SendError{Reason: "no_panel"} // Teams has none
	}
	if m.To.User == "" {
		m.Parts = append(slices.Clip(m.Parts), bot.MessagePart{Kind: bot.Do, Text: p.Words(m.Lang, WordReply)})
	}
	r, err := p.reach(ctx, m.To)
	if err != nil {
		return bot.Receipt{}, err
	}
	if r.Channel == "" {
		if r.Channel, err = p.out(r.Service, "").open(ctx, m.To.Tenant, m.To.User); err != nil || r.Channel == "" {
			return bot.Receipt{}, p.failed(ctx, r, m.To, err)
		}
		r.Seen = p.Now().UTC().Truncate(time.Microsecond)
		if _, err := p.References.Refer(ctx, r); err != nil {
			return bot.Receipt{}, fmt.Errorf("keep the conversation: %w", err)
		}
	}
	id, err := p.out(r.Service, conversation(r.Channel, m.To.Thread)).post(ctx, Card(m, p.Words), shorten(m.Text(), maxSummary))
	if err != nil {
		return bot.Receipt{}, p.failed(ctx, r, m.To, err)
	}
	return bot.Receipt{Channel: r.Channel, ID: id}, nil
}

// reach finds how a place is reached. An error says that nothing is sent there
// now.
func (p *Platform) reach(ctx context.Context, to bot.Address) (bot.Reference, error) {
	if to.User == "" {
		return p.reachChannel(ctx, to)
	}
	own, err := p.reference(ctx, to.Tenant, "", to.User)
	if err != nil {
		return own, err
	}
	if to.Channel != "" && to.Channel != own.Channel { // said where others read along?
		public, err := p.reference(ctx, to.Tenant, to.Channel, "")
		if err != nil || public.Known() && public.Owner == "" {
			return public, closed(public, err)
		}
	}
	if own.Known() {
		return own, closed(own, nil)
	}
	any, err := p.reference(ctx, to.Tenant, "", "")
	if err != nil || !any.Known() {
		return any, closed(bot.Reference{Closed: closedRefused}, err)
	}
	return bot.Reference{At: p.at(to.Tenant, "", to.User), Channel: to.Channel, Owner: to.User, Service: any.Service}, nil
}

// reachChannel finds a channel of the distributor's. A team's installation names
// only one of its channels, so another is tried by the tenant's service; one that
// was closed is tried again now and then.
func (p *Platform) reachChannel(ctx context.Context, to bot.Address) (bot.Reference, error) {
	r, err := p.reference(ctx, to.Tenant, to.Channel, "")
	if err != nil {
		return r, err
	}
	if r.Closed != "" && p.Now().Sub(r.Seen) < installWait {
		return r, notInstalled()
	}
	if r.Service == "" {
		any, err := p.reference(ctx, to.Tenant, "", "")
		if err != nil {
			return r, err
		}
		if r.Service = any.Service; r.Service == "" {
			return r, notInstalled()
		}
	}
	r.At, r.Channel = p.at(to.Tenant, to.Channel, ""), to.Channel
	return r, nil
}

func (p *Platform) reference(ctx context.Context, tenant, channel, user string) (bot.Reference, error) {
	r, err := p.References.Reference(ctx, p.at(tenant, channel, user))
	if err != nil {
		return r, fmt.Errorf("find the conversation: %w", err)
	}
	return r, nil
}

// closed is the refusal of a conversation nothing is sent to.
func closed(r bot.Reference, err error) error {
	if err == nil && r.Closed != "" {
		return &bot.SendError{Reason: closedRefused}
	}
	return err
}

// failed looks at a failed send: a conversation that refuses us is closed, and
// what was for a channel waits.
func (p *Platform) failed(ctx context.Context, r bot.Reference, to bot.Address, err error) error {
	if err == nil {
		return &bot.SendError{Reason: "no_conversation", Retryable: true}
	}
	gone := reason(err) == "conversation_not_found" && to.User == ""
	if reason(err) != closedRefused && !gone {
		return err
	}
	parked := bot.Reference{At: r.At, Owner: r.Owner, Closed: closedRefused, Seen: r.Seen}
	if to.User == "" || !r.Known() { // anything newer than what was refused opens a person's again
		parked.Seen = p.Now().UTC().Truncate(time.Microsecond)
	}
	if _, err := p.References.Refer(ctx, parked); err != nil {
		return fmt.Errorf("close the conversation: %w", err)
	}
	if to.User == "" {
		return notInstalled()
	}
	return err
}
