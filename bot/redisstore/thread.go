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

// note remembers a message to a channel without a person.
func (s *Store) note(ctx context.Context, e bot.Effect, r bot.Receipt) error {
	if e.Say == nil || e.To.User != "" || r.ID == "" {
		return nil
	}
	at := e.To
	at.Thread = r.ID
	if r.Channel != "" {
		at.Channel = r.Channel
	}
	return s.wire.send(ctx, redis.NewStatusCmd(ctx, "set", thread(at), e.Session, "ex", int64(noted.Seconds())))
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
	cmd, err := s.wire.run(ctx, s.scripts.reseal, []string{shardOf(name).vault(name)}, old, sealed)
	if err == nil && cmd.Val() == int64(0) {
		err = bot.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("write vault: %w", err)
	}
	return nil
}

// value reads a string, nil when there is none.
func (s *Store) value(ctx context.Context, key string) ([]byte, error) {
	cmd := redis.NewStringCmd(ctx, "get", key)
	err := s.wire.send(ctx, cmd)
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return cmd.Bytes()
}
