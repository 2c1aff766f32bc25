package redisstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
)

var _ bot.Reports = (*Store)(nil)

// reports is the hash of what is kept about steps. There are few steps, and
// they are no session's: one shard has them all.
func reports() string { return shard(0).key("reports") }

// Report implements [bot.Reports] with two round trips, and two more whenever
// somebody else reports about the step at the same time. To withdraw is two for
// each step the session reported, and one.
func (s *Store) Report(ctx context.Context, r bot.Report) (confirmed bool, err error) {
	if r.Step == "" {
		err = s.withdraw(ctx, r)
	} else {
		err = s.amend(ctx, r.Step, func(kept bot.Reported) bot.Reported {
			kept, confirmed = kept.With(r)
			return kept
		})
	}
	if err != nil {
		return false, fmt.Errorf("report: %w", err)
	}
	return confirmed, nil
}

func (s *Store) withdraw(ctx context.Context, r bot.Report) error {
	all, err := s.reported(ctx)
	if err != nil {
		return err
	}
	for step, kept := range all {
		if !slices.ContainsFunc(kept.List, func(old bot.Report) bool { return old.Session == r.Session }) {
			continue
		}
		err := s.amend(ctx, step, func(kept bot.Reported) bot.Reported { return kept.Without(r.Session, r.At) })
		if err != nil {
			return err
		}
	}
	return nil
}

// amend changes what is kept about a step. Whoever is overtaken tries again:
// somebody else has got on then.
func (s *Store) amend(ctx context.Context, step string, change func(bot.Reported) bot.Reported) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		old, err := s.client.HGet(ctx, reports(), step).Result()
		if err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
		var kept bot.Reported
		if old != "" {
			if err := s.codec.unpack([]byte(old), &kept); err != nil {
				return err
			}
		}
		if swapped, err := s.swap(ctx, step, old, change(kept)); swapped || err != nil {
			return err
		}
	}
}

func (s *Store) swap(ctx context.Context, step, old string, kept bot.Reported) (swapped bool, err error) {
	var value []byte
	if len(kept.List) > 0 {
		if value, err = s.codec.small(nil, kept, 0); err != nil {
			return false, err
		}
	}
	cmd, err := s.wire.run(ctx, s.scripts.swap, []string{reports()}, step, old, value)
	if err != nil {
		return false, err
	}
	return cmd.Bool()
}

// reported is what is kept about every step.
func (s *Store) reported(ctx context.Context) (map[string]bot.Reported, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values, err := s.client.HGetAll(ctx, reports()).Result()
	if err != nil {
		return nil, err
	}
	all := make(map[string]bot.Reported, len(values))
	for step, value := range values {
		var kept bot.Reported
		if err := s.codec.unpack([]byte(value), &kept); err != nil {
			return nil, err
		}
		all[step] = kept
	}
	return all, nil
}

// Reports implements [bot.Reports] with one round trip.
func (s *Store) Reports(ctx context.Context) ([]bot.Report, error) {
	kept, err := s.reported(ctx)
	if err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	var all []bot.Report
	for _, step := range slices.Sorted(maps.Keys(kept)) {
		all = append(all, kept[step].List...)
	}
	return all, nil
}

// Clear implements [bot.Reports] with one round trip.
func (s *Store) Clear(ctx context.Context, step string) error {
	err := ctx.Err()
	if err == nil {
		err = s.client.HDel(ctx, reports(), step).Err()
	}
	if err != nil {
		return fmt.Errorf("clear reports: %w", err)
	}
	return nil
}
