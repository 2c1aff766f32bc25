package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

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
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	request.SetRequestURI(p.APIURL + "chat.postMessage")
	request.Header.SetMethod(fasthttp.MethodPost)
	request.Header.SetContentType("application/json; charset=utf-8")
	request.Header.Set(fasthttp.HeaderAuthorization, "Bearer "+token)
	encoder := json.NewEncoder(request.BodyWriter())
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(m); err != nil {
		return bot.Receipt{}, fmt.Errorf("encode message: %w", err)
	}
	if err := p.Line.Do(ctx, request, response); err != nil {
		return bot.Receipt{}, fmt.Errorf("post message: %w", err)
	}
	return receipt(response)
}

// receipt reads Slack's answer.
func receipt(response *fasthttp.Response) (bot.Receipt, error) {
	switch code := response.StatusCode(); {
	case code == fasthttp.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(string(response.Header.Peek(fasthttp.HeaderRetryAfter)))
		return bot.Receipt{}, &slackapi.RateLimitedError{RetryAfter: time.Duration(seconds) * time.Second}
	case code != fasthttp.StatusOK:
		return bot.Receipt{}, slackapi.StatusCodeError{Code: code}
	}
	var sent struct {
		slackapi.SlackResponse
		Channel string `json:"channel"`
		Stamp   string `json:"ts"`
	}
	if err := json.Unmarshal(response.Body(), &sent); err != nil {
		return bot.Receipt{}, fmt.Errorf("read answer: %w", err)
	}
	if !sent.Ok {
		return bot.Receipt{}, slackapi.SlackErrorResponse{Err: sent.Error}
	}
	return bot.Receipt{Channel: sent.Channel, ID: sent.Stamp}, nil
}
