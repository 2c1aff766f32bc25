package local

import (
	"context"

	"github.com/shirube/shirube/bot"
)

// Screen shows a message.
type Screen interface {
	Show(bot.Message) error
}

// Platform hands messages to a screen.
type Platform struct{ Screen Screen }

// Name implements bot.Platform.
func (Platform) Name() string { return Name }

// Send implements bot.Platform.
func (p Platform) Send(_ context.Context, m bot.Message) (bot.Receipt, error) {
	if err := p.Screen.Show(m); err != nil {
		return bot.Receipt{}, &bot.SendError{Reason: "screen", Retryable: true}
	}
	return bot.Receipt{Channel: m.To.Channel, ID: m.ID}, nil
}
