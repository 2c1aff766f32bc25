package slack

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// transport answers for Slack.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// chatty is a Slack that repeats all it was told, and what it would say, in
// one of many ways of going wrong.
func chatty(t *rapid.T, good string) transport {
	return func(r *http.Request) (*http.Response, error) {
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		told, err := url.QueryUnescape(string(asked))
		if err != nil {
			return nil, err
		}
		status, body := http.StatusOK, good
		switch rapid.SampledFrom([]string{"well", "refused", "odd", "status", "cut", "list", "connection"}).Draw(t, "slack") {
		case "refused":
			body = fmt.Sprintf(`{"ok":false,"error":%q,"needed":%q,"response_metadata":{"messages":[%q]}}`, told+good, told, good)
		case "odd":
			body = fmt.Sprintf(`{"ok":%q,"access_token":%q}`, told, good)
		case "status":
			status, body = http.StatusBadGateway, told+good
		case "cut":
			body = good[:len(good)-1]
		case "list":
			body = fmt.Sprintf(`{"ok":false,"error":"x","errors":[{"odd":%q}]}`, told+good)
		case "connection":
			return nil, errors.New(told + good)
		}
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

// TestNothingIsToldOn: whatever goes wrong, no log line, error, page or
// printed value holds a token, a code, a state or a secret.
func TestNothingIsToldOn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		secret := func(name string) string { return name + "-" + rapid.StringMatching(`[0-9a-f]{12}`).Draw(t, name) }
		token, refresh, code, client := secret("xoxb"), secret("xoxe"), secret("code"), secret("client")
		good := fmt.Sprintf(`{"ok":true,"access_token":%q,"refresh_token":%q,"expires_in":43200,%s}`, token, refresh, inGrid1)
		log, clock := &logDouble{}, &clockDouble{at: time.Unix(1_800_000_000, 0)}
		vault := &vaultDouble{kept: map[string][]byte{}}
		key := []byte(rapid.StringMatching(`[0-9a-f]{32}`).Draw(t, "key"))
		installs, err := NewInstalls(InstallConfig{
			Vault: vault, Key: key, ClientID: "111.222", ClientSecret: client, APIURL: "https://slack.test/api/", Now: clock.now,
			HTTP: &http.Client{Transport: chatty(t, good)}, Log: slog.New(slog.NewTextHandler(log, nil)), Random: rand.Reader,
		})
		if err != nil {
			t.Fatal(err)
		}
		state, shown := installOnce(t, installs, code)
		for range 4 {
			clock.advance(rapid.SampledFrom([]time.Duration{0, time.Minute, 11 * time.Hour, 13 * time.Hour}).Draw(t, "later"))
			_, err := installs.Token(t.Context(), rapid.SampledFrom([]string{"T1", "E1"}).Draw(t, "tenant"))
			shown += fmt.Sprintln(err)
		}
		shown += fmt.Sprintln(installs.Remove(t.Context(), "E1"))
		made := install{Token: token, Refresh: refresh}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			shown += fmt.Sprintf(verb+verb+verb+verb, installs, installs.InstallConfig, made, []any{&made, debt{made, refresh}})
		}
		slog.New(slog.NewJSONHandler(log, nil)).Info("all", "installs", installs, "config", installs.InstallConfig, "record", made)
		for _, s := range []string{token, refresh, code, client, state, string(key), fmt.Sprintf("%x", client), fmt.Sprintf("%x", key)} {
			if strings.Contains(shown+log.String(), s) {
				t.Fatalf("told on: %s in %s%s", s, shown, log)
			}
		}
		for name, sealed := range vault.kept {
			if bytes.Contains(sealed, []byte(token)) || bytes.Contains(sealed, []byte(refresh)) {
				t.Fatalf("%s is kept open", name)
			}
		}
	})
}

// installOnce installs once and returns the state, and what the browser was
// shown after Slack.
func installOnce(t *rapid.T, installs *Installs, code string) (state, shown string) {
	mux := http.NewServeMux()
	installs.Routes(mux)
	begun := httptest.NewRecorder()
	mux.ServeHTTP(begun, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/slack/install", nil))
	to, err := url.Parse(begun.Header().Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	state = to.Query().Get("state")
	query := rapid.SampledFrom([]url.Values{
		{"state": {state}, "code": {code}}, {"state": {state}, "code": {code}}, {"state": {state}, "error": {code}}, {"state": {state[1:]}, "code": {code}},
	}).Draw(t, "back")
	back := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/slack/oauth_redirect?"+query.Encode(), nil)
	back.Header.Set("Cookie", strings.Split(begun.Header().Get("Set-Cookie"), ";")[0])
	ended := httptest.NewRecorder()
	mux.ServeHTTP(ended, back)
	return state, ended.Body.String() + fmt.Sprint(ended.Header())
}
