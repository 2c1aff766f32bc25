package teams_test

import (
	"net/http"
	"testing"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/platformtest"
	"github.com/shirube/shirube/bot/teams"
	"github.com/shirube/shirube/bot/teams/teamstest"
)

func TestPlatform(t *testing.T) {
	t.Parallel()
	platformtest.Run(t, func(t *testing.T, h bot.Handler, threads bot.Threads) platformtest.Rig {
		b := newBench(t, func(c *teams.Config) { c.Handler, c.Threads = h, threads })
		at := map[string]any{"conversation": map[string]any{"id": desk, "conversationType": "channel", "isGroup": true, "tenantId": teamstest.Tenant}}
		b.deliver("installationUpdate", "i", merged(at, map[string]any{"action": "add"})) // the channel's
		b.deliver("typing", "t", nil)                                                     // and the clerk's service are known
		taken := func(kind, id string, more map[string]any) bool {
			code, _ := b.deliver(kind, id, more)
			return code/100 == 2
		}
		return platformtest.Rig{
			Platform: b.platform, Clerk: clerkAt(), Desk: deskAt(), Log: b.log.String,
			Secrets: []string{teamstest.Password, "granted-", "eyJ"},
			Say:     func(id, text string) bool { return taken("message", id, map[string]any{"text": text}) },
			Press:   func(id, sent string) bool { return taken("invoke", id, execute(pressData(t, sent))) },
			Reply: func(id, text string, to bot.Receipt) bool {
				return taken("message", id, map[string]any{"text": text, "conversation": teamstest.Channel(to.Channel, to.ID)})
			},
			Sent: func() string { calls := b.Calls(); return calls[len(calls)-1].Body },
			Forge: func() int {
				return b.Post(b.mux, b.Activity("message", "f", map[string]any{"text": "hi"}), "Bearer eyJhbGciOiJub25lIn0.e30.").Code
			},
			Answer: func(status int, header map[string]string) {
				b.Lock()
				defer b.Unlock()
				if b.Connector = nil; status != 0 {
					b.Connector = func(w http.ResponseWriter, _ *http.Request) {
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
