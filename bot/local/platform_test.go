package local_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/local"
	"github.com/shirube/shirube/bot/platformtest"
)

// glass is a screen that keeps the newest message.
type glass struct {
	mu     sync.Mutex
	newest bot.Message
}

func (g *glass) Show(m bot.Message) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.newest = m
	return nil
}

func (g *glass) sent() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	data, _ := json.Marshal(g.newest)
	return string(data)
}

func TestPlatform(t *testing.T) {
	t.Parallel()
	platformtest.Run(t, func(t *testing.T, h bot.Handler, _ bot.Threads) platformtest.Rig {
		screen, next := &glass{}, ""
		chat := &local.Chat{
			Handler: h, Clock: local.NewFrozenClock(time.Unix(1_764_000_000, 0)), NewID: func() string { return next },
			Drain: func(context.Context) error { return nil },
		}
		do := func(id string, what func(context.Context, string) error, with string) bool {
			next = id
			return what(t.Context(), with) == nil
		}
		return platformtest.Rig{
			Platform: local.Platform{Screen: screen}, Desk: local.Desk(), Sent: screen.sent, Log: func() string { return "" },
			Clerk: bot.Address{Platform: "local", Tenant: "here", Channel: "direct", User: "you"},
			Say:   func(id, text string) bool { return do(id, chat.Say, text) },
			Press: func(id, _ string) bool { return do(id, chat.Press, screen.newest.Buttons[0].ID) },
			Reply: func(id, text string, _ bot.Receipt) bool { return do(id, chat.Staff, text) },
		}
	})
}
