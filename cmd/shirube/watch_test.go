package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
)

// moody is a store that answers as it is told, and takes its time.
type moody struct {
	keeper
	err   error
	takes time.Duration
	clock time.Time
}

func (m *moody) now() time.Time { return m.clock }

func (m *moody) answer() error {
	m.clock = m.clock.Add(m.takes)
	return m.err
}

func (m *moody) Check(context.Context) error { return m.answer() }

func (m *moody) Load(context.Context, string) (bot.Session, error) { return bot.Session{}, m.answer() }

func (m *moody) Commit(context.Context, bot.Turn, time.Time) ([]bot.Claim, error) {
	return nil, m.answer()
}

func (m *moody) Done(context.Context, bot.Claim, bot.Receipt, time.Time) ([]bot.Claim, error) {
	return nil, m.answer()
}

// TestWatch says what changed, and nothing else.
func TestWatch(t *testing.T) {
	t.Parallel()
	const gone, back = "store is away; platforms are told to deliver again", "store is back"
	away := errors.New("connection refused")
	faults := []error{away, context.DeadlineExceeded}
	calls := map[string]func(*watched) error{
		"check":  func(w *watched) error { return w.Check(t.Context()) },
		"load":   func(w *watched) error { _, err := w.Load(t.Context(), "s"); return err },
		"commit": func(w *watched) error { _, err := w.Commit(t.Context(), bot.Turn{}, time.Time{}); return err },
		"done": func(w *watched) error {
			_, err := w.Done(t.Context(), bot.Claim{}, bot.Receipt{}, time.Time{})
			return err
		},
	}
	type call struct {
		do   string
		err  error
		took time.Duration
	}
	for name, c := range map[string]struct {
		calls []call
		want  []string
	}{
		"well":                              {[]call{{do: "commit"}, {do: "check"}}, nil},
		"away and back":                     {[]call{{"load", away, 0}, {"commit", away, 0}, {"check", away, 0}, {do: "commit"}, {do: "commit"}}, []string{gone, back}},
		"full: it can be read and emptied":  {[]call{{"commit", away, 0}, {do: "load"}, {do: "done"}, {"commit", bot.ErrDuplicate, 0}, {"commit", away, 0}}, []string{gone}},
		"slow: it answers now and then":     {[]call{{"check", context.DeadlineExceeded, time.Second}, {do: "commit", took: time.Second}, {"check", context.DeadlineExceeded, time.Second}}, []string{gone}},
		"slow only":                         {[]call{{do: "commit", took: 2 * time.Second}}, nil},
		"refusals":                          {[]call{{"commit", bot.ErrConflict, 0}, {"commit", bot.ErrDuplicate, 0}, {"done", bot.ErrFenced, 0}}, nil},
		"nobody waited for it any more":     {[]call{{"load", context.Canceled, 0}}, nil},
		"back as soon as the check says so": {[]call{{"done", away, 0}, {do: "check"}}, []string{gone, back}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, m := &journal{}, &moody{clock: time.Unix(1_764_000_000, 0)}
			w := watch(m, slog.New(slog.NewTextHandler(log, nil)), m.now)
			for _, call := range c.calls {
				m.err, m.takes = call.err, call.took
				err := calls[call.do](w)
				if marked := errors.Is(err, bot.ErrAway); !errors.Is(err, call.err) || marked != slices.Contains(faults, call.err) {
					t.Errorf("%s answered %v", call.do, err)
				}
			}
			if got := log.told(); !slices.Equal(got, c.want) {
				t.Errorf("the log says %q, want %q", got, c.want)
			}
		})
	}
}
