package teams

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	teamsapi "github.com/infracloudio/msbotbuilder-go/schema"

	"github.com/shirube/shirube/bot"
)

// installation tells that the bot was added to a conversation or removed; the
// adapter's schema does not name it.
const installation = "installationUpdate"

// take takes a verified activity; kinds the bot has no ear for are taken as
// well. The answer is the response's body.
func (p *Platform) take(ctx context.Context, a activity) (any, error) {
	if a.From.ID == "" && a.From.AadObjectID == "" || a.Conversation.ID == "" || strings.ContainsAny(a.Conversation.ID, "/?#") {
		return nil, nil // nobody to answer
	}
	if removed(p, a) {
		return nil, p.removed(ctx, a)
	}
	from, since, err := p.heard(ctx, a)
	if err != nil {
		return nil, err
	}
	switch a.Type {
	case teamsapi.Message:
		return nil, p.message(ctx, a, from)
	case teamsapi.Invoke:
		return p.invoke(ctx, a, from), nil
	case teamsapi.ConversationUpdate, installation:
		return nil, p.installed(ctx, a, from, since)
	}
	return nil, nil
}

// event is an event of the clerk. Its id is the activity's, which is the same
// when it comes again; an activity without one is known by all it says.
func (p *Platform) event(a activity, from bot.Address, kind bot.EventKind) bot.Event {
	id := a.ID
	if id == "" {
		id = bot.EffectID(a.Conversation.ID, a.From.ID+a.Timestamp.Format(time.RFC3339Nano)+a.Text+string(a.value), 0)
	}
	return bot.Event{
		ID: string(a.Type) + ":" + a.Conversation.ID + ":" + id, Session: from.SessionID(), At: p.Now(), From: from, Kind: kind,
		Public: shared(a), Name: a.From.Name, Lang: a.Locale,
	}
}

// message takes what a person wrote, or what a button sent whose client knows no
// better way.
func (p *Platform) message(ctx context.Context, a activity, from bot.Address) error {
	text, mentioned := p.said(a)
	if pressed, is := parsePress(a.value); is && text == "" {
		return p.submitted(ctx, a, from, pressed)
	}
	if shared(a) {
		if done, err := p.staff(ctx, a, from, text); done || err != nil || !mentioned {
			return err
		}
	}
	e := p.event(a, from, bot.Said)
	e.Text = text
	_, err := p.Handler.Handle(ctx, e)
	return err
}

// staff takes a reply in the thread of something the distributor was told: the
// staff's answer to that clerk.
func (p *Platform) staff(ctx context.Context, a activity, from bot.Address, text string) (bool, error) {
	if from.Thread == "" {
		return false, nil
	}
	session, err := p.Threads.Thread(ctx, bot.Address{Platform: Name, Tenant: from.Tenant, Channel: from.Channel, Thread: from.Thread})
	if err != nil {
		return false, fmt.Errorf("find the thread: %w", err)
	}
	if session == "" || text == "" {
		return session != "", nil
	}
	e := p.event(a, from, bot.Answered)
	e.Session, e.Text, e.Public, e.Name, e.Lang = session, text, false, "", ""
	_, err = p.Handler.Handle(ctx, e)
	return true, err
}

// installed greets a person who has added the bot. Two activities tell of it:
// both have the event id of the moment the conversation was opened.
func (p *Platform) installed(ctx context.Context, a activity, from bot.Address, since time.Time) error {
	if shared(a) || !added(p, a) {
		return nil
	}
	if a.Locale == "" {
		p.pause(ctx)
	}
	e := p.event(a, from, bot.Opened)
	e.ID = fmt.Sprintf("install:%s:%d", a.Conversation.ID, since.UnixNano())
	_, err := p.Handler.Handle(ctx, e)
	return err
}

// pause lets the other of the two activities go first: it says the language.
func (p *Platform) pause(ctx context.Context) {
	timer := time.NewTimer(p.Patience)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func added(p *Platform, a activity) bool {
	return a.Type == installation && a.Action == "add" || a.Type == teamsapi.ConversationUpdate && p.among(a, a.MembersAdded)
}

func removed(p *Platform, a activity) bool {
	return a.Type == installation && strings.HasPrefix(a.Action, "remove") || a.Type == teamsapi.ConversationUpdate && p.among(a, a.MembersRemoved)
}

// among tells whether the bot is one of the members.
func (p *Platform) among(a activity, members []teamsapi.ChannelAccount) bool {
	for _, m := range members {
		for _, id := range p.botIDs(a) {
			if m.ID == id {
				return true
			}
		}
	}
	return false
}

// parsePress reads what a button carried; is tells that it was one of ours.
func parsePress(value json.RawMessage) (pressed press, is bool) {
	if json.Unmarshal(value, &pressed) != nil {
		return press{}, false
	}
	return pressed, pressed.Choice != "" || pressed.Ask != ""
}
