package slack

import (
	"context"
	"encoding/json"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// form is what a form needs to know: it travels in the button that opens it
// and in the form itself, so nothing has to be remembered meanwhile.
type form struct {
	ID      string `json:"id"` // of the ask
	Name    string `json:"name"`
	Example string `json:"example"`
	Lang    string `json:"lang"`
}

// The block and the input of a form.
const (
	formBlock = "answer"
	formInput = "value"
)

func (f form) value() string {
	data, _ := json.Marshal(f) // strings always can be
	return string(data)
}

// openForm opens the form at once: its trigger lives 3 seconds.
func (p *Platform) openForm(ctx context.Context, from bot.Address, trigger, value string) error {
	var f form
	if err := json.Unmarshal([]byte(value), &f); err != nil {
		return errMalformed
	}
	client, err := p.client(ctx, from.Tenant)
	if err != nil {
		return fmt.Errorf("open form: %w", tokenError(err, from))
	}
	if _, err := client.OpenViewContext(ctx, trigger, p.modal(f)); err != nil {
		return fmt.Errorf("open form: %w", sendError(err))
	}
	return nil
}

func (p *Platform) modal(f form) slackapi.ModalViewRequest {
	input := slackapi.NewPlainTextInputBlockElement(plain(cut(f.Example, 150)), formInput)
	input.MaxLength = 200
	return slackapi.ModalViewRequest{
		Type: slackapi.VTModal, CallbackID: actionForm, PrivateMetadata: f.value(),
		Title: plain(cut(p.Words(f.Lang, WordForm), 24)), Submit: plain(cut(p.Words(f.Lang, WordSend), 24)), Close: plain(cut(p.Words(f.Lang, WordCancel), 24)),
		Blocks: slackapi.Blocks{BlockSet: []slackapi.Block{slackapi.NewInputBlock(formBlock, plain(cut(f.Name, 2000)), nil, input)}},
	}
}

// submission takes a form; what is wrong is said beside its field, and the
// form stays open.
func (p *Platform) submission(ctx context.Context, i slackapi.InteractionCallback) (answer, error) {
	var f form
	if err := json.Unmarshal([]byte(i.View.PrivateMetadata), &f); err != nil || i.View.State == nil {
		return nil, errMalformed
	}
	text := i.View.State.Values[formBlock][formInput].Value
	said, err := p.handle(ctx, bot.Event{
		// A corrected form has the same view; sent twice it has the same text.
		ID: "form:" + i.View.ID + ":" + bot.EffectID(i.View.Hash, text, 0), From: where(i), Kind: bot.Filled, Choice: f.ID, Text: text,
	})
	if err != nil {
		p.Log.Error("slack form failed", "error", err)
		return slackapi.NewErrorsViewSubmissionResponse(map[string]string{formBlock: p.Words(f.Lang, WordBusy)}), nil
	}
	if said.Say == nil {
		return nil, nil
	}
	m := p.Render(bot.Effect{Lang: said.Lang, Say: said.Say})
	why := m.Title
	for _, part := range m.Parts {
		if part.Kind == bot.Notice {
			why = part.Text
		}
	}
	return slackapi.NewErrorsViewSubmissionResponse(map[string]string{formBlock: cut(why, 150)}), nil
}
