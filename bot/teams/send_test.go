package teams_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/teams"
	"github.com/shirube/shirube/bot/teams/teamstest"
)

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>秘密</html>", code) }
}

// met is a bench whose clerk has said something.
func met(t testing.TB, change ...func(*teams.Config)) *bench {
	t.Helper()
	b := newBench(t, change...)
	if code, _ := b.deliver("message", "m", map[string]any{"text": "hi"}); code != 200 {
		t.Fatalf("status %d", code)
	}
	return b
}

func TestSend(t *testing.T) {
	t.Parallel()
	b := met(t)
	for range 2 {
		r, err := b.platform.Send(t.Context(), message(clerkAt()))
		if err != nil || r.Channel != "a:1" || r.ID == "" {
			t.Fatalf("%+v %v", r, err)
		}
	}
	sent := b.Calls()[0]
	if sent.Method != "POST" || sent.Conversation != "a:1" || b.Grants != 1 {
		t.Errorf("sent %+v, %d tokens", sent, b.Grants)
	}
	for text, there := range map[string]bool{
		`"type":"message"`: true, cardType: true, "できました": true, `"summary":"題名`: true, `"from":{"id":"28:`: true,
		"0001-01-01": false, `"text":"題名\n`: false, "ui.teams": false,
	} {
		if strings.Contains(sent.Body, text) != there {
			t.Errorf("%q in it is %v: %s", text, !there, sent.Body)
		}
	}
	b.advance(55 * time.Minute)
	if _, err := b.platform.Send(t.Context(), message(clerkAt())); err != nil || b.Grants != 2 {
		t.Errorf("near the token's end: %v, %d tokens", err, b.Grants)
	}
}

// TestAnswers puts the connector's answers into the worker's terms.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]bot.SendError{
		200: {}, 201: {}, 202: {}, 204: {},
		302: {Reason: "http_302", Retryable: true},
		400: {Reason: "http_400"},
		401: {Reason: "unauthorized", Retryable: true},
		403: {Reason: "blocked_or_uninstalled"},
		404: {Reason: "conversation_not_found"},
		408: {Reason: "http_408", Retryable: true},
		412: {Reason: "http_412", Retryable: true},
		413: {Reason: "http_413"},
		429: {Reason: "ratelimited", Retryable: true, After: 7 * time.Second},
		500: {Reason: "http_500", Retryable: true}, 502: {Reason: "http_502", Retryable: true}, 503: {Reason: "http_503", Retryable: true}, 504: {Reason: "http_504", Retryable: true},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			b := met(t)
			b.Connector = func(w http.ResponseWriter, r *http.Request) {
				if code == 429 {
					w.Header().Set("Retry-After", "7")
				}
				w.Header().Set("Location", b.Server.URL+"/elsewhere")
				w.WriteHeader(code)
			}
			_, err := b.platform.Send(t.Context(), message(clerkAt()))
			if want.Reason == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			got := (*bot.SendError)(nil)
			if !errors.As(err, &got) || *got != want {
				t.Errorf("got %+v, want %+v", err, want)
			}
		})
	}
}

func TestRetryAfterForms(t *testing.T) {
	t.Parallel()
	b := met(t)
	for value, want := range map[string]time.Duration{
		"": 0, "x": 0, "-3": 0, "9999999999": time.Hour, "2": 2 * time.Second, b.now().Add(time.Minute).Format(http.TimeFormat): time.Minute,
	} {
		b.Lock()
		b.Connector = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", value); w.WriteHeader(429) }
		b.Unlock()
		got := (*bot.SendError)(nil)
		if _, err := b.platform.Send(t.Context(), message(clerkAt())); !errors.As(err, &got) || got.After != want {
			t.Errorf("Retry-After %q: %+v, want %v", value, err, want)
		}
	}
}

// TestTokenEndpointFails sends nothing without a token, and everything later.
func TestTokenEndpointFails(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	defer close(stuck)
	for name, answer := range map[string]http.HandlerFunc{
		"401":  status(401),
		"500":  status(500),
		"html": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>teams-client-secret</html>") },
		"no token": func(w http.ResponseWriter, _ *http.Request) {
			jsonAnswer(w, `{"token_type":"Bearer","expires_in":3600}`)
		},
		"empty token": func(w http.ResponseWriter, _ *http.Request) {
			jsonAnswer(w, `{"token_type":"Bearer","access_token":""}`)
		},
		"another kind": func(w http.ResponseWriter, _ *http.Request) { jsonAnswer(w, `{"token_type":"mac","access_token":"x"}`) },
		"broken JSON":  func(w http.ResponseWriter, _ *http.Request) { jsonAnswer(w, `{"token_type":`) },
		"a redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.test/", http.StatusTemporaryRedirect)
		},
		"a cut": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"slow": func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-stuck:
			}
		},
		"down (no host)": nil,
	} {
		t.Run(name, func(t *testing.T) {
			b := met(t, func(c *teams.Config) {
				if answer == nil {
					c.LoginURL = "http://127.0.0.1:1/"
				}
				if name == "slow" {
					c.HTTP.Timeout = 50 * time.Millisecond
				}
			})
			b.Token = answer
			for range 2 {
				_, err := b.platform.Send(t.Context(), message(clerkAt()))
				got := (*bot.SendError)(nil)
				if !errors.As(err, &got) || *got != (bot.SendError{Reason: "token_unavailable", Retryable: true}) || strings.Contains(err.Error(), teamstest.Password) {
					t.Errorf("got %v", err)
				}
			}
			if n := len(b.Calls()); n != 0 {
				t.Errorf("%d sends without a token", n)
			}
			b.Lock()
			b.Token = nil
			b.Unlock()
			if _, err := b.platform.Send(t.Context(), message(clerkAt())); (err != nil) != (answer == nil) {
				t.Errorf("when it is back: %v", err)
			}
		})
	}
}

func jsonAnswer(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, body)
}

// TestRefusedTokenIsFetchedAnew does not use a token again that was refused.
func TestRefusedTokenIsFetchedAnew(t *testing.T) {
	t.Parallel()
	b := met(t)
	b.Connector = status(401)
	_, _ = b.platform.Send(t.Context(), message(clerkAt()))
	b.Lock()
	b.Connector = nil
	b.Unlock()
	if _, err := b.platform.Send(t.Context(), message(clerkAt())); err != nil || b.Grants != 2 {
		t.Errorf("%v, %d tokens", err, b.Grants)
	}
}

// TestBlockedIsParked stops sending to who has blocked the bot, until they are
// heard again.
func TestBlockedIsParked(t *testing.T) {
	t.Parallel()
	b := met(t)
	b.Connector = status(403)
	for range 3 {
		got := (*bot.SendError)(nil)
		if _, err := b.platform.Send(t.Context(), message(clerkAt())); !errors.As(err, &got) || got.Retryable || got.Reason != "blocked_or_uninstalled" {
			t.Errorf("got %v", err)
		}
	}
	if n := len(b.Calls()); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
	b.Lock()
	b.Connector = nil
	b.Unlock()
	b.deliver("message", "m2", map[string]any{"text": "戻りました"})
	if _, err := b.platform.Send(t.Context(), message(clerkAt())); err != nil {
		t.Errorf("after they were heard again: %v", err)
	}
}

// TestFirstProactive makes the direct conversation of a person the bot knows from
// a group only, once.
func TestFirstProactive(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	to := clerkAt()
	to.Channel = ""
	if _, err := b.platform.Send(t.Context(), message(to)); err == nil {
		t.Error("sent with nothing known")
	}
	b.deliver("message", "m", merged(group(), mention("<at>しるべ</at> hi")))
	for range 2 {
		if r, err := b.platform.Send(t.Context(), message(to)); err != nil || r.Channel != "a:made" {
			t.Fatalf("%+v %v", r, err)
		}
	}
	calls := b.Calls()
	if len(calls) != 3 || calls[0].Conversation != "" || !strings.Contains(calls[0].Body, `"members":[{"id":"user-1"}]`) ||
		!strings.Contains(calls[0].Body, `"tenantId":"`+teamstest.Tenant) || calls[1].Conversation != "a:made" || calls[2].Conversation != "a:made" {
		t.Errorf("sent %+v", calls)
	}
}

func TestFirstProactiveRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.deliver("message", "m", merged(group(), mention("<at>しるべ</at> hi")))
	b.Connector = status(403)
	to := clerkAt()
	to.Channel = ""
	for range 2 {
		got := (*bot.SendError)(nil)
		if _, err := b.platform.Send(t.Context(), message(to)); !errors.As(err, &got) || got.Retryable {
			t.Errorf("got %v", err)
		}
	}
	if n := len(b.Calls()); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

// TestChannelWaits keeps what is for a channel until the bot is there.
func TestChannelWaits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	waits := func(calls int) {
		t.Helper()
		_, err := b.platform.Send(t.Context(), message(deskAt()))
		got := (*bot.SendError)(nil)
		if !errors.As(err, &got) || *got != (bot.SendError{Reason: "not_installed", Retryable: true, Untried: true, After: 5 * time.Minute}) || len(b.Calls()) != calls {
			t.Errorf("got %+v after %d calls, want %d", err, len(b.Calls()), calls)
		}
	}
	waits(0)
	b.deliver("message", "m", map[string]any{"text": "hi"}) // the tenant's service is known now
	b.Connector = status(403)
	waits(1)
	waits(1)
	b.advance(5 * time.Minute)
	b.Lock()
	b.Connector = status(404)
	b.Unlock()
	waits(2)
	b.advance(time.Second)
	b.Lock()
	b.Connector = nil
	b.Unlock()
	at := map[string]any{"conversation": map[string]any{"id": desk, "conversationType": "channel", "isGroup": true, "tenantId": teamstest.Tenant}}
	b.install(t, at, at)
	r, err := b.platform.Send(t.Context(), message(deskAt()))
	if err != nil || r.Channel != desk || r.ID == "" {
		t.Fatalf("after it was installed: %+v %v", r, err)
	}
	if last := b.Calls()[2]; last.Conversation != desk || !strings.Contains(last.Body, "reply") {
		t.Errorf("sent %+v", last)
	}
}

// TestServiceThatIsNoLongerAllowed sends no token to a host that was taken off
// the list.
func TestServiceThatIsNoLongerAllowed(t *testing.T) {
	t.Parallel()
	b := newBench(t, func(c *teams.Config) { c.Hosts = []string{"smba.trafficmanager.net"} })
	at := bot.Address{Platform: "teams", Tenant: teamstest.Tenant, User: "user-1"}
	b.shelf.kept[at] = bot.Reference{At: at, Channel: "a:1", Service: b.URL(), Seen: b.now()}
	if _, err := b.platform.Send(t.Context(), message(clerkAt())); err == nil || b.Grants != 0 || len(b.Calls()) != 0 {
		t.Errorf("got %v, %d tokens, %d calls", err, b.Grants, len(b.Calls()))
	}
}

// TestTraffic has much come in and go out at once.
func TestTraffic(t *testing.T) {
	t.Parallel()
	b := met(t)
	const people, each = 8, 10
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			who := map[string]any{
				"from":         map[string]any{"id": fmt.Sprint("29:", n), "aadObjectId": fmt.Sprint("user", n)},
				"conversation": map[string]any{"id": fmt.Sprint("a:", n), "tenantId": teamstest.Tenant}, "text": "hi",
			}
			for i := range each {
				if code, _ := b.deliver("message", fmt.Sprint(i), who); code != 200 {
					t.Errorf("status %d", code)
				}
			}
		})
		all.Go(func() {
			for range each {
				if _, err := b.platform.Send(t.Context(), message(clerkAt())); err != nil {
					t.Errorf("send: %v", err)
				}
				b.try("made-up")
			}
		})
	}
	all.Wait()
	if heard, sent := len(b.heard()), len(b.Calls()); heard != people*each+1 || sent != people*each || b.Grants != 1 || b.Fetches != 1 {
		t.Errorf("heard %d, sent %d, %d tokens, %d fetches", heard, sent, b.Grants, b.Fetches)
	}
}
