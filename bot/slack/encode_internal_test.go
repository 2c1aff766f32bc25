package slack

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot"
)

// TestScript holds what is written by hand against the SDK's own JSON, for
// messages with anything in them.
func TestScript(t *testing.T) {
	t.Parallel()
	p := New(Config{Now: func() time.Time { return time.Time{} }, Words: func(_, key string) string { return key }})
	rapid.Check(t, func(r *rapid.T) {
		odd := rapid.OneOf(rapid.String(), rapid.StringMatching(`[あ「」"\\\n\t\x{2028}<&>]{0,9}`), rapid.Just("\xff\x00"))
		m := bot.Message{ID: "e1", Title: odd.Draw(r, "title"), Links: rapid.SliceOfN(odd, 0, 2).Draw(r, "links"), Chapter: odd.Draw(r, "chapter")}
		for _, kind := range []bot.PartKind{bot.See, bot.Notice} {
			m.Parts = append(m.Parts, bot.MessagePart{Kind: kind, Text: odd.Draw(r, "part")})
		}
		for _, style := range []bot.Style{bot.Primary, bot.Danger, ""} {
			m.Buttons = append(m.Buttons, bot.Button{ID: odd.Draw(r, "id"), Label: odd.Draw(r, "label"), Style: style})
		}
		if rapid.Bool().Draw(r, "fields") {
			m.Fields = []bot.MessageField{{Name: odd.Draw(r, "name"), Value: odd.Draw(r, "value"), Copy: rapid.Bool().Draw(r, "copy")}}
		}
		sent := p.posted("D1", m)
		var s script
		s.message(sent)
		var got struct {
			Channel, Text string
			Blocks        any
			Metadata      struct {
				Payload struct{ ID string } `json:"event_payload"`
			}
		}
		if err := json.Unmarshal(s.Bytes(), &got); err != nil || s.err != nil {
			r.Fatalf("%v, %v: %s", err, s.err, s.String())
		}
		data, err := json.Marshal(sent.Blocks)
		if err != nil {
			r.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(data, &want); err != nil {
			r.Fatal(err)
		}
		if d := cmp.Diff(want, got.Blocks); d != "" || got.Channel != "D1" || got.Metadata.Payload.ID != "e1" {
			r.Fatalf("the SDK's JSON (-) and ours (+):\n%s\n%s", d, s.String())
		}
	})
}
