package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/shirube/shirube/bot"
)

// referTries bounds how often a reference is written again because another one
// of the same conversation was faster.
const referTries = 64

// Reference implements [bot.References] with one command.
func (s *Store) Reference(ctx context.Context, at bot.Address) (bot.Reference, error) {
	kept, _, err := s.reference(ctx, referenceKey(at))
	if err != nil {
		return bot.Reference{}, fmt.Errorf("read reference: %w", err)
	}
	return kept, nil
}

// Refer implements [bot.References]: it compares and swaps with the vault's
// script, again when somebody was faster.
func (s *Store) Refer(ctx context.Context, r bot.Reference) (bot.Reference, error) {
	key := referenceKey(r.At)
	for range referTries {
		old, data, err := s.reference(ctx, key)
		if err != nil {
			return bot.Reference{}, fmt.Errorf("write reference: %w", err)
		}
		kept := r.After(old)
		fresh, err := json.Marshal(kept)
		if err != nil {
			return bot.Reference{}, fmt.Errorf("write reference: %w", err)
		}
		cmd, err := s.wire.run(ctx, s.scripts.reseal, []string{key}, data, fresh)
		if err != nil {
			return bot.Reference{}, fmt.Errorf("write reference: %w", err)
		}
		if cmd.Val() != int64(0) {
			return kept, nil
		}
	}
	return bot.Reference{}, fmt.Errorf("write reference: %w", bot.ErrConflict)
}

// reference reads a reference, and as it is stored.
func (s *Store) reference(ctx context.Context, key string) (r bot.Reference, data []byte, err error) {
	if data, err = s.value(ctx, key); err == nil && data != nil {
		err = json.Unmarshal(data, &r)
	}
	return r, data, err
}

// referenceKey leaves the thread out: it is reached like its channel.
func referenceKey(at bot.Address) string {
	place := ""
	for _, part := range []string{at.Platform, at.Tenant, at.Channel, at.User} {
		place += ":" + url.PathEscape(part)
	}
	return shardOf(place).key("refer" + place)
}
