package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// The look into a channel's history before an ambiguous message is sent again.
const (
	lookBack = time.Minute // before it was due: clocks differ
	lookFor  = 200         // messages, Slack's own advice for one page
)

// lookUp tells whether a message arrived although its send had no answer, or
// the process that sent it is gone. Where Slack does not let the bot look, the
// message is sent again: at least once.
func (p *Platform) lookUp(ctx context.Context, client *slackapi.Client, m bot.Message) (receipt bot.Receipt, found bool, err error) {
	channel := m.To.Channel
	if channel == "" {
		direct, _, _, err := client.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{Users: []string{m.To.User}})
		if err != nil {
			return receipt, false, unlessRefused(err)
		}
		channel = direct.ID
	}
	sent, err := history(ctx, client, channel, m)
	if err != nil {
		return receipt, false, unlessRefused(err)
	}
	for _, s := range sent {
		if s.Metadata.EventType == metadataType && s.Metadata.EventPayload["id"] == m.ID {
			return bot.Receipt{Channel: channel, ID: s.Timestamp}, true, nil
		}
	}
	return receipt, false, nil
}

// history is what was said in the channel, or in the message's thread, since
// it was due.
func history(ctx context.Context, client *slackapi.Client, channel string, m bot.Message) ([]slackapi.Message, error) {
	oldest := fmt.Sprintf("%d.000000", m.Due.Add(-lookBack).Unix())
	if m.To.Thread != "" {
		replies, _, _, err := client.GetConversationRepliesContext(ctx, &slackapi.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: m.To.Thread, Oldest: oldest, Limit: lookFor, IncludeAllMetadata: true,
		})
		return replies, err
	}
	page, err := client.GetConversationHistoryContext(ctx, &slackapi.GetConversationHistoryParameters{
		ChannelID: channel, Oldest: oldest, Limit: lookFor, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, err
	}
	return page.Messages, nil
}

// unlessRefused is an error to try again after, nil when Slack does not let
// the bot look at all.
func unlessRefused(err error) error {
	var answer slackapi.SlackErrorResponse
	if errors.As(err, &answer) && permanent(answer.Err) {
		return nil
	}
	return sendError(err)
}

// refused tells whether a send was answered with no: then nothing arrived.
func refused(err error) bool {
	var limited *slackapi.RateLimitedError
	var answer slackapi.SlackErrorResponse
	return errors.As(err, &limited) || errors.As(err, &answer)
}

// unsent are the messages of which this process knows that a certain attempt
// did not go through. It is a hint for the next attempt only, for another
// process may have made one in between; what is not in it is looked up.
type unsent struct {
	mu       sync.Mutex
	attempts map[string]int
}

// maxUnsent bounds the hint.
const maxUnsent = 10_000

func (u *unsent) put(m bot.Message) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.attempts) >= maxUnsent {
		clear(u.attempts) // another process went on with them, or a look-up will do
	}
	u.attempts[m.ID] = m.Attempt
}

// take tells whether the attempt just before this one is known to have failed.
func (u *unsent) take(m bot.Message) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	attempt, known := u.attempts[m.ID]
	delete(u.attempts, m.ID)
	return known && attempt == m.Attempt-1
}
