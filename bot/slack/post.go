package slack

import (
	"context"
	"sync"

	slackapi "github.com/slack-go/slack"
	"github.com/valyala/fasthttp"

	"github.com/shirube/shirube/bot"
)

// metadataType names the metadata every message carries: its effect's id.
const metadataType = "shirube_effect"

// posted is what a message says to chat.postMessage. The SDK sends it as a form,
// in which each Japanese letter takes nine bytes; as JSON it takes three.
// https://docs.slack.dev/reference/methods/chat.postMessage
type posted struct {
	Channel, Text, Thread string
	Blocks                []slackapi.Block
	ID                    string // its effect's
}

func (p *Platform) posted(channel string, m bot.Message) posted {
	return posted{channel, escape(cut(m.Text(), maxPlain)), m.To.Thread, p.blocks(m), m.ID}
}

// scripts are kept, for a message has some kilobytes.
//
//nolint:gochecknoglobals // it is empty but for what was in use
var scripts = sync.Pool{New: func() any { return new(script) }}

// post sends one message. Its errors are the SDK's.
func (p *Platform) post(ctx context.Context, token string, m posted) (bot.Receipt, error) {
	var sent struct {
		verdict
		Channel string `json:"channel"`
		Stamp   string `json:"ts"`
	}
	err := p.Line.call(ctx, p.APIURL+"chat.postMessage", token, &sent, func(request *fasthttp.Request) error {
		request.Header.SetContentType("application/json; charset=utf-8")
		body := scripts.Get().(*script)
		defer scripts.Put(body)
		body.begin()
		body.message(m)
		request.SetBody(body.Bytes())
		return body.err
	})
	return bot.Receipt{Channel: sent.Channel, ID: sent.Stamp}, err
}
