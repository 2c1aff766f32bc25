// Package router is the way in: it loads the session of an event, has it
// played, and commits the turn. It must not know platforms, languages or what
// a procedure is.
package router

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shirube/shirube/bot"
)

// Player plays an event; the flow engine is one. It must be pure: a conflict
// is answered by playing again.
type Player interface {
	Play(bot.Session, bot.Event) bot.Turn
}

// Config is what a router works with.
type Config struct {
	Store  bot.Store
	Player Player
	// Take is handed what a commit claimed: the effects that can be done at
	// once. Without it nothing is claimed, and all wait in the outbox.
	Take func([]bot.Claim)
	Now  func() time.Time
}

// Router takes events to their commit.
type Router struct {
	Config
	turns  turns
	recent recent
}

// New makes a router.
func New(c Config) *Router {
	return &Router{Config: c, turns: turns{doors: map[string]*door{}}, recent: recent{sessions: map[string]bot.Session{}}}
}

// maxTries bounds how often an event is played again because another replica
// was faster with one of the same session.
const maxTries = 16

// Handle implements bot.Handler.
func (r *Router) Handle(ctx context.Context, e bot.Event) (bot.Answer, error) {
	leave, err := r.turns.enter(ctx, e.Session)
	if err != nil {
		return bot.Answer{}, err
	}
	defer leave()
	for range maxTries {
		var turn bot.Turn
		if turn, err = r.play(ctx, e); err != nil {
			return bot.Answer{}, err
		}
		err = r.commit(ctx, turn)
		switch {
		case err == nil, errors.Is(err, bot.ErrDuplicate):
			return turn.Answer, nil // of a duplicate: computed again, nothing changed
		case !errors.Is(err, bot.ErrConflict):
			return bot.Answer{}, fmt.Errorf("commit event: %w", err)
		}
	}
	return bot.Answer{}, fmt.Errorf("commit event: %w", err)
}

func (r *Router) play(ctx context.Context, e bot.Event) (bot.Turn, error) {
	session, found := r.recent.get(e.Session)
	if !found {
		var err error
		if session, err = r.Store.Load(ctx, e.Session); err != nil {
			return bot.Turn{}, fmt.Errorf("load session: %w", err)
		}
	}
	e.At = r.moment(session, e)
	turn := r.Player.Play(session, e)
	turn.Session.Version = begun(turn, e.At)
	return turn, nil
}

// begun is a turn's version. That of a new session is the time, so that it is
// past all versions of one that was forgotten before: another replica may still
// remember that one, and must not be believed when the count comes to it again.
func begun(turn bot.Turn, at time.Time) int64 {
	if turn.From > 0 {
		return turn.Session.Version
	}
	return max(turn.Session.Version, at.UnixMilli())
}

// moment is when the event takes place. What is said goes out in the order of
// these times: an event that had to wait, until it was known whose it is or
// because another one was faster, happens after those that were committed
// before it. Replicas whose clocks differ are kept in order by the session.
func (r *Router) moment(s bot.Session, e bot.Event) time.Time {
	at := e.At
	if r.Now != nil {
		at = latest(at, r.Now())
	}
	return latest(at, s.Since)
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (r *Router) commit(ctx context.Context, turn bot.Turn) error {
	now := time.Time{}
	if r.Take != nil {
		now = latest(r.Now(), turn.At)
	}
	claims, err := r.Store.Commit(ctx, turn, now)
	if err != nil || turn.Forget {
		r.recent.drop(turn.Session.ID)
	} else {
		r.recent.put(turn.Session)
	}
	if err == nil && len(claims) > 0 {
		r.Take(claims)
	}
	return err
}
