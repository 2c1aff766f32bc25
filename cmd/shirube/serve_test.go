package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/bot/platformtest"
)

func TestServeRefusesSettings(t *testing.T) {
	t.Parallel()
	good := map[string]string{"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1", "STORE_URL": "file:" + filepath.Join(t.TempDir(), "s.db")}
	for name, c := range map[string]struct {
		change map[string]string
		want   string // named in the one line
	}{
		"no platform":          {map[string]string{"SLACK_SIGNING_SECRET": "", "SLACK_BOT_TOKEN": ""}, "no platform is on"},
		"no secret":            {map[string]string{"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET"},
		"no token":             {map[string]string{"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN"},
		"socket without token": {map[string]string{"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN"},
		"half an installation": {map[string]string{"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET"},
		"no key":               {map[string]string{"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x"}, "SECRET_KEY"},
		"a short key":          {map[string]string{"SECRET_KEY": "c2hvcnQ="}, "SECRET_KEY"},
		"an API without end":   {map[string]string{"SLACK_API_URL": "https://slack.com"}, "SLACK_API_URL"},
		"a place that is none": {map[string]string{"DISTRIBUTOR": "C0123"}, "DISTRIBUTOR"},
		"a slip of the pen":    {map[string]string{"SLACK_SIGNIN_SECRET": "s"}, "SLACK_SIGNIN_SECRET"},
		"half of Teams":        {map[string]string{"TEAMS_APP_ID": "x"}, "TEAMS_APP_PASSWORD"},
		"Teams without an app": {map[string]string{"TEAMS_APP_PASSWORD": "geheim", "TEAMS_TENANT_ID": "t"}, "TEAMS_APP_ID"},
		"Teams without tenant": {map[string]string{"TEAMS_APP_ID": "x", "TEAMS_APP_PASSWORD": "geheim"}, "TEAMS_TENANT_ID"},
		"only more tenants":    {map[string]string{"TEAMS_ALLOWED_TENANTS": "*"}, "TEAMS_APP_ID"},
		"a tenant by its name": {map[string]string{"TEAMS_APP_ID": "x", "TEAMS_APP_PASSWORD": "geheim", "TEAMS_TENANT_ID": "contoso.com"}, "TEAMS_TENANT_ID"},
		"a login in the open":  {map[string]string{"TEAMS_LOGIN_URL": "http://login.example.com"}, "TEAMS_LOGIN_URL"},
		"keys in the open":     {map[string]string{"TEAMS_OPENID_URL": "http://login.example.com"}, "TEAMS_OPENID_URL"},
		"a host with a scheme": {map[string]string{"TEAMS_APP_ID": "x", "TEAMS_APP_PASSWORD": "geheim", "TEAMS_TENANT_ID": "t", "TEAMS_SERVICE_HOSTS": "https://x"}, "TEAMS_SERVICE_HOSTS"},
		"a switch to no check": {map[string]string{"TEAMS_SKIP_AUTH": "1"}, "TEAMS_SKIP_AUTH"},
		"a desk that is off":   {map[string]string{"DISTRIBUTOR": "teams:t/19:a@thread.tacv2"}, "DISTRIBUTOR"},
		"a channel's name":     {map[string]string{"DISTRIBUTOR": "slack:#general"}, "DISTRIBUTOR"},
		"one id too many":      {map[string]string{"DISTRIBUTOR": "slack:T1/C1/C2"}, "DISTRIBUTOR"},
		"a language not there": {map[string]string{"DISTRIBUTOR_LANG": "fr"}, "DISTRIBUTOR_LANG"},
		"a file without name":  {map[string]string{"STORE_URL": "file:"}, "STORE_URL"},
		"a pace that is none":  {map[string]string{"SLACK_PACE": "fast"}, "SLACK_PACE"},
		"a delay that is none": {map[string]string{"DRAIN_DELAY": "soon"}, "DRAIN_DELAY"},
		"a delay without end":  {map[string]string{"DRAIN_DELAY": "1h"}, "DRAIN_DELAY"},
		"a level that is none": {map[string]string{"LOG_LEVEL": "loud"}, "LOG_LEVEL"},
		"a store that is none": {map[string]string{"STORE_URL": "mysql://user:geheim@x"}, "STORE_URL"},
		"an address in use":    {map[string]string{"LISTEN_ADDR": "256.0.0.1:1"}, "LISTEN_ADDR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vars := maps.Clone(good)
			vars["STORE_URL"] = "file:" + filepath.Join(t.TempDir(), "s.db")
			maps.Copy(vars, c.change)
			code, _, errs := command(t, vars, "", "serve")
			if code != exitUnable || !strings.Contains(errs, c.want) || strings.Count(errs, "shirube: ") != 1 {
				t.Errorf("exit %d, said %q; want 2 and one line that names %s", code, errs, c.want)
			}
			if strings.Contains(errs, "geheim") {
				t.Errorf("a password shows: %s", errs)
			}
		})
	}
}

func TestServeHelpListsSettings(t *testing.T) {
	t.Parallel()
	code, out, _ := command(t, nil, "", "serve", "--help")
	for _, name := range settingNames() {
		if !strings.Contains(out, name) {
			t.Errorf("exit %d: the help does not name %s", code, name)
		}
	}
}

// slackDouble is Slack's Web API; what is posted can be waited for.
type slackDouble struct {
	posts chan url.Values
}

func (d *slackDouble) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	switch r.URL.Path {
	case "/api/chat.postMessage":
		args := fields(body)
		args.Set("ts", fmt.Sprintf("%d.1", time.Now().UnixNano()))
		d.posts <- args
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, args.Get("channel"), args.Get("ts"))
	case "/api/users.info":
		fmt.Fprint(w, `{"ok":true,"user":{"id":"U1","real_name":"山田 太郎","locale":"ja-JP","profile":{}}}`)
	default:
		fmt.Fprint(w, `{"ok":true}`)
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

// slackWalk is a clerk in Slack.
type slackWalk struct {
	t       *testing.T
	srv     *server
	double  *slackDouble
	n       int
	last    url.Values
	desk    []string
	threads []string // the ids of what the channel got
}

// note keeps what the channel got.
func (c *slackWalk) note(args url.Values) {
	c.desk, c.threads = append(c.desk, args.Get("text")), append(c.threads, args.Get("ts"))
}

func (c *slackWalk) post(path, body string) {
	c.t.Helper()
	stamp := fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, []byte("secret"))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	w := httptest.NewRecorder()
	c.srv.mux.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		c.t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
}

// listen waits for the reply to the clerk and notes what the channel gets.
func (c *slackWalk) listen() {
	c.t.Helper()
	for {
		select {
		case args := <-c.double.posts:
			if args.Get("channel") == "C9" {
				c.note(args)
				continue
			}
			c.last = args
			return
		case <-time.After(10 * time.Second):
			c.t.Fatalf("no reply after %q", c.last.Get("text"))
		}
	}
}

// told waits until the channel has got so many: its lane does not wait for the
// clerk's, nor the clerk's for it.
func (c *slackWalk) told(times int) {
	c.t.Helper()
	for len(c.desk) < times {
		select {
		case args := <-c.double.posts:
			if args.Get("channel") != "C9" {
				c.t.Fatalf("one message too many: %s", args.Get("text"))
			}
			c.desk = append(c.desk, args.Get("text"))
		case <-time.After(10 * time.Second):
			c.t.Fatalf("the distributor was told %d times: %q", len(c.desk), c.desk)
		}
	}
}

func (c *slackWalk) say(text string) {
	c.t.Helper()
	c.n++
	event, _ := json.Marshal(map[string]any{"type": "event_callback", "team_id": "T1", "event_id": fmt.Sprint("Ev", c.n), "event": map[string]any{
		"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": text, "ts": fmt.Sprint(c.n, ".1")}})
	c.post("/slack/events", string(event))
	c.post("/slack/events", string(event)) // Slack delivers it again
	c.listen()
}

// press clicks the first button that is a choice; false when there is none.
func (c *slackWalk) press() bool {
	c.t.Helper()
	var blocks []struct {
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string
		}
	}
	if err := json.Unmarshal([]byte(c.last.Get("blocks")), &blocks); err != nil {
		c.t.Fatal(err)
	}
	for _, block := range blocks {
		for _, e := range block.Elements {
			if !strings.HasPrefix(e.ActionID, "press.") {
				continue
			}
			c.n++
			payload, _ := json.Marshal(map[string]any{"type": "block_actions", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"},
				"channel": map[string]any{"id": "D1"}, "message": map[string]any{"ts": "1.1"},
				"actions": []any{map[string]any{"type": "button", "block_id": "actions", "action_id": e.ActionID, "value": e.Value, "action_ts": fmt.Sprint(c.n, ".2")}}})
			c.post("/slack/interactivity", url.Values{"payload": {string(payload)}}.Encode())
			c.listen()
			return true
		}
	}
	return false
}

// TestSlackWalk walks the whole procedure in Slack: every event delivered
// twice, no message doubled, the distributor told.
func TestSlackWalk(t *testing.T) {
	t.Parallel()
	double := &slackDouble{posts: make(chan url.Values, 16)}
	web := httptest.NewServer(double)
	defer web.Close()
	s, err := readSettings(map[string]string{
		"SLACK_SIGNING_SECRET": "secret", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": web.URL + "/api/", "SLACK_BURST": "1000",
		"DISTRIBUTOR": "slack:C9", "STORE_URL": "file:" + filepath.Join(t.TempDir(), "s.db"), "LOG_LEVEL": "warn",
	})
	if err != nil {
		t.Fatal(err)
	}
	srv, err := newServer(s, world{stdio: stdio{Err: t.Output()}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.close.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- srv.worker.Run(ctx) }()
	defer func() { stop(); <-ended }()

	c := &slackWalk{t: t, srv: srv, double: double}
	inputs := len(platformtest.Walk(t, c, walkScript()))
	c.told(6)
	if last := c.desk[len(c.desk)-1]; !strings.Contains(last, "1234567") || !strings.Contains(last, "山田 太郎") {
		t.Errorf("the distributor was told at last %q", last)
	}
	if len(c.desk) != 6 {
		t.Errorf("the distributor was told %d times: %q", len(c.desk), c.desk)
	}
	select {
	case extra := <-double.posts:
		t.Errorf("one message too many: %s", extra.Get("text"))
	default:
	}
	t.Logf("done after %d inputs, %d notices", inputs, len(c.desk))
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s, err := readSettings(map[string]string{"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "x", "STORE_URL": "file:" + filepath.Join(t.TempDir(), "s.db")})
	if err != nil {
		t.Fatal(err)
	}
	srv, err := newServer(s, world{stdio: stdio{Err: io.Discard}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) int {
		w := httptest.NewRecorder()
		srv.mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Code
	}
	if get("/healthz") != 200 || get("/readyz") != 200 {
		t.Errorf("healthz %d, readyz %d; want both 200", get("/healthz"), get("/readyz"))
	}
	if err := srv.close.Close(); err != nil {
		t.Fatal(err)
	}
	if get("/healthz") != 200 || get("/readyz") != 503 {
		t.Errorf("with the store away: healthz %d, readyz %d; want 200 and 503", get("/healthz"), get("/readyz"))
	}
}
