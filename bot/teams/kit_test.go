package teams_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/teams"
	"github.com/shirube/shirube/bot/teams/teamstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is moved by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// ears is a handler that notes what it heard and answers what it is told to.
type ears struct {
	mu     sync.Mutex
	events []bot.Event
	answer bot.Answer
	err    error
}

func (e *ears) Handle(_ context.Context, event bot.Event) (bot.Answer, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err == nil {
		e.events = append(e.events, event)
	}
	return e.answer, e.err
}

func (e *ears) heard() []bot.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]bot.Event(nil), e.events...)
}

// shelf keeps references and knows one thread.
type shelf struct {
	mu   sync.Mutex
	kept map[bot.Address]bot.Reference
	err  error
}

func (s *shelf) Thread(_ context.Context, at bot.Address) (string, error) {
	if at.Tenant == teamstest.Tenant && at.Channel == desk && at.Thread == "100" {
		return "slack:T1:U1", s.err
	}
	return "", s.err
}

func (s *shelf) Reference(_ context.Context, at bot.Address) (bot.Reference, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[at], s.err
}

func (s *shelf) Refer(_ context.Context, r bot.Reference) (bot.Reference, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[r.At] = r.After(s.kept[r.At])
	return s.kept[r.At], s.err
}

// desk is the distributor's channel.
const desk = "19:desk@thread.tacv2"

// bench is a platform between Microsoft and a handler.
type bench struct {
	*teamstest.Service
	*ears
	*clock
	shelf    *shelf
	platform *teams.Platform
	mux      *http.ServeMux
	log      *journal
}

func newBench(t testing.TB, change ...func(*teams.Config)) *bench {
	c := &clock{at: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
	b := &bench{
		Service: teamstest.New(t, c.now), ears: &ears{}, clock: c, shelf: &shelf{kept: map[bot.Address]bot.Reference{}}, mux: http.NewServeMux(), log: &journal{},
	}
	config := teams.Config{
		Handler: b.ears, Threads: b.shelf, References: b.shelf, AppID: teamstest.AppID, Password: teamstest.Password, Tenant: teamstest.Tenant,
		Hosts: []string{"127.0.0.1"}, OpenIDURL: b.Metadata(), LoginURL: b.Server.URL, Now: c.now,
		HTTP:  &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second},
		Log:   slog.New(slog.NewTextHandler(b.log, nil)),
		Words: func(_, key string) string { return strings.TrimPrefix(key, "ui.teams.") },
		Render: func(e bot.Effect) bot.Message {
			m := bot.Message{To: e.To, Lang: e.Lang, Title: e.Say.Title.Key}
			for _, p := range e.Say.Parts {
				m.Parts = append(m.Parts, bot.MessagePart{Kind: p.Kind, Text: p.Phrase.Key})
			}
			return m
		},
	}
	for _, c := range change {
		c(&config)
	}
	b.platform = teams.New(config)
	b.platform.Routes(b.mux)
	return b
}

// deliver posts an activity of the clerk and returns the status and the body.
func (b *bench) deliver(kind, id string, more map[string]any) (int, string) {
	w := b.Deliver(b.mux, b.Activity(kind, id, more))
	return w.Code, w.Body.String()
}

// clerkAt is where the clerk reads.
func clerkAt() bot.Address {
	return bot.Address{Platform: "teams", Tenant: teamstest.Tenant, Channel: "a:1", User: "user-1"}
}

func deskAt() bot.Address {
	return bot.Address{Platform: "teams", Tenant: teamstest.Tenant, Channel: desk}
}

// message is one with a button.
func message(to bot.Address) bot.Message {
	return bot.Message{
		ID: "e1", To: to, Lang: "ja", Title: "題名", Attempt: 1, Parts: []bot.MessagePart{{Kind: bot.Do, Text: "本文"}},
		Buttons: []bot.Button{{ID: "step:done:1:x", Label: "できました"}},
	}
}

// pressData is what the first button of a sent card carries.
func pressData(t testing.TB, body string) json.RawMessage {
	t.Helper()
	var a struct {
		Attachments []struct {
			Content struct {
				Actions []struct{ Data json.RawMessage }
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &a); err != nil || len(a.Attachments) == 0 || len(a.Attachments[0].Content.Actions) == 0 {
		t.Fatalf("no button in %s (%v)", body, err)
	}
	return a.Attachments[0].Content.Actions[0].Data
}

// journal is a log that may be read while it is written.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}
