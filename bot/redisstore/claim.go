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
	until := now.Add(s.lease)
	inputs := make([]input, len(portions))
	for i, p := range portions {
		in := input{args: []any{micros(now), micros(until), p.limit}}
		for _, sh := range p.group {
			in.keys = append(in.keys, sh.due(), sh.fence())
			in.args = append(in.args, sh.queue(""))
		}
		inputs[i] = in
	}
	var answers []answer
	var failed error
	for i, cmd := range runAll(ctx, s.client, s.scripts.claim, inputs) {
		a, err := s.answer(cmd, until)
		a.group = portions[i].group
		answers = append(answers, a)
		failed = cmp.Or(failed, err)
	}
	return answers, failed
}

// answer reads the result of lua/claim.lua.
func (s *Store) answer(cmd *redis.Cmd, until time.Time) (answer, error) {
	result, err := cmd.Slice()
	if err != nil {
		return answer{}, err
	}
	var a answer
	a.left, _ = result[0].(int64)
	a.claims, err = s.leased(result[1:], nil, until)
	return a, err
}

// leased reads what a script has claimed. Where it gives a number in place of
// an effect's body, the effect is one of own. Effects that cannot be read are
// left out, so that they do not keep back the others.
func (s *Store) leased(result []any, own []bot.Effect, until time.Time) (claims []bot.Claim, err error) {
	for rest := result; len(rest) >= 3; rest = rest[3:] {
		attempt, _ := rest[1].(int64)
		fence, _ := rest[2].(int64)
		c := bot.Claim{Attempt: int(attempt), Fence: fence, Until: until}
		switch effect := rest[0].(type) {
		case int64:
			c.Effect = own[effect]
		case string:
			if bad := s.codec.unpack([]byte(effect), &c.Effect); bad != nil {
				err = errors.Join(err, bad)
				continue
			}
		}
		claims = append(claims, c)
	}
	return claims, err
}

// Done implements [bot.Outbox]. What [bot.Threads] needs is written before the
// effect is removed, in the shard of the message: when it fails between the
// two, the effect is claimed again and the same is written again.
func (s *Store) Done(ctx context.Context, c bot.Claim, r bot.Receipt, now time.Time) ([]bot.Claim, error) {
	err := s.note(ctx, c.Effect, r)
	if err != nil {
		return nil, fmt.Errorf("done: %w", err)
	}
	sh := shardOf(c.Effect.Session)
	result, err := s.end(ctx, s.scripts.done, c, sh.fence(), from(now), micros(now.Add(s.lease))).Slice()
	if err == nil && result[0] == int64(0) {
		err = bot.ErrFenced
	}
	if err != nil {
		return nil, fmt.Errorf("done: %w", err)
	}
	// The effect is done; what cannot be read after it is claimed again.
	next, _ := s.leased(result[1:], nil, now.Add(s.lease))
	return next, nil
}

// from is a time up to which is claimed, -1 for none.
func from(now time.Time) int64 {
	if now.IsZero() {
		return -1
	}
	return micros(now)
}

// Retry implements [bot.Outbox]. The effect keeps its due time and thereby its
// place in the lane.
func (s *Store) Retry(ctx context.Context, c bot.Claim, due time.Time, why error) error {
	attempts := c.Attempt
	if bot.Untried(why) {
		attempts--
	}
	if err := s.settle(ctx, s.scripts.retry, c, "", micros(due), attempts); err != nil {
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
		dead := shardOf(c.Effect.Session).dead()
		err = s.settle(ctx, s.scripts.bury, c, dead, s.lease.Microseconds(), data)
	}
	if err != nil {
		return fmt.Errorf("bury: %w", err)
	}
	return nil
}

// end runs one of the scripts that end a claim; third is a key of its own.
func (s *Store) end(ctx context.Context, script *script, c bot.Claim, third string, args ...any) *redis.Cmd {
	id := c.Effect.Session
	sh := shardOf(id)
	keys := []string{sh.queue(id), sh.due()}
	if third != "" {
		keys = append(keys, third)
	}
	cmd, err := s.wire.run(ctx, script, keys, append([]any{id, lane(c.Effect), c.Fence}, args...)...)
	if err != nil {
		return redis.NewCmdResult(nil, err) // who waits no longer must not read it
	}
	return cmd
}

// settle is end for scripts that tell only whether the claim was open.
func (s *Store) settle(ctx context.Context, script *script, c bot.Claim, third string, args ...any) error {
	open, err := s.end(ctx, script, c, third, args...).Bool()
	if err == nil && !open {
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
