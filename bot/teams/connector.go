package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"

	"github.com/infracloudio/msbotbuilder-go/connector/client"
	sdk "github.com/infracloudio/msbotbuilder-go/core/activity"
	teamsapi "github.com/infracloudio/msbotbuilder-go/schema"

	"github.com/shirube/shirube/bot"
)

// maxMessage is what Teams takes in one message, kept below its 100 KB.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
const maxMessage = 80_000

// maxReply bounds what is read of the connector's answers.
const maxReply = 64 << 10

// connector speaks to one conversation's service. It is the adapter's
// client.Client, made for one call: the adapter drops what the service answers,
// so it is noted here.
type connector struct {
	platform *Platform
	service  string
	to       string // the conversation's id
	answer   struct {
		ID string `json:"id"`
	}
}

var _ client.Client = (*connector)(nil)

func (p *Platform) out(service, conversation string) *connector {
	return &connector{platform: p, service: service, to: conversation}
}

// outgoing is what goes out of an activity: the adapter's schema would send
// empty time stamps.
type outgoing struct {
	Type        teamsapi.ActivityTypes       `json:"type"`
	ID          string                       `json:"id,omitempty"`
	From        teamsapi.ChannelAccount      `json:"from"`
	To          teamsapi.ConversationAccount `json:"conversation"`
	Summary     string                       `json:"summary,omitempty"`
	Attachments []teamsapi.Attachment        `json:"attachments"`
}

func (c *connector) reference() teamsapi.ConversationReference {
	return teamsapi.ConversationReference{
		User:         teamsapi.ChannelAccount{ID: "28:" + c.platform.AppID}, // who sends: the adapter's name for it
		Conversation: teamsapi.ConversationAccount{ID: c.to}, ServiceURL: c.service, ChannelID: "msteams",
	}
}

// post sends a card and returns the id of its activity.
func (c *connector) post(ctx context.Context, card json.RawMessage, summary string) (string, error) {
	said := func(turn *sdk.TurnContext) (teamsapi.Activity, error) {
		a := turn.Activity
		a.Summary, a.Attachments = summary, attached(card)
		return a, nil
	}
	err := c.platform.adapter(c).ProactiveMessage(ctx, c.reference(), sdk.HandlerFuncs{OnMessageFunc: said})
	return c.answer.ID, sendError(err)
}

// update puts a card in the place of one that was sent.
func (c *connector) update(ctx context.Context, id string, card json.RawMessage, summary string) error {
	a := sdk.ApplyConversationReference(teamsapi.Activity{Type: teamsapi.Message}, c.reference(), true)
	a.ID, a.Summary, a.Attachments = id, summary, attached(card)
	return sendError(c.platform.adapter(c).UpdateActivity(ctx, a))
}

// open makes the direct conversation with a person and returns its id.
func (c *connector) open(ctx context.Context, tenant, user string) (string, error) {
	u, err := url.Parse(c.service)
	if err != nil {
		return "", &bot.SendError{Reason: "service_unknown"}
	}
	u.Path = path.Join(u.Path, "/v3/conversations")
	err = c.call(ctx, http.MethodPost, *u, map[string]any{
		"isGroup": false, "bot": map[string]any{"id": "28:" + c.platform.AppID}, "members": []any{map[string]any{"id": user}},
		"tenantId": tenant, "channelData": map[string]any{"tenant": map[string]any{"id": tenant}},
	})
	return c.answer.ID, sendError(err)
}

func attached(card json.RawMessage) []teamsapi.Attachment {
	return []teamsapi.Attachment{{ContentType: contentType, Content: card}}
}

// Post implements client.Client.
func (c *connector) Post(ctx context.Context, to url.URL, a teamsapi.Activity) error {
	return c.call(ctx, http.MethodPost, to, trimmed(a))
}

// Put implements client.Client.
func (c *connector) Put(ctx context.Context, to url.URL, a teamsapi.Activity) error {
	return c.call(ctx, http.MethodPut, to, trimmed(a))
}

// Delete implements client.Client.
func (c *connector) Delete(ctx context.Context, to url.URL) error {
	return c.call(ctx, http.MethodDelete, to, nil)
}

// Get implements client.Client.
func (c *connector) Get(context.Context, url.URL) (json.RawMessage, error) {
	return nil, errors.ErrUnsupported
}

func trimmed(a teamsapi.Activity) outgoing {
	return outgoing{Type: a.Type, ID: a.ID, From: a.From, To: a.Conversation, Summary: a.Summary, Attachments: a.Attachments}
}

// call makes one request with our token; without one, none.
func (c *connector) call(ctx context.Context, method string, to url.URL, body any) error {
	if !trusted(c.service, c.platform.Hosts) {
		return &bot.SendError{Reason: "service_not_allowed"}
	}
	data, err := json.Marshal(body)
	if err != nil || len(data) > maxMessage {
		return &bot.SendError{Reason: "msg_too_long"}
	}
	token, err := c.platform.grant.bearer(ctx)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, to.String(), bytes.NewReader(data))
	if err != nil {
		return &bot.SendError{Reason: "service_unknown"}
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := c.platform.HTTP.Do(request)
	if err != nil {
		return &bot.SendError{Reason: "connection", Retryable: true}
	}
	defer response.Body.Close()
	reply, _ := io.ReadAll(io.LimitReader(response.Body, maxReply)) // what is cut off has no id
	if response.StatusCode == http.StatusUnauthorized {
		c.platform.grant.drop(token)
	}
	if response.StatusCode/100 != 2 {
		return refusedBy(response, c.platform.Now())
	}
	_ = json.Unmarshal(reply, &c.answer) // it was taken, with or without an id
	return nil
}
