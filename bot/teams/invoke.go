package teams

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
)

// What an invoke is answered with.
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
const (
	cardAnswer    = contentType
	messageAnswer = "application/vnd.microsoft.activity.message"
	errorAnswer   = "application/vnd.microsoft.error"
)

// invokeAnswer is the body of the response to an adaptiveCard/action.
type invokeAnswer struct {
	Status int    `json:"statusCode"`
	Type   string `json:"type"`
	Value  any    `json:"value"`
}

// invoke takes a press of a button that awaits a card. Other invokes are for
// features the bot does not use.
func (p *Platform) invoke(ctx context.Context, a activity, from bot.Address) any {
	if a.Name != "adaptiveCard/action" {
		return struct{}{}
	}
	var action struct {
		Action struct{ Data json.RawMessage }
	}
	_ = json.Unmarshal(a.value, &action)
	what, is := parsePress(action.Action.Data)
	if !is {
		return invokeAnswer{400, errorAnswer, map[string]string{"code": "BadRequest", "message": "no action of this bot"}}
	}
	said, err := p.Handler.Handle(ctx, p.pressed(a, from, what))
	switch {
	case err != nil:
		p.unheard("press", err)
		return invokeAnswer{200, messageAnswer, p.Words(a.Locale, WordBusy)}
	case said.Say != nil:
		return invokeAnswer{200, cardAnswer, p.answer(from, said)}
	}
	return invokeAnswer{200, cardAnswer, pressed(what)}
}

// pressed is the event of a press, or of a form that was sent.
func (p *Platform) pressed(a activity, from bot.Address, what press) bot.Event {
	e := p.event(a, from, bot.Pressed)
	e.Choice = what.Choice
	if what.Ask != "" {
		e.Kind, e.Choice, e.Text = bot.Filled, what.Ask, what.Answer
	}
	return e
}

// answer is the card of what the handler said in the response itself.
func (p *Platform) answer(to bot.Address, said bot.Answer) json.RawMessage {
	return Card(p.Render(bot.Effect{To: to, Lang: said.Lang, Say: said.Say}), p.Words)
}

// retireWithin bounds the courtesy below; the press is taken already.
const retireWithin = 2 * time.Second

// submitted takes a press from a client that knows no better way than a message.
// The card is replaced as for others, where the client says which it was; if that
// fails, an old button explains itself. Where others read along the card stays: it
// may be another clerk's, and what the press carries would be shown to all of them
// as the bot's own words.
func (p *Platform) submitted(ctx context.Context, a activity, from bot.Address, what press) error {
	said, err := p.Handler.Handle(ctx, p.pressed(a, from, what))
	if err != nil {
		return err
	}
	card := pressed(what)
	if said.Say != nil {
		card = p.answer(from, said)
	}
	out := p.out(a.ServiceURL, a.Conversation.ID)
	if a.ReplyToID != "" && !shared(a) && !strings.ContainsAny(a.ReplyToID, "/?#") {
		soon, stop := context.WithTimeout(ctx, retireWithin)
		defer stop()
		if err = out.update(soon, a.ReplyToID, card, ""); err == nil {
			return nil
		}
		p.Log.Info("teams card keeps its buttons", "reason", err.Error())
	}
	if said.Say == nil {
		return nil
	}
	_, err = out.post(ctx, card, "") // what was refused has to be said
	return err
}
