package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// metadataType names the metadata every message carries: its effect's id.
const metadataType = "shirube_effect"

// posted is the body of chat.postMessage. The SDK sends it as a form, in which
// each Japanese letter takes nine bytes; as JSON it takes three, and a message
// half the time. https://docs.slack.dev/reference/methods/chat.postMessage
type posted struct {
	Channel     string                 `json:"channel"`
	Text        string                 `json:"text"`
	Blocks      []slackapi.Block       `json:"blocks"`
	Thread      string                 `json:"thread_ts,omitempty"`
	UnfurlLinks bool                   `json:"unfurl_links"`
	UnfurlMedia bool                   `json:"unfurl_media"`
	Metadata    slackapi.SlackMetadata `json:"metadata"`
}

func (p *Platform) posted(channel string, m bot.Message) posted {
	return posted{
		Channel: channel, Text: escape(cut(m.Text(), maxPlain)), Blocks: p.blocks(m), Thread: m.To.Thread,
		Metadata: slackapi.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{"id": m.ID}},
	}
}

// maxAnswer bounds what is read of an answer: Slack repeats the message in it.
const maxAnswer = 1 << 20

// post sends one message. Its errors are the SDK's.
func (p *Platform) post(ctx context.Context, token string, m posted) (bot.Receipt, error) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(m); err != nil {
		return bot.Receipt{}, fmt.Errorf("encode message: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.APIURL+"chat.postMessage", &body)
	if err != nil {
		return bot.Receipt{}, fmt.Errorf("make request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := p.HTTP.Do(request)
	if err != nil {
		return bot.Receipt{}, fmt.Errorf("post message: %w", err)
	}
	defer response.Body.Close()
	return receipt(response)
}

// receipt reads Slack's answer. The rest of the body is read too, or the
// connection could not be used again.
func receipt(response *http.Response) (bot.Receipt, error) {
	answer := io.LimitReader(response.Body, maxAnswer)
	defer func() { _, _ = io.Copy(io.Discard, answer) }()
	switch {
	case response.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		return bot.Receipt{}, &slackapi.RateLimitedError{RetryAfter: time.Duration(seconds) * time.Second}
	case response.StatusCode != http.StatusOK:
		return bot.Receipt{}, slackapi.StatusCodeError{Code: response.StatusCode, Status: response.Status}
	}
	var sent struct {
		slackapi.SlackResponse
		Channel string `json:"channel"`
		Stamp   string `json:"ts"`
	}
	if err := json.NewDecoder(answer).Decode(&sent); err != nil {
		return bot.Receipt{}, fmt.Errorf("read answer: %w", err)
	}
	if !sent.Ok {
		return bot.Receipt{}, slackapi.SlackErrorResponse{Err: sent.Error}
	}
	return bot.Receipt{Channel: sent.Channel, ID: sent.Stamp}, nil
}
