package boltstore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shirube/shirube/bot"
)

// Reference implements [bot.References].
func (s *Store) Reference(ctx context.Context, at bot.Address) (kept bot.Reference, err error) {
	err = s.view(ctx, func(b buckets) error {
		kept, err = b.reference(at)
		return err
	})
	if err != nil {
		return bot.Reference{}, fmt.Errorf("read reference: %w", err)
	}
	return kept, nil
}

// Refer implements [bot.References].
func (s *Store) Refer(ctx context.Context, r bot.Reference) (kept bot.Reference, err error) {
	err = s.update(ctx, func(b buckets) error {
		old, err := b.reference(r.At)
		if err != nil {
			return err
		}
		kept = r.After(old)
		data, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		return b.put(references, referenceKey(r.At), data)
	})
	if err != nil {
		return bot.Reference{}, fmt.Errorf("write reference: %w", err)
	}
	return kept, nil
}

func (b buckets) reference(at bot.Address) (r bot.Reference, err error) {
	if data := b.get(references, referenceKey(at)); data != nil {
		err = json.Unmarshal(data, &r)
	}
	return r, err
}

// referenceKey leaves the thread out: it is reached like its channel.
func referenceKey(at bot.Address) string {
	at.Thread = at.User
	return place(at)
}
