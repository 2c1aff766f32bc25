package boltstore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shirube/shirube/bot"
)

var _ bot.Reports = (*Store)(nil)

// Report implements [bot.Reports].
func (s *Store) Report(ctx context.Context, r bot.Report) (confirmed bool, err error) {
	err = s.update(ctx, func(b buckets) error {
		if r.Step == "" {
			return b.withdraw(r)
		}
		kept, err := b.reported(r.Step)
		if err != nil {
			return err
		}
		kept, confirmed = kept.With(r)
		return b.keep(r.Step, kept)
	})
	if err != nil {
		return false, fmt.Errorf("report: %w", err)
	}
	return confirmed, nil
}

// withdraw drops what a session reported, about whatever step.
func (b buckets) withdraw(r bot.Report) error {
	steps, err := b.steps()
	if err != nil {
		return err
	}
	for _, step := range steps {
		kept, err := b.reported(step)
		if err != nil {
			return err
		}
		if err := b.keep(step, kept.Without(r.Session, r.At)); err != nil {
			return err
		}
	}
	return nil
}

// steps are those that something is kept about.
func (b buckets) steps() (all []string, err error) {
	err = b.tx.Bucket([]byte(reports)).ForEach(func(key, _ []byte) error {
		all = append(all, string(key))
		return nil
	})
	return all, err
}

func (b buckets) reported(step string) (kept bot.Reported, err error) {
	if value := b.get(reports, step); value != nil {
		err = json.Unmarshal(value, &kept)
	}
	return kept, err
}

func (b buckets) keep(step string, kept bot.Reported) error {
	if len(kept.List) == 0 {
		return b.put(reports, step, nil)
	}
	value, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return b.put(reports, step, value)
}

// Reports implements [bot.Reports].
func (s *Store) Reports(ctx context.Context) (all []bot.Report, err error) {
	err = s.view(ctx, func(b buckets) error {
		steps, err := b.steps()
		for _, step := range steps {
			kept, err := b.reported(step)
			if err != nil {
				return err
			}
			all = append(all, kept.List...)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	return all, nil
}

// Clear implements [bot.Reports].
func (s *Store) Clear(ctx context.Context, step string) error {
	err := s.update(ctx, func(b buckets) error { return b.put(reports, step, nil) })
	if err != nil {
		return fmt.Errorf("clear reports: %w", err)
	}
	return nil
}
