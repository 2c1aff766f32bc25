// Package router is the way in: it loads the session of an event, has it
// played, and commits the turn. It must not know platforms, languages or what
// a procedure is.
package router

import (
	"context"
	"errors"
	"fmt"

	"github.com/shirube/shirube/bot"
)

// Player plays an event; the flow engine is one. It must be pure: a conflict
// is answered by playing again.
type Player interface {
	Play(bot.Session, bot.Event) bot.Turn
}

// Router takes events to their commit.
type Router struct {
	store  bot.Store
	player Player
	nudge  func()
}

// New makes a router. Nudge is called after every commit that queued effects,
// so that the local worker need not poll.
func New(store bot.Store, player Player, nudge func()) *Router {
	return &Router{store: store, player: player, nudge: nudge}
}

// maxTries bounds how often an event is played again because another one of
// the same session was faster.
const maxTries = 16

// Handle implements bot.Handler.
func (r *Router) Handle(ctx context.Context, e bot.Event) (bot.Answer, error) {
	var err error
	for range maxTries {
		var turn bot.Turn
		if turn, err = r.play(ctx, e); err != nil {
			return bot.Answer{}, err
		}
		err = r.store.Commit(ctx, turn)
		switch {
		case errors.Is(err, bot.ErrDuplicate):
			return turn.Answer, nil // computed again, nothing changed
		case errors.Is(err, bot.ErrConflict):
			continue
		case err != nil:
			return bot.Answer{}, fmt.Errorf("commit event: %w", err)
		}
		if len(turn.Effects) > 0 {
			r.nudge()
		}
		return turn.Answer, nil
	}
	return bot.Answer{}, fmt.Errorf("commit event: %w", err)
}

func (r *Router) play(ctx context.Context, e bot.Event) (bot.Turn, error) {
	session, err := r.store.Load(ctx, e.Session)
	if err != nil {
		return bot.Turn{}, fmt.Errorf("load session: %w", err)
	}
	return r.player.Play(session, e), nil
}
