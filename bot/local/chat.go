package local

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/bot"
)

// Name is the platform's name in addresses.
const Name = "local"

// Desk is where the distributor reads in a local chat.
func Desk() bot.Address { return bot.Address{Platform: Name, Channel: "distributor"} }

// Chat is one clerk in front of the bot, with the distributor looking on.
type Chat struct {
	Handler bot.Handler
	// Drain delivers everything that is due.
	Drain func(context.Context) error
	// Where tells the step the clerk stands at, and whether it is the end.
	Where func(context.Context) (step string, done bool, err error)
	// Render puts a command's answer into words.
	Render func(bot.Effect) bot.Message
	// Keep notes where the clock was moved to.
	Keep  func(*Clock) error
	Clock *Clock
	// Travel is the time a span from now, such as 24h or 3bd.
	Travel func(now time.Time, span string) (time.Time, error)
	NewID  func() string
	Lang   string
	Name   string // the clerk's
}

// me is the one clerk of a local chat.
func me() bot.Address {
	return bot.Address{Platform: Name, Tenant: "here", Channel: "direct", User: "you"}
}

// Session is the session of a local chat.
func Session() string { return me().SessionID() }

// Open opens the conversation.
func (c *Chat) Open(ctx context.Context) error { return c.clerk(ctx, bot.Opened, "", "") }

// Say writes a text as the clerk.
func (c *Chat) Say(ctx context.Context, text string) error { return c.clerk(ctx, bot.Said, text, "") }

// Press presses a button as the clerk.
func (c *Chat) Press(ctx context.Context, id string) error { return c.clerk(ctx, bot.Pressed, "", id) }

// Staff writes an answer in the distributor's thread.
func (c *Chat) Staff(ctx context.Context, text string) error {
	_, err := c.handle(ctx, bot.Event{From: Desk(), Kind: bot.Answered, Text: text})
	return err
}

// Order gives a command apart from the conversation and returns its answer.
func (c *Chat) Order(ctx context.Context, command string) (*bot.Message, error) {
	answer, err := c.handle(ctx, bot.Event{From: me(), Kind: bot.Ordered, Choice: command, Lang: c.Lang, Name: c.Name})
	if err != nil || answer.Say == nil {
		return nil, err
	}
	m := c.Render(bot.Effect{To: me(), Lang: answer.Lang, Say: answer.Say})
	return &m, nil
}

// refusal is an input that was not understood; nothing was changed by it.
type refusal string

func (r refusal) Error() string { return string(r) }

// Advance moves the clock and lets everything happen that comes due.
func (c *Chat) Advance(ctx context.Context, span string) error {
	to, err := c.Travel(c.Clock.Now(), span)
	if err != nil {
		return refusal(err.Error())
	}
	c.Clock.Set(to)
	if err := c.Keep(c.Clock); err != nil {
		return fmt.Errorf("keep the clock: %w", err)
	}
	return c.Drain(ctx)
}

func (c *Chat) clerk(ctx context.Context, kind bot.EventKind, text, choice string) error {
	_, err := c.handle(ctx, bot.Event{From: me(), Kind: kind, Text: text, Choice: choice, Lang: c.Lang, Name: c.Name})
	return err
}

func (c *Chat) handle(ctx context.Context, e bot.Event) (bot.Answer, error) {
	e.ID, e.At, e.Session = c.NewID(), c.Clock.Now(), Session()
	answer, err := c.Handler.Handle(ctx, e)
	if err != nil {
		return answer, err
	}
	return answer, c.Drain(ctx)
}
