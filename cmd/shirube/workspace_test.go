package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// workspace is Slack's Web API: it keeps what is posted and lets the bot look it
// up. A test may have some calls go wrong.
type workspace struct {
	server *httptest.Server
	// draw, when set, says what becomes of a call to a channel.
	draw func(ctx context.Context, method, channel string) fault

	mu      sync.Mutex
	posts   map[string][]posting // by channel
	changed chan struct{}        // closed, and another one made, with the next post
}

// posting is a message as Slack keeps it.
type posting struct {
	text     string
	stamp    string
	metadata string
}

// fault is how a call goes.
type fault int

const (
	fine fault = iota
	limited
	broken
	cutBefore // the connection breaks and nothing was done
	cutAfter  // it breaks when all was done
	slowly
)

func newWorkspace(t *testing.T) *workspace {
	t.Helper()
	w := &workspace{posts: map[string][]posting{}, changed: make(chan struct{})}
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	return w
}

func (w *workspace) api() string { return w.server.URL + "/api/" }

func (w *workspace) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // whoever called is gone
	}
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	args := arguments(body, r.Header.Get("Content-Type"))
	how := fine
	if w.draw != nil {
		how = w.draw(r.Context(), method, args.Get("channel"))
	}
	if r.Context().Err() != nil {
		return // whoever called did not wait for so long
	}
	switch how {
	case limited:
		rw.Header().Set("Retry-After", "1")
		http.Error(rw, "", http.StatusTooManyRequests)
		return
	case broken:
		http.Error(rw, "", http.StatusInternalServerError)
		return
	case cutBefore:
		panic(http.ErrAbortHandler)
	case slowly:
		select {
		case <-time.After(1500 * time.Millisecond):
		case <-r.Context().Done():
		}
	}
	answer := w.call(method, args)
	if how == cutAfter {
		panic(http.ErrAbortHandler)
	}
	_, _ = io.WriteString(rw, answer) // whoever called may be gone
}

// arguments are a call's, from JSON or a form.
func arguments(body []byte, kind string) url.Values {
	if strings.HasPrefix(kind, "application/json") {
		return fields(body)
	}
	form, _ := url.ParseQuery(string(body))
	return form
}

// call does what a method does.
func (w *workspace) call(method string, args url.Values) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	channel := args.Get("channel")
	switch method {
	case "chat.postMessage":
		p := posting{args.Get("text"), fmt.Sprintf("%d.%06d", time.Now().Unix(), len(w.posts[channel])), args.Get("metadata")}
		w.posts[channel] = append(w.posts[channel], p)
		close(w.changed)
		w.changed = make(chan struct{})
		return fmt.Sprintf(`{"ok":true,"channel":%q,"ts":%q}`, channel, p.stamp)
	case "conversations.history":
		var list []string
		for _, p := range w.posts[channel] {
			list = append([]string{fmt.Sprintf(`{"type":"message","ts":%q,"metadata":%s}`, p.stamp, p.metadata)}, list...)
		}
		return `{"ok":true,"messages":[` + strings.Join(list, ",") + `]}`
	case "users.info":
		return fmt.Sprintf(`{"ok":true,"user":{"id":%q,"real_name":%q,"locale":"ja-JP","profile":{}}}`, args.Get("user"), "担当 "+args.Get("user"))
	}
	return `{"ok":true}`
}

// said are the texts in a channel.
func (w *workspace) said(channel string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var texts []string
	for _, p := range w.posts[channel] {
		texts = append(texts, p.text)
	}
	return texts
}

// hears waits until so many messages are in the channel, or for too long.
func (w *workspace) hears(channel string, many int) bool {
	late := time.After(40 * time.Second)
	for {
		w.mu.Lock()
		enough, changed := len(w.posts[channel]) >= many, w.changed
		w.mu.Unlock()
		if enough {
			return true
		}
		select {
		case <-changed:
		case <-late:
			return false
		}
	}
}

// heard fails the test when the channel does not get so many messages.
func (w *workspace) heard(t *testing.T, channel string, many int) {
	t.Helper()
	if !w.hears(channel, many) {
		t.Fatalf("%s got %q, want %d messages", channel, w.said(channel), many)
	}
}

const signingSecret = "secret"

// event is a direct message as Slack delivers it.
func event(user, id, text string) []byte {
	body, _ := json.Marshal(map[string]any{"type": "event_callback", "team_id": "T1", "event_id": id, "event": map[string]any{
		"type": "message", "channel_type": "im", "channel": "D" + user, "user": "U" + user, "text": text, "ts": "1.1"}})
	return body
}

// platformPatience is how long Slack waits for an answer.
const platformPatience = 3 * time.Second

// knock delivers an event once and returns the status, 0 without an answer.
func knock(base string, body []byte) int {
	stamp := fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, []byte(signingSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r, err := http.NewRequest(http.MethodPost, base+"/slack/events", bytes.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return status(r)
}

// look is the status of a page, 0 without an answer.
func look(page string) int {
	r, err := http.NewRequest(http.MethodGet, page, nil)
	if err != nil {
		return 0
	}
	return status(r)
}

func status(r *http.Request) int {
	client := http.Client{Timeout: platformPatience, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		return 0
	}
	_ = response.Body.Close()
	return response.StatusCode
}
