package deliver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/deliver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is when the tests take place.
func noon() time.Time { return time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC) }

// box is an outbox of one list that notes what became of each effect.
type box struct {
	mu     sync.Mutex
	claims []bot.Claim
	log    []string
	failed error
	done   chan string
	next   map[string][]bot.Claim // what Done hands out after the effect with this id
}

func (b *box) Claim(_ context.Context, _ time.Time, limit int) ([]bot.Claim, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := min(limit, len(b.claims))
	out := b.claims[:n]
	b.claims = b.claims[n:]
	return out, b.failed
}

func (b *box) note(format string, args ...any) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	line := fmt.Sprintf(format, args...)
	b.log = append(b.log, line)
	if b.done != nil {
		b.done <- line
	}
	return nil
}

func (b *box) Done(_ context.Context, c bot.Claim, r bot.Receipt, now time.Time) ([]bot.Claim, error) {
	err := b.note("done %s %s", c.Effect.ID, r.ID)
	b.mu.Lock()
	defer b.mu.Unlock()
	next := b.next[c.Effect.ID]
	if now.IsZero() {
		next = nil
	}
	return next, err
}

func (b *box) Retry(_ context.Context, c bot.Claim, due time.Time, why error) error {
	return b.note("retry %s in %s: %v", c.Effect.ID, due.Sub(noon()), why)
}

func (b *box) Bury(_ context.Context, c bot.Claim, why error) error {
	return b.note("bury %s: %v", c.Effect.ID, why)
}

func (b *box) Next(context.Context) (time.Time, bool, error) { return time.Time{}, false, nil }

// sender is a platform that answers what the test says.
type sender struct {
	send func(bot.Message) (bot.Receipt, error)
}

func (sender) Name() string { return "test" }

func (s sender) Send(_ context.Context, m bot.Message) (bot.Receipt, error) { return s.send(m) }

// plain renders nothing but the ids.
type plain struct{}

func (plain) Message(e bot.Effect) bot.Message { return bot.Message{ID: e.ID, To: e.To} }

// ears is a handler that notes what it heard.
type ears struct{ heard []bot.Event }

func (h *ears) Handle(_ context.Context, e bot.Event) (bot.Answer, error) {
	h.heard = append(h.heard, e)
	return bot.Answer{}, nil
}

func say(id string) bot.Effect {
	return bot.Effect{ID: id, To: bot.Address{Platform: "test"}, Say: &bot.Reply{}}
}

func worker(b *box, log *bytes.Buffer, send func(bot.Message) (bot.Receipt, error)) *deliver.Worker {
	return deliver.New(deliver.Config{
		Outbox: b, Renderer: plain{}, Platforms: []bot.Platform{sender{send}}, Handler: &ears{}, Now: noon,
		Backoff:  deliver.Backoff{First: time.Second, Longest: time.Minute, Attempts: 4, Random: func() float64 { return 0.5 }},
		Log:      slog.New(slog.NewTextHandler(log, nil)),
		Parallel: 4, Narrow: 2, Poll: time.Hour,
	})
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	secret := errors.New("xoxb-secret 山田")
	for _, c := range []struct {
		name    string
		claim   bot.Claim
		receipt string
		err     error
		want    string
	}{
		{"sent", bot.Claim{Effect: say("a"), Attempt: 1}, "r1", nil, "done a r1"},
		{"fails", bot.Claim{Effect: say("a"), Attempt: 1}, "", secret, "retry a in 1s: send: failed"},
		{"fails again", bot.Claim{Effect: say("a"), Attempt: 3}, "", secret, "retry a in 4s: send: failed"},
		{"fails too often", bot.Claim{Effect: say("a"), Attempt: 4}, "", secret, "bury a: failed"},
		{"is told to wait", bot.Claim{Effect: say("a"), Attempt: 1}, "", &bot.SendError{Reason: "ratelimited", Retryable: true, After: 30 * time.Second}, "retry a in 30s: send: ratelimited"},
		{"cannot ever work", bot.Claim{Effect: say("a"), Attempt: 1}, "", &bot.SendError{Reason: "channel_not_found"}, "bury a: channel_not_found"},
		{"has to keep the pace", bot.Claim{Effect: say("a"), Attempt: 99}, "", &bot.SendError{Reason: "paced", Untried: true, After: 70 * time.Millisecond}, "retry a in 70ms: send: paced"},
		{"has no platform", bot.Claim{Effect: bot.Effect{ID: "a", Say: &bot.Reply{}}, Attempt: 1}, "", nil, "bury a: platform_off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := &box{claims: []bot.Claim{c.claim}}
			var log bytes.Buffer
			w := worker(b, &log, func(bot.Message) (bot.Receipt, error) { return bot.Receipt{ID: c.receipt}, c.err })
			if n, err := w.Drain(t.Context()); n != 1 || err != nil {
				t.Fatalf("Drain = %d, %v", n, err)
			}
			if !slices.Equal(b.log, []string{c.want}) {
				t.Errorf("outbox saw %q, want %q", b.log, c.want)
			}
			if strings.Contains(log.String(), "secret") || strings.Contains(log.String(), "山田") {
				t.Errorf("the log tells what a platform's error said: %s", log.String())
			}
		})
	}
}

// TestPanicIsAFailure does not let one effect take the program with it.
func TestPanicIsAFailure(t *testing.T) {
	t.Parallel()
	b := &box{claims: []bot.Claim{{Effect: say("a"), Attempt: 1}}}
	w := worker(b, &bytes.Buffer{}, func(bot.Message) (bot.Receipt, error) { panic("bad content") })
	if _, err := w.Drain(t.Context()); err != nil || !slices.Equal(b.log, []string{"retry a in 1s: send: panic"}) {
		t.Errorf("outbox saw %q (%v)", b.log, err)
	}
}

func TestWakeIsPlayed(t *testing.T) {
	t.Parallel()
	b := &box{claims: []bot.Claim{{Effect: bot.Effect{ID: "w", Session: "s", Wake: "review.wait#0"}, Attempt: 1}}}
	h := &ears{}
	w := deliver.New(deliver.Config{Outbox: b, Handler: h, Now: noon, Log: slog.New(slog.DiscardHandler)})
	if _, err := w.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := bot.Event{ID: "w", Session: "s", At: noon(), Kind: bot.Woke, Choice: "review.wait#0"}
	if len(h.heard) != 1 || h.heard[0] != want {
		t.Errorf("handler heard %+v, want %+v", h.heard, want)
	}
}

// keeper keeps reports; those with the text "2" confirm others.
type keeper struct {
	kept []bot.Report
	err  error
}

func (k *keeper) Report(_ context.Context, r bot.Report) (bool, error) {
	k.kept = append(k.kept, r)
	return r.Text == "2", k.err
}

func (*keeper) Reports(context.Context) ([]bot.Report, error) { return nil, nil }
func (*keeper) Clear(context.Context, string) error           { return nil }

// TestReportIsKept keeps reports, and tells the session of the one that confirms
// others.
func TestReportIsKept(t *testing.T) {
	t.Parallel()
	claim := func(text string) bot.Claim {
		r := bot.Report{ID: "r" + text, Session: "s", Step: "csp.company", Edition: "1a2b3c4d", Text: text, At: noon()}
		return bot.Claim{Effect: bot.Effect{ID: "r" + text, Session: "s", Report: &r}, Attempt: 1}
	}
	for _, c := range []struct {
		name    string
		reports *keeper
		want    []string
	}{
		{"kept", &keeper{}, []string{"done r1 ", "done r2 "}},
		{"away", &keeper{err: bot.ErrAway}, []string{"retry r1 in 1s: send: failed", "retry r2 in 1s: send: failed"}},
		{"nowhere", nil, []string{"bury r1: reports_off", "bury r2: reports_off"}},
	} {
		b, h := &box{claims: []bot.Claim{claim("1"), claim("2")}}, &ears{}
		config := deliver.Config{
			Outbox: b, Handler: h, Now: noon, Log: slog.New(slog.DiscardHandler),
			Backoff: deliver.Backoff{First: time.Second, Longest: time.Minute, Attempts: 4, Random: func() float64 { return 0.5 }},
		}
		if c.reports != nil {
			config.Reports = c.reports
		}
		if _, err := deliver.New(config).Drain(t.Context()); err != nil || !slices.Equal(b.log, c.want) {
			t.Errorf("%s: outbox saw %q (error %v), want %q", c.name, b.log, err, c.want)
		}
		if c.name != "kept" {
			if len(h.heard) > 0 {
				t.Errorf("%s: handler heard %+v", c.name, h.heard)
			}
			continue
		}
		want := bot.Event{ID: "r2:confirmed", Session: "s", At: noon(), Kind: bot.Confirmed, Choice: "csp.company", Text: "2"}
		if len(c.reports.kept) != 2 || len(h.heard) != 1 || h.heard[0] != want {
			t.Errorf("%d were kept, handler heard %+v, want %+v", len(c.reports.kept), h.heard, want)
		}
	}
}

func TestAttemptReachesPlatform(t *testing.T) {
	t.Parallel()
	b := &box{claims: []bot.Claim{{Effect: say("a"), Attempt: 3}}}
	got := 0
	w := worker(b, &bytes.Buffer{}, func(m bot.Message) (bot.Receipt, error) { got = m.Attempt; return bot.Receipt{}, nil })
	if _, err := w.Drain(t.Context()); err != nil || got != 3 {
		t.Errorf("attempt = %d (%v), want 3", got, err)
	}
}

// TestRunWorksLanesApart holds one send while others pass.
func TestRunWorksLanesApart(t *testing.T) {
	t.Parallel()
	b := &box{claims: []bot.Claim{{Effect: say("slow"), Attempt: 1}, {Effect: say("fast"), Attempt: 1}}, done: make(chan string, 2)}
	began, hold := make(chan struct{}), make(chan struct{})
	w := worker(b, &bytes.Buffer{}, func(m bot.Message) (bot.Receipt, error) {
		if m.ID == "slow" {
			close(began)
			<-hold
		}
		return bot.Receipt{}, nil
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	<-began
	if first := <-b.done; first != "done fast " {
		t.Errorf("first done: %q, want the fast one", first)
	}
	stop()
	close(hold)
	if last := <-b.done; last != "done slow " {
		t.Errorf("what was being sent at the stop: %q, want it done", last)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v", err)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for _, random := range []float64{0, 0.999} {
		b := deliver.Backoff{First: time.Second, Longest: 10 * time.Minute, Random: func() float64 { return random }}
		before := time.Duration(0)
		for attempt := 1; attempt < 80; attempt++ {
			pause := b.Pause(attempt, errors.New("x"))
			if pause < before || pause > 15*time.Minute {
				t.Fatalf("attempt %d waits %s after %s", attempt, pause, before)
			}
			before = pause
		}
	}
}
