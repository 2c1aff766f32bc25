package slack_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/platformtest"
	"github.com/shirube/shirube/bot/slack"
)

// event is an event's body with this id.
func eventBody(id string, inner map[string]any) string {
	body, _ := json.Marshal(map[string]any{"type": "event_callback", "team_id": "T1", "event_id": "Ev" + id, "event": inner})
	return string(body)
}

func TestPlatform(t *testing.T) {
	t.Parallel()
	platformtest.Run(t, func(t *testing.T, h bot.Handler, threads bot.Threads) platformtest.Rig {
		b := newBench(t, func(c *slack.Config) { c.Handler, c.Threads = h, threads })
		escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
		event := func(id string, inner map[string]any) bool {
			body := eventBody(id, inner)
			return b.post("/slack/events", body, sign(now(), body)).Code/100 == 2
		}
		return platformtest.Rig{
			Platform: b.platform, Log: b.log.String, Secrets: []string{token, secret},
			Clerk: bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"}, Desk: bot.Address{Platform: "slack", Tenant: "T1", Channel: "C9"},
			Say: func(id, text string) bool {
				return event(id, map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": escape(text), "ts": id + ".1"})
			},
			Press: func(id, sent string) bool {
				if !strings.Contains(sent, "s.one:done:1:x") {
					t.Errorf("no button in %s", sent)
				}
				click := press("press.0", "s.one:done:1:x", "")
				click["actions"].([]any)[0].(map[string]any)["action_ts"] = id + ".7"
				return b.interact(click).Code/100 == 2
			},
			Reply: func(id, text string, to bot.Receipt) bool {
				return event(id, map[string]any{"type": "message", "channel_type": "channel", "channel": "C9", "user": "U9", "text": escape(text), "ts": "200." + id, "thread_ts": to.ID})
			},
			Sent: func() string {
				made := b.made("chat.postMessage")
				return fmt.Sprint(made[len(made)-1].args)
			},
			Forge: func() int {
				return b.post("/slack/events", eventBody("f", nil), http.Header{"X-Slack-Request-Timestamp": {fmt.Sprint(now().Unix())}, "X-Slack-Signature": {"v0=00"}}).Code
			},
			Answer: func(status int, header map[string]string) {
				b.workspace.mu.Lock()
				defer b.workspace.mu.Unlock()
				if delete(b.answers, "chat.postMessage"); status != 0 {
					b.answers["chat.postMessage"] = func(w http.ResponseWriter, _ *http.Request) {
						for name, value := range header {
							w.Header().Set(name, value)
						}
						w.WriteHeader(status)
					}
				}
			},
		}
	})
}
