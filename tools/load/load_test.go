package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// TestFloor drives the floor: every event is replied to once, and the state has
// gone one step on with each.
func TestFloor(t *testing.T) {
	t.Parallel()
	const users, events = 5, 50
	s, err := open(time.Now, users)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	options, err := redis.ParseURL(redistest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &floor{floorCmd: floorCmd{Secret: secret, Token: token, API: s.url}, store: redis.NewClient(options), commit: redis.NewScript(floorCommit), http: client64()}
	t.Cleanup(func() { _ = f.store.Close() })
	web := httptest.NewServer(f.routes())
	t.Cleanup(web.Close)
	s.bot = web.URL + "/slack/events"
	got := s.loop(t.Context(), events, 3)
	if len(got.took) != events || got.failed != 0 || s.posts.Load() != events || s.strays.Load() != 0 {
		t.Errorf("%d replies, %d failed, %d messages, %d of them unexpected; want %d replies", len(got.took), got.failed, s.posts.Load(), s.strays.Load(), events)
	}
	var steps int
	for u := range users {
		var version, step int
		state, err := f.store.Get(t.Context(), fmt.Sprintf("state:U%05d", u)).Result()
		if _, scanned := fmt.Sscanf(state, `%d {"Step":%d}`, &version, &step); err != nil || scanned != nil || version != step {
			t.Errorf("user %d stands at %q (%v)", u, state, err)
		}
		steps += step
	}
	if steps != events {
		t.Errorf("the users have gone %d steps", steps)
	}
}

// TestUnsigned has the floor refuse what is not Slack's.
func TestUnsigned(t *testing.T) {
	t.Parallel()
	f := &floor{floorCmd: floorCmd{Secret: secret}}
	answer := httptest.NewRecorder()
	f.routes().ServeHTTP(answer, httptest.NewRequest("POST", "/slack/events", strings.NewReader("{}")))
	if answer.Code != 401 {
		t.Errorf("the floor answers %d", answer.Code)
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	list := times{in: 2 * time.Second}
	for n := 100; n > 0; n-- {
		list.note(time.Duration(n), nil)
	}
	list.note(0, errLost)
	for part, want := range map[float64]time.Duration{0: 1, .5: 51, .99: 100, 1: 100} {
		if got := list.quantile(part); got != want {
			t.Errorf("quantile(%v) = %d, want %d", part, got, want)
		}
	}
	if list.rate() != 50 || list.failed != 1 {
		t.Errorf("%v a second and %d failed", list.rate(), list.failed)
	}
}

// TestReport holds every run against the floor's of its round.
func TestReport(t *testing.T) {
	t.Parallel()
	at := func(events int) run {
		return run{times: times{took: make([]time.Duration, events), in: time.Second}, resident: 61e6, ready: time.Millisecond}
	}
	results := [][]run{{at(100), at(10)}, {at(80), at(8)}, {at(80), at(7)}}
	var out bytes.Buffer
	if err := report(&out, compareCmd{Rounds: 2, Events: 1}, results, 31e6); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"events a second 55 44 0.80 44 0.75 >= 0.75× met",
		"resident memory, MB 61.0 61.0 1.00 61.0 1.00 < 60 not met",
		"program, MB 31.0 31.0 < 30 not met",
	} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), want) {
			t.Errorf("the report has no line %q:\n%s", want, out.String())
		}
	}
}

func TestChannelOf(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"channel":"D00012","text":"\"channel\":\"x\""}`, "blocks=%5B%5D&channel=D00012&text=a", "channel=D00012"} {
		if got := channelOf([]byte(body)); got != "D00012" {
			t.Errorf("the channel of %s is %q", body, got)
		}
	}
}
