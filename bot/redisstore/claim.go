package redisstore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
)

// Claim implements [bot.Outbox]. Times are compared to the microsecond.
//
// It takes one round trip: one script for all shards, or in a Cluster one for
// each, each for its share of the limit. There a second one follows when some
// shards had more and others less. When a part of a Cluster does not answer,
// the claims of the others are returned without an error; the error comes when
// there are none. Claims whose answer was lost come again when their lease has
// run out.
func (s *Store) Claim(ctx context.Context, now time.Time, limit int) ([]bot.Claim, error) {
	var claims []bot.Claim
	first := int(s.claims.Add(1))
	busy := s.groups(first)
	for range shards + 1 { // each round but the first fills the limit or empties a shard
		if len(busy) == 0 || len(claims) >= limit {
			break
		}
		answers, err := s.ask(ctx, now, share(limit-len(claims), busy))
		together := len(busy[0]) > 1
		busy = nil
		for _, a := range answers {
			claims = append(claims, a.claims...)
			if a.left > 0 && err == nil {
				busy = append(busy, a.group)
			}
		}
		if together && redis.HasErrorPrefix(err, "CROSSSLOT") {
			s.apart.Store(true) // a Cluster behind one address
			busy, err = s.groups(first), nil
		}
		if err != nil && len(claims) == 0 {
			return nil, fmt.Errorf("claim: %w", err)
		}
	}
	return claims, nil
}

// group is shards that one script can reach.
type group []shard

// groups is all shards, beginning with another one for every first.
func (s *Store) groups(first int) []group {
	first %= shards
	rotated := append(all()[first:], all()[:first]...)
	if !s.apart.Load() {
		return []group{rotated}
	}
	var groups []group
	for _, sh := range rotated {
		groups = append(groups, group{sh})
	}
	return groups
}

// portion is how many claims a group is asked for.
type portion struct {
	group group
	limit int
}

// share splits a limit. Who comes first gets more of what cannot be split.
func share(limit int, among []group) []portion {
	portions := make([]portion, len(among))
	for i, g := range among {
		portions[i] = portion{group: g, limit: (limit + len(among) - 1 - i) / len(among)}
	}
	return portions
}

// answer is what a group gave.
type answer struct {
	group  group
	claims []bot.Claim
	left   int64 // sessions that are due all the same
}

// ask claims from several groups. Answers and an error may come together.
func (s *Store) ask(ctx context.Context, now time.Time, portions []portion) ([]answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	calls := make([]call, len(portions))
	for i, p := range portions {
		c := call{args: []any{micros(now), micros(now.Add(s.lease)), p.limit}}
		for _, sh := range p.group {
			c.keys = append(c.keys, sh.due(), sh.fence())
			c.args = append(c.args, sh.queue(""))
		}
		calls[i] = c
	}
	var answers []answer
	var failed error
	for i, cmd := range run(ctx, s.client, s.scripts.claim, calls) {
		a, err := s.answer(cmd)
		a.group = portions[i].group
		answers = append(answers, a)
		failed = cmp.Or(failed, err)
	}
	return answers, failed
}

// answer reads the result of lua/claim.lua. Effects that cannot be read are
// left out, so that they do not keep back the others.
func (s *Store) answer(cmd *redis.Cmd) (answer, error) {
	result, err := cmd.Slice()
	if err != nil {
		return answer{}, err
	}
	var a answer
	a.left, _ = result[0].(int64)
	for rest := result[1:]; len(rest) >= 3; rest = rest[3:] {
		body, _ := rest[0].(string)
		attempt, _ := rest[1].(int64)
		fence, _ := rest[2].(int64)
		c := bot.Claim{Attempt: int(attempt), Fence: fence}
		if bad := s.codec.unpack([]byte(body), &c.Effect); bad != nil {
			err = errors.Join(err, bad)
			continue
		}
		a.claims = append(a.claims, c)
	}
	return a, err
}

// Retry implements [bot.Outbox]. The effect keeps its due time and thereby its
// place in the lane.
func (s *Store) Retry(ctx context.Context, c bot.Claim, due time.Time, _ error) error {
	if err := s.settle(ctx, s.scripts.retry, c, micros(due)); err != nil {
		return fmt.Errorf("retry: %w", err)
	}
	return nil
}

// grave is a buried effect.
type grave struct {
	Effect  bot.Effect `json:"effect"`
	Attempt int        `json:"attempt"`
	Why     string     `json:"why"`
}

// Bury implements [bot.Outbox].
func (s *Store) Bury(ctx context.Context, c bot.Claim, why error) error {
	data, err := json.Marshal(grave{Effect: c.Effect, Attempt: c.Attempt, Why: fmt.Sprint(why)})
	if err == nil {
		err = s.settle(ctx, s.scripts.bury, c, s.lease.Microseconds(), data)
	}
	if err != nil {
		return fmt.Errorf("bury: %w", err)
	}
	return nil
}

// settle runs one of the scripts that end a claim.
func (s *Store) settle(ctx context.Context, script *redis.Script, c bot.Claim, args ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	id := c.Effect.Session
	sh := shardOf(id)
	keys := []string{sh.queue(id), sh.due(), sh.dead()}
	settled, err := script.Run(ctx, s.client, keys, append([]any{id, c.Fence}, args...)...).Bool()
	if err == nil && !settled {
		return bot.ErrFenced
	}
	return err
}

// Next implements [bot.Outbox] with one round trip.
func (s *Store) Next(ctx context.Context) (due time.Time, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, false, fmt.Errorf("next: %w", err)
	}
	var firsts []*redis.ZSliceCmd
	pipe := s.client.Pipeline()
	for _, sh := range all() {
		firsts = append(firsts, pipe.ZRangeWithScores(ctx, sh.due(), 0, 0))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return time.Time{}, false, fmt.Errorf("next: %w", err)
	}
	for _, first := range firsts {
		for _, z := range first.Val() {
			if at := time.UnixMicro(int64(z.Score)).UTC(); !ok || at.Before(due) {
				due, ok = at, true
			}
		}
	}
	return due, ok, nil
}
