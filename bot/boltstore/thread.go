package boltstore

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/shirube/shirube/bot"
)

// noted is how long a message is remembered as being about a session. It is
// counted when further messages are noted.
const noted = 90 * 24 * time.Hour

// note remembers a message to a channel without a person, and drops those that
// are too old.
func (b buckets) note(e bot.Effect, r bot.Receipt, now time.Time) error {
	if e.Say == nil || e.To.User != "" || r.ID == "" {
		return nil
	}
	at := e.To
	at.Thread = r.ID
	if r.Channel != "" {
		at.Channel = r.Channel
	}
	key := place(at)
	if value := b.get(threads, key); value != nil {
		if err := b.put(notedAt, string(value[:8])+key, nil); err != nil {
			return err
		}
	}
	when := ordered(micros(now), "")
	if err := b.put(notedAt, when+key, []byte{}); err != nil {
		return err
	}
	if err := b.put(threads, key, []byte(when+e.Session)); err != nil {
		return err
	}
	return b.dropNoted(micros(now.Add(-noted)))
}

// dropNoted drops the messages noted up to then.
func (b buckets) dropNoted(until int64) error {
	for {
		at, key, ok := b.first(notedAt)
		if !ok || at > until {
			return nil
		}
		if err := b.put(threads, key, nil); err != nil {
			return err
		}
		if err := b.put(notedAt, ordered(at, key), nil); err != nil {
			return err
		}
	}
}

// place is the key for a message.
func place(at bot.Address) string {
	place := ""
	for _, part := range []string{at.Platform, at.Tenant, at.Channel, at.Thread} {
		place += ":" + url.PathEscape(part)
	}
	return place
}

// Thread implements [bot.Threads].
func (s *Store) Thread(ctx context.Context, at bot.Address) (session string, err error) {
	err = s.view(ctx, func(b buckets) error {
		if value := b.get(threads, place(at)); value != nil {
			session = string(value[8:])
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("find thread: %w", err)
	}
	return session, nil
}

// Sealed implements [bot.Vault].
func (s *Store) Sealed(ctx context.Context, name string) (sealed []byte, err error) {
	err = s.view(ctx, func(b buckets) error {
		sealed = bytes.Clone(b.get(vault, name))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read vault: %w", err)
	}
	return sealed, nil
}

// Reseal implements [bot.Vault].
func (s *Store) Reseal(ctx context.Context, name string, old, sealed []byte) error {
	err := s.update(ctx, func(b buckets) error {
		if !bytes.Equal(b.get(vault, name), old) {
			return bot.ErrConflict
		}
		if len(sealed) == 0 {
			sealed = nil
		}
		return b.put(vault, name, sealed)
	})
	if err != nil {
		return fmt.Errorf("write vault: %w", err)
	}
	return nil
}
