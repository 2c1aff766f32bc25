package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
)

// noted is how long a message is remembered as being about a session.
const noted = 90 * 24 * time.Hour

// Done implements [bot.Outbox]. What [bot.Threads] needs is written before the
// effect is removed, in the shard of the message: when it fails between the
// two, the effect is claimed again and the same is written again.
func (s *Store) Done(ctx context.Context, c bot.Claim, r bot.Receipt) error {
	err := s.note(ctx, c.Effect, r)
	if err == nil {
		err = s.settle(ctx, s.scripts.done, c)
	}
	if err != nil {
		return fmt.Errorf("done: %w", err)
	}
	return nil
}

// note remembers a message to a channel without a person.
func (s *Store) note(ctx context.Context, e bot.Effect, r bot.Receipt) error {
	if e.Say == nil || e.To.User != "" || r.ID == "" {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	at := e.To
	at.Thread = r.ID
	if r.Channel != "" {
		at.Channel = r.Channel
	}
	return s.client.Set(ctx, thread(at), e.Session, noted).Err()
}

// thread is the key for a message.
func thread(at bot.Address) string {
	place := ""
	for _, part := range []string{at.Platform, at.Tenant, at.Channel, at.Thread} {
		place += ":" + url.PathEscape(part)
	}
	return shardOf(place).key("thread" + place)
}

// Thread implements [bot.Threads] with one command.
func (s *Store) Thread(ctx context.Context, at bot.Address) (session string, err error) {
	value, err := s.value(ctx, thread(at))
	if err != nil {
		return "", fmt.Errorf("find thread: %w", err)
	}
	return string(value), nil
}

// Sealed implements [bot.Vault] with one command.
func (s *Store) Sealed(ctx context.Context, name string) ([]byte, error) {
	value, err := s.value(ctx, shardOf(name).vault(name))
	if err != nil {
		return nil, fmt.Errorf("read vault: %w", err)
	}
	return value, nil
}

// Reseal implements [bot.Vault].
func (s *Store) Reseal(ctx context.Context, name string, old, sealed []byte) error {
	err := ctx.Err()
	if err == nil {
		key := shardOf(name).vault(name)
		var replaced bool
		replaced, err = s.scripts.reseal.Run(ctx, s.client, []string{key}, old, sealed).Bool()
		if err == nil && !replaced {
			err = bot.ErrConflict
		}
	}
	if err != nil {
		return fmt.Errorf("write vault: %w", err)
	}
	return nil
}

// value reads a string, nil when there is none.
func (s *Store) value(ctx context.Context, key string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	value, err := s.client.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return value, err
}
