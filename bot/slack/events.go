package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/slack-go/slack/slackevents"

	"github.com/shirube/shirube/bot"
)

// eventRequest takes the body of /slack/events. It is read once: the SDK's own
// parser reads it six times, which is most of what an event costs.
func (p *Platform) eventRequest(ctx context.Context, body []byte) (answer, error) {
	var outer envelope
	err := json.Unmarshal(body, &outer)
	odd := (*json.UnmarshalTypeError)(nil)
	if err != nil && (!errors.As(err, &odd) || outer.Type != slackevents.CallbackEvent || heard(outer.Event.Type)) {
		return nil, errMalformed
	}
	switch outer.Type {
	case slackevents.URLVerification:
		return outer.Challenge, nil
	case slackevents.CallbackEvent:
		return nil, p.callback(ctx, outer)
	case slackevents.AppRateLimited: // Slack held events back; it has no inner event
		p.Log.Warn("slack limits the rate of events")
	}
	return nil, nil
}

// envelope is what Slack sends: an event, and around it where it comes from.
// https://docs.slack.dev/apis/events-api#callback-field
type envelope struct {
	Type         string `json:"type"`
	Challenge    string `json:"challenge"`
	EventID      string `json:"event_id"`
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	Event        inner  `json:"event"`
}

// inner is what the bot reads of the events it has an ear for.
type inner struct {
	Type        string `json:"type"`
	SubType     string `json:"subtype"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	User        string `json:"user"`
	BotID       string `json:"bot_id"`
	Text        string `json:"text"`
	TimeStamp   string `json:"ts"`
	Thread      string `json:"thread_ts"`
	Tab         string `json:"tab"`
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// tenant is the enterprise where there is one, else the workspace: people are
// the same throughout an enterprise.
func (e envelope) tenant() string {
	if e.EnterpriseID != "" {
		return e.EnterpriseID
	}
	return e.TeamID
}

// heard tells whether the bot has an ear for a type of events. In others the user
// or the channel may be an object; they are taken all the same, or Slack would
// deliver them again and in the end nothing at all.
func heard(kind string) bool {
	switch slackevents.EventsAPIType(kind) {
	case slackevents.Message, slackevents.AppHomeOpened, slackevents.AppUninstalled, slackevents.TokensRevoked:
		return true
	}
	return false
}

// callback takes one event; those the bot has no ear for are taken as well.
func (p *Platform) callback(ctx context.Context, outer envelope) error {
	switch slackevents.EventsAPIType(outer.Event.Type) {
	case slackevents.Message:
		return p.message(ctx, outer, outer.Event)
	case slackevents.AppHomeOpened:
		return p.opened(ctx, outer, outer.Event)
	case slackevents.AppUninstalled:
		return p.revoked(ctx, outer)
	case slackevents.TokensRevoked:
		if len(outer.Event.Tokens.Bot) > 0 {
			return p.revoked(ctx, outer)
		}
	}
	return nil
}

// message takes what a person wrote. Edits, joins and the bot's own words are
// none of that.
func (p *Platform) message(ctx context.Context, outer envelope, m inner) error {
	written := m.SubType == "" || m.SubType == "file_share" || m.SubType == "thread_broadcast"
	if m.User == "" || m.BotID != "" || !written {
		return nil
	}
	if m.ChannelType != "im" {
		return p.channelMessage(ctx, outer, m)
	}
	from := bot.Address{Platform: Name, Tenant: outer.tenant(), Channel: m.Channel, Thread: m.Thread, User: m.User}
	return p.clerk(ctx, bot.Event{ID: outer.EventID, From: from, Kind: bot.Said, Text: inbound(m.Text)})
}

// channelMessage takes a reply in the thread of something the distributor was
// told: the staff's answer to that clerk.
func (p *Platform) channelMessage(ctx context.Context, outer envelope, m inner) error {
	if m.Thread == "" || m.Thread == m.TimeStamp {
		return nil
	}
	place := bot.Address{Platform: Name, Channel: m.Channel, Thread: m.Thread}
	session, err := p.thread(ctx, outer, place)
	if err != nil || session == "" {
		return err
	}
	place.Tenant, place.User = outer.tenant(), m.User
	_, err = p.Handler.Handle(ctx, bot.Event{
		ID: outer.EventID, Session: session, At: p.Now(), From: place, Kind: bot.Answered, Text: inbound(m.Text),
	})
	return err
}

// thread finds the session of a thread. The distributor's channel may have been
// named by its workspace, its enterprise or by neither.
func (p *Platform) thread(ctx context.Context, outer envelope, place bot.Address) (string, error) {
	for _, tenant := range []string{outer.TeamID, outer.EnterpriseID, ""} {
		place.Tenant = tenant
		session, err := p.Threads.Thread(ctx, place)
		if err != nil {
			return "", fmt.Errorf("find the thread: %w", err)
		}
		if session != "" {
			return session, nil
		}
	}
	return "", nil
}

// opened takes a look at the app: its Home tab, or its messages for the first
// time.
func (p *Platform) opened(ctx context.Context, outer envelope, e inner) error {
	from := bot.Address{Platform: Name, Tenant: outer.tenant(), User: e.User}
	if e.Tab != "home" {
		return nil // the conversation begins with a word or a press
	}
	return p.clerk(ctx, bot.Event{ID: outer.EventID, From: from, Kind: bot.Looked})
}

func (p *Platform) revoked(ctx context.Context, outer envelope) error {
	if p.Revoked == nil {
		return nil
	}
	return p.Revoked(ctx, outer.tenant())
}

// clerk hands on an event of the clerk, completed with who that is.
func (p *Platform) clerk(ctx context.Context, e bot.Event) error {
	_, err := p.handle(ctx, e)
	return err
}

func (p *Platform) handle(ctx context.Context, e bot.Event) (bot.Answer, error) {
	who := p.person(ctx, e.From.Tenant, e.From.User)
	e.Session, e.At, e.Name, e.Lang = e.From.SessionID(), p.Now(), who.name, who.lang
	return p.Handler.Handle(ctx, e)
}
