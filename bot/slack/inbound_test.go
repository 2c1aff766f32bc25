package slack_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
)

// TestSignatureVector is the example of Slack's own documents.
func TestSignatureVector(t *testing.T) {
	t.Parallel()
	const body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	const want = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got := sign(time.Unix(1531420618, 0), body).Get("X-Slack-Signature"); got != want {
		t.Errorf("signature = %s, want %s", got, want)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const good = `{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"秘密の言葉","ts":"1"}}`
	for name, c := range map[string]struct {
		path, body string
		header     http.Header
		want       int
	}{
		"unsigned":            {"/slack/events", good, nil, 401},
		"signed for another":  {"/slack/events", good, sign(now(), good+" "), 401},
		"old":                 {"/slack/events", good, sign(now().Add(-6*time.Minute), good), 401},
		"from the future":     {"/slack/events", good, sign(now().Add(6*time.Minute), good), 401},
		"no time":             {"/slack/events", good, http.Header{"X-Slack-Signature": {"v0=00"}}, 401},
		"too large":           {"/slack/events", strings.Repeat("x", 1<<20+1), nil, 413},
		"not JSON":            {"/slack/events", "秘密の言葉", sign(now(), "秘密の言葉"), 400},
		"no command":          {"/slack/commands", "a=b", sign(now(), "a=b"), 400},
		"no interaction":      {"/slack/interactivity", "a=b", sign(now(), "a=b"), 400},
		"broken interaction":  {"/slack/interactivity", "payload=%7B", sign(now(), "payload=%7B"), 400},
		"an old good command": {"/slack/commands", "user_id=U1&team_id=T1", sign(now().Add(-time.Hour), "user_id=U1&team_id=T1"), 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if got := b.post(c.path, c.body, c.header).Code; got != c.want {
				t.Errorf("status %d, want %d", got, c.want)
			}
			if len(b.heard) != 0 {
				t.Errorf("it was handled: %+v", b.heard)
			}
			if n := strings.Count(b.log.String(), "\n"); n != 1 || strings.Contains(b.log.String(), "秘密") {
				t.Errorf("%d log lines, want 1 without content: %s", n, b.log)
			}
		})
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	clerk := bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"}
	heard := func(e bot.Event) []bot.Event {
		e.ID, e.At, e.Name, e.Lang = "Ev1", now(), "山田 太郎", "ja-jp"
		if e.Session == "" {
			e.Session = "slack:T1:U1"
		}
		if e.Kind == bot.Answered {
			e.Name, e.Lang = "", ""
		}
		return []bot.Event{e}
	}
	said := func(text string) []bot.Event { return heard(bot.Event{From: clerk, Kind: bot.Said, Text: text}) }
	for name, c := range map[string]struct {
		inner string
		want  []bot.Event
	}{
		"a message":       {`{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"こんにちは","ts":"1"}`, said("こんにちは")},
		"markup":          {`{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"A&amp;B &lt;株&gt; <mailto:a@b.jp|a@b.jp> <http://x.jp|x.jp> <https://y.jp> <@U9> <#C1|dist>","ts":"1"}`, said("A&B <株> a@b.jp x.jp https://y.jp  dist")},
		"a file with it":  {`{"type":"message","subtype":"file_share","channel_type":"im","channel":"D1","user":"U1","text":"画面です","ts":"1"}`, said("画面です")},
		"an edit":         {`{"type":"message","subtype":"message_changed","channel_type":"im","channel":"D1","message":{"user":"U1","text":"x"},"ts":"1"}`, nil},
		"its own words":   {`{"type":"message","channel_type":"im","channel":"D1","user":"UB","bot_id":"B1","text":"x","ts":"1"}`, nil},
		"a channel":       {`{"type":"message","channel_type":"channel","channel":"C9","user":"U2","text":"x","ts":"1"}`, nil},
		"another thread":  {`{"type":"message","channel_type":"channel","channel":"C9","user":"U2","text":"x","ts":"2","thread_ts":"7.7"}`, nil},
		"an unknown kind": {`{"type":"sun_eclipsed","user":"U1"}`, nil},
		"other tab":       {`{"type":"app_home_opened","user":"U1","tab":"messages"}`, nil},
		"in a thread": {`{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"2","thread_ts":"1.5"}`,
			heard(bot.Event{From: bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", Thread: "1.5", User: "U1"}, Kind: bot.Said, Text: "x"})},
		"the staff's answer": {`{"type":"message","channel_type":"channel","channel":"C9","user":"U2","text":"再度お試しください","ts":"2","thread_ts":"100.1"}`,
			heard(bot.Event{From: bot.Address{Platform: "slack", Tenant: "T1", Channel: "C9", Thread: "100.1", User: "U2"}, Kind: bot.Answered, Text: "再度お試しください"})},
		"the Home tab": {`{"type":"app_home_opened","user":"U1","tab":"home"}`,
			heard(bot.Event{From: bot.Address{Platform: "slack", Tenant: "T1", User: "U1"}, Kind: bot.Looked})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if got := b.event(c.inner).Code; got != 200 {
				t.Errorf("status %d, want 200", got)
			}
			if diff := cmp.Diff(c.want, b.heard); diff != "" {
				t.Errorf("heard (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOuterEvents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, want string }{
		"the challenge":  {`{"type":"url_verification","challenge":"abc123","token":"x"}`, "abc123"},
		"a rate limit":   {`{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}`, ""},
		"something else": {`{"type":"news"}`, ""},
	} {
		b := newBench(t)
		if w := b.post("/slack/events", c.body, sign(now(), c.body)); w.Code != 200 || w.Body.String() != c.want || len(b.heard) != 0 {
			t.Errorf("%s: %d %q, heard %v", name, w.Code, w.Body, b.heard)
		}
	}
}

func TestGridAndStoreAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.err = errors.New("store is away")
	const body = `{"type":"event_callback","team_id":"T1","enterprise_id":"E7","event_id":"Ev1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"1"}}`
	if got := b.post("/slack/events", body, sign(now(), body)).Code; got != 503 {
		t.Errorf("status %d, want 503: Slack delivers it again", got)
	}
	if len(b.heard) != 1 || b.heard[0].Session != "slack:E7:U1" {
		t.Errorf("heard %+v, want the enterprise's session", b.heard)
	}
}

func TestPersonUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers["users.info"] = func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", 500) }
	const hello = `{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"1"}`
	if code := b.event(hello).Code; code != 200 || len(b.heard) != 1 || b.heard[0].Name != "" {
		t.Errorf("status %d, heard %+v; want it handled without a name", code, b.heard)
	}
	delete(b.answers, "users.info")
	b.event(hello)
	b.event(hello)
	if n := len(b.made("users.info")); n != 2 || b.heard[2].Name != "山田 太郎" {
		t.Errorf("%d look-ups, want 2: one failed, one kept", n)
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answer = bot.Answer{Lang: "ja", Say: &bot.Reply{Title: bot.Phrase{Key: "進み具合"}, Parts: []bot.Part{{Kind: bot.Do, Phrase: bot.Phrase{Key: "<&>"}}}}}
	body := url.Values{"user_id": {"U1"}, "team_id": {"T1"}, "channel_id": {"C5"}, "text": {" 状況 "}, "trigger_id": {"1.2.3"}}.Encode()
	w := b.post("/slack/commands", body, sign(now(), body))
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"response_type":"ephemeral"`) || !strings.Contains(w.Body.String(), "進み具合") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	golden(t, "ephemeral", w.Body.Bytes())
	if len(b.heard) != 1 || b.heard[0].Choice != "状況" || b.heard[0].From.Channel != "" || b.heard[0].ID != "command:1.2.3" {
		t.Errorf("heard %+v", b.heard)
	}
	b.err = errors.New("away")
	if w := b.post("/slack/commands", body, sign(now(), body)); w.Code != 200 || !strings.Contains(w.Body.String(), "busy") {
		t.Errorf("with the store away: %d %s", w.Code, w.Body)
	}
}

// press is a click as Slack sends it.
func press(action, value, responseURL string) map[string]any {
	return map[string]any{
		"type": "block_actions", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"}, "channel": map[string]any{"id": "D1"},
		"trigger_id": "9.9", "response_url": responseURL,
		"message": map[string]any{"ts": "5.5", "text": "古い", "blocks": []any{
			map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": "題名"}},
			map[string]any{"type": "actions", "block_id": "actions", "elements": []any{map[string]any{"type": "button", "action_id": "press.0", "value": "v", "text": map[string]any{"type": "plain_text", "text": "できました"}}}},
		}},
		"actions": []any{map[string]any{"type": "button", "action_id": action, "block_id": "actions", "value": value, "action_ts": "7.7", "text": map[string]any{"type": "plain_text", "text": "できました"}}},
	}
}

func TestPressRetiresTheButtons(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if w := b.interact(press("press.0", "step:done:1:x", b.server.URL+"/api/response")); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if len(b.heard) != 1 || b.heard[0].Kind != bot.Pressed || b.heard[0].Choice != "step:done:1:x" || b.heard[0].From.Channel != "D1" {
		t.Errorf("heard %+v", b.heard)
	}
	made := b.made("response")
	if len(made) != 1 {
		t.Fatalf("%d updates of the message", len(made))
	}
	golden(t, "pressed", []byte(made[0].args.Get("json")+"\n"))
	body := made[0].args.Get("json")
	for want, there := range map[string]bool{`"replace_original":true`: true, "題名": true, "▸ できました": true, `"actions"`: false} {
		if strings.Contains(body, want) != there {
			t.Errorf("the pressed message: %q in it is %v: %s", want, !there, body)
		}
	}
}

func TestPressWorksWithoutTheUpdate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers["response"] = func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "expired", 404) }
	if w := b.interact(press("press.0", "v", b.server.URL+"/api/response")); w.Code != 200 || len(b.heard) != 1 {
		t.Errorf("%d, heard %v", w.Code, b.heard)
	}
}

func TestForm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	meta := `{"id":"s:form:1:x","name":"パートナー ID","example":"1234567","lang":"ja"}`
	if w := b.interact(press("form", meta, "")); w.Code != 200 || len(b.heard) != 0 {
		t.Fatalf("%d, heard %v", w.Code, b.heard)
	}
	made := b.made("views.open")
	if len(made) != 1 || !strings.Contains(made[0].args.Get("json"), `"trigger_id":"9.9"`) || !strings.Contains(made[0].args.Get("json"), "1234567") {
		t.Fatalf("opened %+v", made)
	}
	golden(t, "modal", payload(t, b))
	submit := map[string]any{
		"type": "view_submission", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"},
		"view": map[string]any{"id": "V1", "hash": "h1", "private_metadata": meta, "state": map[string]any{"values": map[string]any{"answer": map[string]any{"value": map[string]any{"type": "plain_text_input", "value": "12345"}}}}},
	}
	b.answer = bot.Answer{Lang: "ja", Say: &bot.Reply{Parts: []bot.Part{{Kind: bot.Notice, Phrase: bot.Phrase{Key: "桁数が合いません。"}}}}}
	w := b.interact(submit)
	if want := `{"response_action":"errors","errors":{"answer":"桁数が合いません。"}}`; strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("refused form answers %s, want %s", w.Body, want)
	}
	b.answer = bot.Answer{}
	if w := b.interact(submit); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("taken form answers %d %s", w.Code, w.Body)
	}
	last := b.heard[len(b.heard)-1]
	if last.Kind != bot.Filled || last.Text != "12345" || last.Choice != "s:form:1:x" || last.ID != "form:V1:"+bot.EffectID("h1", "12345", 0) {
		t.Errorf("heard %+v", last)
	}
}

func fuzzEndpoint(f *testing.F, path string, seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		b := newBench(t)
		var w *httptest.ResponseRecorder
		if w = b.post(path, body, sign(now(), body)); w.Code != 200 && w.Code != 400 && w.Code != 503 {
			t.Errorf("status %d", w.Code)
		}
	})
}

func FuzzEvents(f *testing.F) {
	fuzzEndpoint(f, "/slack/events", `{"type":"url_verification","challenge":"x"}`,
		`{"type":"event_callback","event_id":"E","event":{"type":"message","channel_type":"im","user":"U","text":"<a|b>"}}`)
}

func FuzzCommands(f *testing.F) {
	fuzzEndpoint(f, "/slack/commands", "user_id=U1&team_id=T1&text=status", "user_id=%zz")
}

func FuzzInteractivity(f *testing.F) {
	fuzzEndpoint(f, "/slack/interactivity", "payload="+url.QueryEscape(`{"type":"block_actions","user":{"id":"U"},"actions":[{"type":"button","action_id":"press.0","value":"v"}]}`),
		"payload="+url.QueryEscape(`{"type":"view_submission","user":{"id":"U"},"view":{"private_metadata":"{}","state":{"values":{}}}}`))
}

// TestEventsOfAnotherShape takes events that an operator has subscribed to for
// something else: in some the user or the channel is an object.
func TestEventsOfAnotherShape(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, inner := range []string{
		`{"type":"team_join","user":{"id":"U2"}}`,
		`{"type":"channel_created","channel":{"id":"C2"}}`,
		`{"type":"file_shared","ts":1.5}`,
		`null`, `5`,
	} {
		if w := b.event(inner); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", inner, w.Code)
		}
	}
	if w := b.event(`{"type":"message","channel_type":"im","channel":"D1","user":{"id":"U1"},"text":"x","ts":"1"}`); w.Code != http.StatusBadRequest || len(b.heard) > 0 {
		t.Errorf("a message of another shape: status %d, heard %+v", w.Code, b.heard)
	}
}
