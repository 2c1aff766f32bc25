package slack_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/slack"
)

// TestMain looks for leaks; a client of fasthttp keeps house until the program
// ends.
func TestMain(m *testing.M) {
	const client = "github.com/valyala/fasthttp."
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(client+"(*Client).mCleaner"),
		goleak.IgnoreAnyFunction(client+"(*HostClient).connsCleaner"), goleak.IgnoreAnyFunction(client+"(*TCPDialer).tcpAddrsClean"))
}

const (
	secret = "8f742231b10e8888abcd99yyyzzz85a5"
	token  = "xoxb-test-token"
)

func now() time.Time { return time.Unix(1_764_000_000, 0) }

// call is one request to the Web API.
type call struct {
	method string
	args   url.Values
}

// workspace is Slack's Web API as far as a test needs it.
type workspace struct {
	mu      sync.Mutex
	calls   []call
	answers map[string]http.HandlerFunc // by method; others answer ok
	server  *httptest.Server
}

func newWorkspace(t testing.TB) *workspace {
	w := &workspace{answers: map[string]http.HandlerFunc{}}
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.server.Close)
	return w
}

func (w *workspace) serve(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	args, _ := url.ParseQuery(string(body))
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		args = url.Values{"json": {string(body)}}
	}
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	if method == "chat.postMessage" {
		args = fields(body)
	}
	w.mu.Lock()
	w.calls = append(w.calls, call{method, args})
	answer := w.answers[method]
	w.mu.Unlock()
	switch {
	case answer != nil:
		answer(rw, r)
	case method == "users.info":
		fmt.Fprint(rw, `{"ok":true,"user":{"id":"U1","real_name":"山田 太郎","locale":"ja-JP","profile":{}}}`)
	case method == "chat.postMessage":
		fmt.Fprint(rw, `{"ok":true,"channel":"D1","ts":"171.1"}`)
	default:
		fmt.Fprint(rw, `{"ok":true}`)
	}
}

// fields are a JSON object's: texts as they are, all else as JSON.
func fields(body []byte) url.Values {
	var raw map[string]json.RawMessage
	_ = json.Unmarshal(body, &raw)
	values := url.Values{}
	for name, value := range raw {
		text := string(value)
		_ = json.Unmarshal(value, &text)
		values.Set(name, text)
	}
	return values
}

// made are the calls of a method.
func (w *workspace) made(method string) []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	var made []call
	for _, c := range w.calls {
		if c.method == method {
			made = append(made, c)
		}
	}
	return made
}

// ears is a handler that notes what it heard and answers what it is told to.
type ears struct {
	mu     sync.Mutex
	heard  []bot.Event
	answer bot.Answer
	err    error
}

func (e *ears) Handle(_ context.Context, event bot.Event) (bot.Answer, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, event)
	return e.answer, e.err
}

// threads knows one thread.
type threads map[string]string

func (t threads) Thread(_ context.Context, at bot.Address) (string, error) {
	return t[at.Channel+"/"+at.Thread], nil
}

// bench is a platform between a workspace and a handler.
type bench struct {
	*workspace
	*ears
	platform *slack.Platform
	mux      *http.ServeMux
	log      *journal
}

func newBench(t testing.TB, change ...func(*slack.Config)) *bench {
	b := &bench{workspace: newWorkspace(t), ears: &ears{}, mux: http.NewServeMux(), log: &journal{}}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	config := slack.Config{
		Handler: b.ears, Threads: threads{"C9/100.1": "slack:T1:U1"}, Tokens: slack.OneToken(token), Secret: secret,
		APIURL: b.server.URL + "/api/", HTTP: client, Line: newLine(t), Now: now, Log: slog.New(slog.NewTextHandler(b.log, nil)), Pace: slack.DefaultPace(),
		Words: func(_, key string) string { return strings.TrimPrefix(key, "ui.slack.") },
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
	b.platform = slack.New(config)
	b.platform.Routes(b.mux)
	return b
}

func newLine(t testing.TB) slack.Line {
	t.Helper()
	line, err := slack.NewLine(5 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// sign is Slack's signature of a body.
func sign(at time.Time, body string) http.Header {
	stamp := fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return http.Header{
		"X-Slack-Request-Timestamp": {stamp}, "X-Slack-Signature": {"v0=" + hex.EncodeToString(mac.Sum(nil))},
	}
}

// post sends a request as Slack does.
func (b *bench) post(path, body string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	b.mux.ServeHTTP(w, r)
	return w
}

func (b *bench) event(inner string) *httptest.ResponseRecorder {
	body := fmt.Sprintf(`{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":%s}`, inner)
	return b.post("/slack/events", body, sign(now(), body))
}

func (b *bench) interact(payload any) *httptest.ResponseRecorder {
	data, _ := json.Marshal(payload)
	body := url.Values{"payload": {string(data)}}.Encode()
	return b.post("/slack/interactivity", body, sign(now(), body))
}

// waitLog waits until the log holds a text.
func (b *bench) waitLog(t testing.TB, text string) {
	t.Helper()
	for deadline := time.After(5 * time.Second); ; {
		if strings.Contains(b.log.String(), text) {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("the log does not say %q: %s", text, b.log)
		case <-time.After(time.Millisecond):
		}
	}
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
