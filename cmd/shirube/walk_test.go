package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/local"
	"github.com/shirube/shirube/bot/platformtest"
	"github.com/shirube/shirube/bot/teams/teamstest"
)

// Say implements platformtest.Clerk.
func (c *slackWalk) Say(text string) { c.say(text) }

// Press implements platformtest.Clerk.
func (c *slackWalk) Press() bool { return c.press() }

// Text implements platformtest.Clerk.
func (c *slackWalk) Text() string { return c.last.Get("text") }

// teamsDesk is the distributor's channel in Teams.
const teamsDesk = "19:desk@thread.tacv2"

// teamsWalk is a clerk in Teams.
type teamsWalk struct {
	*teamstest.Service
	t    *testing.T
	srv  *server
	n    int
	last card
	desk []card
}

// card is what Teams was sent.
type card struct {
	ID, Text string
	Actions  []struct {
		Verb string
		Data json.RawMessage
	}
}

func readCard(t *testing.T, sent teamstest.Sent) card {
	t.Helper()
	var a struct {
		Attachments []struct {
			Content struct {
				FallbackText string
				Actions      []struct {
					Verb string
					Data json.RawMessage
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(sent.Body), &a); err != nil || len(a.Attachments) != 1 {
		t.Fatalf("sent %s: %v", sent.Body, err)
	}
	return card{ID: sent.ID, Text: a.Attachments[0].Content.FallbackText, Actions: a.Attachments[0].Content.Actions}
}

// deliver delivers an activity twice and returns the second answer.
func (c *teamsWalk) deliver(kind string, more map[string]any) string {
	c.t.Helper()
	c.n++
	a := c.Activity(kind, fmt.Sprint("a", c.n), more)
	c.Deliver(c.srv.mux, a)
	w := c.Deliver(c.srv.mux, a)
	if w.Code != 200 {
		c.t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// listen waits for the reply to the clerk and notes what the channel gets.
func (c *teamsWalk) listen() {
	c.t.Helper()
	for {
		select {
		case sent := <-c.Posted:
			got := readCard(c.t, sent)
			if sent.Conversation == teamsDesk {
				c.desk = append(c.desk, got)
				continue
			}
			c.last = got
			return
		case <-time.After(10 * time.Second):
			c.t.Fatalf("no reply after %q", c.last.Text)
		}
	}
}

// Say implements platformtest.Clerk.
func (c *teamsWalk) Say(text string) {
	c.t.Helper()
	c.deliver("message", map[string]any{"text": text})
	c.listen()
}

// Press implements platformtest.Clerk.
func (c *teamsWalk) Press() bool {
	c.t.Helper()
	for _, a := range c.last.Actions {
		if a.Verb != "press" {
			continue
		}
		answer := c.deliver("invoke", map[string]any{"name": "adaptiveCard/action", "value": map[string]any{"action": map[string]any{"verb": a.Verb, "data": a.Data}}})
		if !strings.Contains(answer, "▸ ") {
			c.t.Errorf("the pressed card does not say what was pressed: %s", answer)
		}
		c.listen()
		return true
	}
	return false
}

// Text implements platformtest.Clerk.
func (c *teamsWalk) Text() string { return c.last.Text }

// localWalk is a clerk in the terminal.
type localWalk struct {
	t    *testing.T
	chat *local.Chat
	last bot.Message
}

// Show implements local.Screen.
func (c *localWalk) Show(m bot.Message) error {
	if m.To.User != "" {
		c.last = m
	}
	return nil
}

// Say implements platformtest.Clerk.
func (c *localWalk) Say(text string) {
	if err := c.chat.Say(c.t.Context(), text); err != nil {
		c.t.Fatal(err)
	}
}

// Press implements platformtest.Clerk.
func (c *localWalk) Press() bool {
	if len(c.last.Buttons) == 0 {
		return false
	}
	if err := c.chat.Press(c.t.Context(), c.last.Buttons[0].ID); err != nil {
		c.t.Fatal(err)
	}
	return true
}

// Text implements platformtest.Clerk.
func (c *localWalk) Text() string { return c.last.Text() }

func walkScript() platformtest.Script {
	return platformtest.Script{
		Hello: "こんにちは", Done: "お疲れさまでした", Most: 120,
		Answers: map[string]string{"会社名を入力する": "株式会社しるべ商事", "": "1234567"},
	}
}

// walkLocal is the way through the procedure in the terminal.
func walkLocal(t *testing.T) []string {
	t.Helper()
	e := world{stdio: stdio{Err: t.Output()}, Now: time.Now}
	files, err := content(e)
	if err != nil {
		t.Fatal(err)
	}
	g, err := loadGuide(files)
	if err != nil {
		t.Fatal(err)
	}
	try := &tryCmd{Locale: "ja"}
	store, err := try.open()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	chat, show := try.chat(g, store, local.NewClock(time.Now, 0))
	c := &localWalk{t: t, chat: chat}
	show(c)
	return platformtest.Walk(t, c, walkScript())
}

// both is a server for Slack and Teams with a distributor in either.
func both(t *testing.T) (*slackWalk, *teamsWalk) {
	t.Helper()
	double := &slackDouble{posts: make(chan url.Values, 64)}
	web := httptest.NewServer(double)
	t.Cleanup(web.Close)
	service := teamstest.New(t, time.Now)
	service.Posted = make(chan teamstest.Sent, 64)
	s, err := readSettings(map[string]string{
		"SLACK_SIGNING_SECRET": "secret", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": web.URL + "/api/", "SLACK_BURST": "1000",
		"TEAMS_APP_ID": teamstest.AppID, "TEAMS_APP_PASSWORD": teamstest.Password, "TEAMS_TENANT_ID": teamstest.Tenant,
		"TEAMS_OPENID_URL": service.Metadata(), "TEAMS_LOGIN_URL": service.Server.URL, "TEAMS_SERVICE_HOSTS": "127.0.0.1",
		"DISTRIBUTOR": "slack:C9,teams:" + teamstest.Tenant + "/" + teamsDesk, "STORE_URL": "file:" + filepath.Join(t.TempDir(), "s.db"), "LOG_LEVEL": "warn",
	})
	if err != nil {
		t.Fatal(err)
	}
	srv, err := newServer(s, world{stdio: stdio{Err: t.Output()}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- srv.worker.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended; srv.close.Close() })
	return &slackWalk{t: t, srv: srv, double: double}, &teamsWalk{Service: service, t: t, srv: srv}
}

// TestWalkIsTheSame walks through the procedure in the terminal, in Slack and in
// Teams, each event delivered twice: the same messages, and the distributor is
// told the same in Slack and in Teams, whichever side the clerk is on.
func TestWalkIsTheSame(t *testing.T) {
	t.Parallel()
	want := walkLocal(t)
	inSlack, inTeams := both(t)
	channel := map[string]any{"id": teamsDesk, "conversationType": "channel", "isGroup": true, "tenantId": teamstest.Tenant}
	inTeams.deliver("installationUpdate", map[string]any{"action": "add", "conversation": channel}) // before anything is for it

	if d := cmp.Diff(want, platformtest.Walk(t, inSlack, walkScript())); d != "" {
		t.Errorf("in Slack (-terminal +Slack):\n%s", d)
	}
	told := len(inSlack.desk)
	inTeams.settle(told)
	if d := cmp.Diff(want, platformtest.Walk(t, inTeams, walkScript())); d != "" {
		t.Errorf("in Teams (-terminal +Teams):\n%s", d)
	}
	inSlack.settle(2 * told)
	inTeams.settle(2 * told)
	if told != 6 {
		t.Errorf("the distributor was told %d times", told)
	}
	for i, text := range inSlack.desk {
		if !strings.HasPrefix(inTeams.desk[i].Text, title(text)) {
			t.Errorf("Slack was told %q, Teams %q", title(text), title(inTeams.desk[i].Text))
		}
	}

	last := inTeams.desk[0]
	inTeams.known(bot.Address{Platform: "teams", Tenant: teamstest.Tenant, Channel: teamsDesk, Thread: last.ID})
	inTeams.deliver("message", map[string]any{"text": "チームズからです", "conversation": teamstest.Channel(teamsDesk, last.ID), "from": map[string]any{"id": "29:staff"}})
	if inSlack.listen(); !strings.Contains(inSlack.Text(), "チームズからです") {
		t.Errorf("the clerk in Slack got %q", inSlack.Text())
	}
	thread := inSlack.threads[told]
	inTeams.known(bot.Address{Platform: "slack", Channel: "C9", Thread: thread})
	event, _ := json.Marshal(map[string]any{"type": "event_callback", "team_id": "T1", "event_id": "EvStaff", "event": map[string]any{
		"type": "message", "channel_type": "channel", "channel": "C9", "user": "U9", "text": "スラックからです", "ts": "9.9", "thread_ts": thread}})
	inSlack.post("/slack/events", string(event))
	if inTeams.listen(); !strings.Contains(inTeams.Text(), "スラックからです") {
		t.Errorf("the clerk in Teams got %q", inTeams.Text())
	}
}

func title(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// settle waits until the channel got so many messages.
func (c *slackWalk) settle(n int) {
	c.t.Helper()
	for len(c.desk) < n {
		select {
		case args := <-c.double.posts:
			c.note(args)
		case <-time.After(10 * time.Second):
			c.t.Fatalf("the channel in Slack got %d messages, want %d", len(c.desk), n)
		}
	}
}

// settle waits until the channel got so many messages.
func (c *teamsWalk) settle(n int) {
	c.t.Helper()
	for len(c.desk) < n {
		select {
		case sent := <-c.Posted:
			if sent.Conversation != teamsDesk {
				c.t.Fatalf("one message too many: %s", sent.Body)
			}
			c.desk = append(c.desk, readCard(c.t, sent))
		case <-time.After(10 * time.Second):
			c.t.Fatalf("the channel in Teams got %d messages, want %d", len(c.desk), n)
		}
	}
}

// known waits until the store knows the thread of what was sent.
func (c *teamsWalk) known(at bot.Address) {
	c.t.Helper()
	for deadline := time.After(10 * time.Second); ; {
		session, err := c.srv.store.Thread(c.t.Context(), at)
		if err != nil {
			c.t.Fatal(err)
		}
		if session != "" {
			return
		}
		select {
		case <-deadline:
			c.t.Fatalf("no session for %+v", at)
		case <-time.After(time.Millisecond):
		}
	}
}
