package boltstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/shirube/shirube/bot"
)

var _ bot.Graves = (*Store)(nil)

// page is how many sessions with graves are read in one transaction: whoever
// looks at them slowly must not hold it open.
const page = 100

// Buried implements [bot.Graves].
func (s *Store) Buried(ctx context.Context) iter.Seq2[bot.Grave, error] {
	return func(yield func(bot.Grave, error) bool) {
		for after, more := "", true; more; {
			var graves []grave
			err := s.view(ctx, func(b buckets) (err error) {
				graves, after, more, err = b.buried(after)
				return err
			})
			if err != nil {
				yield(bot.Grave{}, fmt.Errorf("list the buried: %w", err))
				return
			}
			for _, g := range graves {
				if !yield(bot.GraveOf(g.Effect, g.Attempt, g.Why, g.At), nil) {
					return
				}
			}
		}
	}
}

// buried reads the graves of the sessions that come after the given one; last
// is the last it read, more tells whether there may be others.
func (b buckets) buried(after string) (all []grave, last string, more bool, err error) {
	cursor := b.tx.Bucket([]byte(dead)).Cursor()
	key, value := cursor.Seek([]byte(after))
	if after != "" && string(key) == after {
		key, value = cursor.Next()
	}
	for n := 0; key != nil && n < page; n++ {
		var graves []grave
		if err := json.Unmarshal(value, &graves); err != nil {
			return nil, "", false, err
		}
		all, last = append(all, graves...), string(key)
		key, value = cursor.Next()
	}
	return all, last, key != nil, nil
}

// Exhume implements [bot.Graves].
func (s *Store) Exhume(ctx context.Context, session string, ids ...string) (found []string, err error) {
	err = s.update(ctx, func(b buckets) error {
		found, err = b.exhume(session, ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("exhume: %w", err)
	}
	return found, nil
}

func (b buckets) exhume(session string, ids []string) (found []string, err error) {
	value := b.get(dead, session)
	if value == nil {
		return nil, nil
	}
	var graves, left []grave
	if err := json.Unmarshal(value, &graves); err != nil {
		return nil, err
	}
	var back []item
	for _, g := range graves {
		if !slices.Contains(ids, g.Effect.ID) {
			left = append(left, g)
			continue
		}
		back, found = append(back, item{Effect: g.Effect, Seq: g.Seq, Attempt: 1}), append(found, g.Effect.ID)
	}
	if len(back) == 0 {
		return nil, nil
	}
	list, err := b.queue(session)
	if err != nil {
		return nil, err
	}
	after := slices.Concat(list, back)
	slices.SortStableFunc(after, func(a, b item) int { return cmp.Compare(a.Seq, b.Seq) })
	if err := b.requeue(session, list, after); err != nil {
		return nil, err
	}
	return found, b.leaveGraves(session, left)
}

// leaveGraves replaces a session's graves.
func (b buckets) leaveGraves(session string, graves []grave) error {
	if len(graves) == 0 {
		return b.put(dead, session, nil)
	}
	value, err := json.Marshal(graves)
	if err != nil {
		return err
	}
	return b.put(dead, session, value)
}
