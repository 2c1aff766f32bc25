package slack

import (
	"context"
	"encoding/json"

	slackapi "github.com/slack-go/slack"
	"github.com/valyala/fasthttp"

	"github.com/shirube/shirube/bot"
)

// metadataType names the metadata every message carries: its effect's id.
const metadataType = "shirube_effect"

// posted is the body of chat.postMessage. The SDK sends it as a form, in which
// each Japanese letter takes nine bytes; as JSON it takes three, and a message
// half the time. https://docs.slack.dev/reference/methods/chat.postMessage
type posted struct {
	Channel     string           `json:"channel"`
	Text        string           `json:"text"`
	Blocks      []slackapi.Block `json:"blocks"`
	Thread      string           `json:"thread_ts,omitempty"`
	UnfurlLinks bool             `json:"unfurl_links"`
	UnfurlMedia bool             `json:"unfurl_media"`
	Metadata    metadata         `json:"metadata"`
}

// metadata is the SDK's SlackMetadata with the one thing in it that is sent.
type metadata struct {
	Type    string `json:"event_type"`
	Payload struct {
		ID string `json:"id"`
	} `json:"event_payload"`
}

func (p *Platform) posted(channel string, m bot.Message) posted {
	body := posted{
		Channel: channel, Text: escape(cut(m.Text(), maxPlain)), Blocks: p.blocks(m), Thread: m.To.Thread,
		Metadata: metadata{Type: metadataType},
	}
	body.Metadata.Payload.ID = m.ID
	return body
}

// post sends one message. Its errors are the SDK's.
func (p *Platform) post(ctx context.Context, token string, m posted) (bot.Receipt, error) {
	var sent struct {
		verdict
		Channel string `json:"channel"`
		Stamp   string `json:"ts"`
	}
	err := p.Line.call(ctx, p.APIURL+"chat.postMessage", token, &sent, func(request *fasthttp.Request) error {
		request.Header.SetContentType("application/json; charset=utf-8")
		encoder := json.NewEncoder(request.BodyWriter())
		encoder.SetEscapeHTML(false)
		return encoder.Encode(m)
	})
	return bot.Receipt{Channel: sent.Channel, ID: sent.Stamp}, err
}
