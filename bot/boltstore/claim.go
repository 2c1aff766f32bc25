package boltstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/shirube/shirube/bot"
)

// Claim implements [bot.Outbox]. Times are compared to the microsecond.
func (s *Store) Claim(ctx context.Context, now time.Time, limit int) ([]bot.Claim, error) {
	at, ok, err := s.Next(ctx)
	if err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	if !ok || micros(at) > micros(now) || limit <= 0 {
		return nil, nil // a transaction that writes costs a sync of the disk
	}
	var claims []bot.Claim
	err = s.update(ctx, func(b buckets) error {
		claims, err = b.claim(micros(now), micros(now.Add(s.lease)), limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return claims, nil
}

// claim takes sessions in the order in which they are due, and of each the
// lanes that are. A session it has taken from is due later, or not at all.
func (b buckets) claim(now, until int64, limit int) ([]bot.Claim, error) {
	var claims []bot.Claim
	for len(claims) < limit {
		at, id, ok := b.first(due)
		if !ok || at > now {
			break
		}
		list, err := b.queue(id)
		if err != nil {
			return nil, err
		}
		before := slices.Clone(list)
		for _, l := range lanes(list) {
			if l.at > now || len(claims) == limit {
				continue
			}
			c, err := b.take(list, l.head, until)
			if err != nil {
				return nil, err
			}
			claims = append(claims, c)
		}
		if err := b.requeue(id, before, list); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// take claims one item. A lane has one claim: one that was open in it is over,
// and so is its wait.
func (b buckets) take(list []item, head int, until int64) (bot.Claim, error) {
	fence, err := b.fence()
	if err != nil {
		return bot.Claim{}, err
	}
	it := &list[head]
	for i := range list {
		if list[i].Effect.Lane() == it.Effect.Lane() {
			list[i].Fence, list[i].Held = 0, 0
		}
	}
	it.Fence, it.Attempt, it.Held = fence, it.Attempt+1, until
	return bot.Claim{Effect: it.Effect, Attempt: it.Attempt, Fence: fence, Until: time.UnixMicro(until).UTC()}, nil
}

// takeFrom claims what can be worked now in those lanes of a session that are
// named; at the zero time that is nothing.
func (b buckets) takeFrom(list []item, named []string, now time.Time, lease time.Duration) ([]bot.Claim, error) {
	var claims []bot.Claim
	for _, l := range lanes(list) {
		if now.IsZero() || l.at > micros(now) || !slices.Contains(named, list[l.head].Effect.Lane()) {
			continue
		}
		c, err := b.take(list, l.head, micros(now.Add(lease)))
		if err != nil {
			return nil, err
		}
		claims = append(claims, c)
	}
	return claims, nil
}

// Done implements [bot.Outbox].
func (s *Store) Done(ctx context.Context, c bot.Claim, r bot.Receipt, now time.Time) (next []bot.Claim, err error) {
	err = s.settle(ctx, c, func(b buckets, list []item, i int) ([]item, error) {
		it := list[i]
		list = slices.Delete(list, i, i+1)
		if err := b.note(it.Effect, r, s.claimed(it)); err != nil {
			return nil, err
		}
		next, err = b.takeFrom(list, []string{it.Effect.Lane()}, now, s.lease)
		return list, err
	})
	if err != nil {
		return nil, fmt.Errorf("done: %w", err)
	}
	return next, nil
}

// Retry implements [bot.Outbox]. The effect keeps its due time and thereby its
// place in the lane.
func (s *Store) Retry(ctx context.Context, c bot.Claim, due time.Time, why error) error {
	err := s.settle(ctx, c, func(_ buckets, list []item, i int) ([]item, error) {
		it := &list[i]
		it.Fence, it.Held = 0, micros(due)
		if bot.Untried(why) {
			it.Attempt--
		}
		return list, nil
	})
	if err != nil {
		return fmt.Errorf("retry: %w", err)
	}
	return nil
}

// grave is a buried effect.
type grave struct {
	Effect  bot.Effect `json:"effect"`
	Seq     int64      `json:"seq,omitempty"` // its place, see item
	Attempt int        `json:"attempt"`
	Why     string     `json:"why"`
	At      time.Time  `json:"at"` // when the last attempt was claimed
}

// Bury implements [bot.Outbox].
func (s *Store) Bury(ctx context.Context, c bot.Claim, why error) error {
	err := s.settle(ctx, c, func(b buckets, list []item, i int) ([]item, error) {
		it := list[i]
		err := b.bury(grave{Effect: it.Effect, Seq: it.Seq, Attempt: it.Attempt, Why: fmt.Sprint(why), At: s.claimed(it)})
		return slices.Delete(list, i, i+1), err
	})
	if err != nil {
		return fmt.Errorf("bury: %w", err)
	}
	return nil
}

func (b buckets) bury(g grave) error {
	var graves []grave
	if value := b.get(dead, g.Effect.Session); value != nil {
		if err := json.Unmarshal(value, &graves); err != nil {
			return err
		}
	}
	value, err := json.Marshal(append(graves, g))
	if err != nil {
		return err
	}
	return b.put(dead, g.Effect.Session, value)
}

// settle ends a claim: end changes the session's items, of which the i-th is
// the one that was claimed, and returns those that are kept.
func (s *Store) settle(ctx context.Context, c bot.Claim, end func(b buckets, list []item, i int) ([]item, error)) error {
	return s.update(ctx, func(b buckets) error {
		id := c.Effect.Session
		list, err := b.queue(id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(it item) bool { return it.Fence == c.Fence })
		if i < 0 || c.Fence == 0 {
			return bot.ErrFenced
		}
		before := slices.Clone(list)
		if list, err = end(b, list, i); err != nil {
			return err
		}
		return b.requeue(id, before, list)
	})
}

// claimed is when an item whose claim is open was claimed.
func (s *Store) claimed(it item) time.Time { return time.UnixMicro(it.Held).Add(-s.lease).UTC() }

// Next implements [bot.Outbox].
func (s *Store) Next(ctx context.Context) (next time.Time, ok bool, err error) {
	err = s.view(ctx, func(b buckets) error {
		var at int64
		if at, _, ok = b.first(due); ok {
			next = time.UnixMicro(at).UTC()
		}
		return nil
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("next: %w", err)
	}
	return next, ok, nil
}
