package slack

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// interactionRequest takes the body of /slack/interactivity: a form with JSON
// in it.
func (p *Platform) interactionRequest(ctx context.Context, body []byte) (answer, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil || form.Get("payload") == "" {
		return nil, errMalformed
	}
	return p.interaction(ctx, []byte(form.Get("payload")))
}

// interaction takes a click or a form that was sent.
func (p *Platform) interaction(ctx context.Context, payload []byte) (answer, error) {
	var i slackapi.InteractionCallback
	if err := json.Unmarshal(payload, &i); err != nil || i.User.ID == "" {
		return nil, errMalformed
	}
	switch i.Type {
	case slackapi.InteractionTypeBlockActions:
		return nil, p.clicks(ctx, i)
	case slackapi.InteractionTypeViewSubmission:
		return p.submission(ctx, i)
	}
	return nil, nil
}

// where is who clicked, and in which conversation.
func where(i slackapi.InteractionCallback) bot.Address {
	outer := envelope{TeamID: i.Team.ID, EnterpriseID: i.Enterprise.ID}
	if i.Team.ID == "" {
		outer.TeamID = i.User.TeamID
	}
	from := bot.Address{Platform: Name, Tenant: outer.tenant(), User: i.User.ID}
	if strings.HasPrefix(i.Channel.ID, "D") {
		from.Channel, from.Thread = i.Channel.ID, i.Message.ThreadTimestamp
	}
	return from
}

func (p *Platform) clicks(ctx context.Context, i slackapi.InteractionCallback) error {
	for _, a := range i.ActionCallback.BlockActions {
		name, _, _ := strings.Cut(a.ActionID, ".")
		switch name {
		case actionForm:
			if err := p.openForm(ctx, where(i), i.TriggerID, a.Value); err != nil {
				return err
			}
		case actionPress:
			// One click has one time stamp; two clicks on a button have two.
			id := "click:" + i.Channel.ID + i.View.ID + ":" + a.ActionTs + ":" + a.Value
			if err := p.clerk(ctx, bot.Event{ID: id, From: where(i), Kind: bot.Pressed, Choice: a.Value}); err != nil {
				return err
			}
			p.retire(ctx, i, a)
		}
	}
	return nil
}

// retireWithin bounds the courtesy below; the click is answered already.
const retireWithin = 500 * time.Millisecond

// retire takes the buttons off a message when one of them was pressed, and
// writes there which one. If that fails, an old button explains itself.
func (p *Platform) retire(ctx context.Context, i slackapi.InteractionCallback, pressed *slackapi.BlockAction) {
	if i.ResponseURL == "" || len(i.Message.Blocks.BlockSet) == 0 {
		return
	}
	ctx, stop := context.WithTimeout(ctx, retireWithin)
	defer stop()
	var kept []slackapi.Block
	for _, b := range i.Message.Blocks.BlockSet {
		if b.BlockType() == slackapi.MBTAction {
			b = slackapi.NewContextBlock("pressed", plain("▸ "+cut(pressed.Text.Text, maxLabel)))
		}
		kept = append(kept, b)
	}
	err := slackapi.PostWebhookCustomHTTPContext(ctx, i.ResponseURL, p.HTTP, &slackapi.WebhookMessage{
		Text: i.Message.Text, Blocks: &slackapi.Blocks{BlockSet: kept}, ReplaceOriginal: true,
	})
	if err != nil {
		p.Log.Info("slack message keeps its buttons", "reason", sendError(err).Error())
	}
}
