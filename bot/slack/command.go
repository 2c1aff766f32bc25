package slack

import (
	"context"
	"net/url"
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// command is the part of a slash command that matters, from a form (HTTP) or
// JSON (Socket Mode).
type command struct {
	envelope
	UserID  string `json:"user_id"`
	Channel string `json:"channel_id"`
	Text    string `json:"text"`
	Trigger string `json:"trigger_id"`
}

// commandRequest takes the body of /slack/commands.
func (p *Platform) commandRequest(ctx context.Context, body []byte) (answer, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil || form.Get("user_id") == "" || form.Get("team_id") == "" {
		return nil, errMalformed
	}
	return p.command(ctx, command{
		envelope: envelope{TeamID: form.Get("team_id"), EnterpriseID: form.Get("enterprise_id")},
		UserID:   form.Get("user_id"), Channel: form.Get("channel_id"), Text: form.Get("text"), Trigger: form.Get("trigger_id"),
	})
}

// command answers in the command's own response, visible to the caller only.
func (p *Platform) command(ctx context.Context, c command) (answer, error) {
	from := bot.Address{Platform: Name, Tenant: c.tenant(), User: c.UserID}
	if strings.HasPrefix(c.Channel, "D") {
		from.Channel = c.Channel
	}
	order := strings.TrimSpace(inbound(c.Text))
	if order == "" {
		order = "status"
	}
	// A trigger belongs to one typing of the command, also when it comes again.
	said, err := p.handle(ctx, bot.Event{ID: "command:" + c.Trigger, From: from, Kind: bot.Ordered, Choice: order})
	if err != nil {
		p.Log.Error("slack command failed", "error", err)
		return ephemeral(p.Words("", WordBusy), nil), nil
	}
	if said.Say == nil {
		return nil, nil
	}
	m := p.Render(bot.Effect{To: from, Lang: said.Lang, Say: said.Say})
	return ephemeral(m.Text(), p.blocks(m)), nil
}

// ephemeral is a response that only the caller sees.
func ephemeral(text string, blocks []slackapi.Block) answer {
	return slackapi.Msg{ResponseType: slackapi.ResponseTypeEphemeral, Text: escape(cut(text, maxPlain)), Blocks: slackapi.Blocks{BlockSet: blocks}}
}
