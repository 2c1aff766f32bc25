package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
)

var _ bot.Graves = (*Store)(nil)

// page is how many sessions with graves are read at once.
const page = 100

// dug is a grave as it is stored.
type dug struct {
	line string // without its end
	at   time.Time
	grave
}

// Buried implements [bot.Graves] with a round trip for each hundred sessions,
// and at least one for each shard.
func (s *Store) Buried(ctx context.Context) iter.Seq2[bot.Grave, error] {
	return func(yield func(bot.Grave, error) bool) {
		for _, sh := range all() {
			if !s.buried(ctx, sh, yield) {
				return
			}
		}
	}
}

// buried tells whether to go on with the next shard. A scan may give a session
// twice.
func (s *Store) buried(ctx context.Context, sh shard, yield func(bot.Grave, error) bool) bool {
	given := map[string]bool{}
	for cursor := uint64(0); ; {
		pairs, next, err := s.scan(ctx, sh, cursor)
		if err != nil {
			yield(bot.Grave{}, fmt.Errorf("list the buried: %w", err))
			return false
		}
		for pair := range slices.Chunk(pairs, 2) {
			if given[pair[0]] {
				continue
			}
			given[pair[0]] = true
			for _, d := range dig(pair[1]) {
				if !yield(bot.GraveOf(d.Effect, d.Attempt, d.Why, d.at), nil) {
					return false
				}
			}
		}
		if cursor = next; cursor == 0 {
			return true
		}
	}
}

// scan reads a page of a shard's sessions, each followed by its graves.
func (s *Store) scan(ctx context.Context, sh shard, cursor uint64) (pairs []string, next uint64, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	return s.client.HScan(ctx, sh.dead(), cursor, "", page).Result()
}

// dig reads a session's graves. One that cannot be read does not keep back the
// others.
func dig(text string) []dug {
	var all []dug
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		at, rest, _ := strings.Cut(line, " ")
		_, data, _ := strings.Cut(rest, " ")
		micros, err := strconv.ParseInt(at, 10, 64)
		d := dug{line: line, at: time.UnixMicro(micros).UTC()}
		if errors.Join(err, json.Unmarshal([]byte(data), &d.grave)) == nil {
			all = append(all, d)
		}
	}
	return all
}

// Exhume implements [bot.Graves] with two round trips. A grave that somebody
// changes between them is left.
func (s *Store) Exhume(ctx context.Context, session string, ids ...string) ([]string, error) {
	found, err := s.exhume(ctx, session, ids)
	if err != nil {
		return nil, fmt.Errorf("exhume: %w", err)
	}
	return found, nil
}

func (s *Store) exhume(ctx context.Context, session string, ids []string) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sh := shardOf(session)
	text, err := s.client.HGet(ctx, sh.dead(), session).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, err
	}
	args := []any{session}
	var asked []string
	for _, d := range dig(text) {
		if !slices.Contains(ids, d.Effect.ID) {
			continue
		}
		body, err := s.codec.plain(nil, d.Effect)
		if err != nil {
			return nil, err
		}
		args, asked = append(args, d.line, micros(d.Effect.Due), lane(d.Effect), body), append(asked, d.Effect.ID)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	keys := []string{sh.queue(session), sh.due(), sh.dead()}
	cmd, err := s.wire.run(ctx, s.scripts.exhume, keys, args...)
	if err != nil {
		return nil, err
	}
	moved, err := cmd.Int64Slice()
	if err != nil {
		return nil, err
	}
	var found []string
	for i, one := range moved {
		if one == 1 {
			found = append(found, asked[i])
		}
	}
	return found, nil
}
