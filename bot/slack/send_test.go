package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/slack"
)

var update = flag.Bool("update", false, "write the golden files anew")

// messages are one of every kind.
func messages() map[string]bot.Message {
	clerk := bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"}
	panel := clerk
	panel.Channel = bot.Panel
	where := bot.Progress{Done: 12, Total: 38}
	return map[string]bot.Message{
		"step": {ID: "e1", To: clerk, Lang: "ja", Chapter: "③ CSP 登録", Title: "間接リセラーを選ぶ", Progress: where,
			Parts: []bot.MessagePart{
				{Kind: bot.Notice, Text: "会社名を控えました: A&B <株>"},
				{Kind: bot.Do, Text: "1. 「クラウドソリューションプロバイダー間接リセラー」のチェックを確かめます。\n2. 「次へ」を押します。"},
				{Kind: bot.See, Text: "▶ 次に見える画面\nパートナー ID を関連付ける画面に変わります。"},
				{Kind: bot.Avoid, Text: "⚠️ 注意\n「Microsoft AI Cloud Partner Program」と取り違えやすい画面です。"},
			},
			Links:   []string{"https://partner.microsoft.com/ja-jp/dashboard", "https://example.com/?a=b&c=d"},
			Buttons: []bot.Button{{ID: "s:done:1:x", Label: "できました", Style: bot.Primary}, {ID: "s:error:1:x", Label: "エラーが出た"}}},
		"gate": {ID: "e2", To: clerk, Lang: "ja", Title: "アカウントを保存する", Progress: where,
			Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "一度「保存」を押すと、アカウントは変更できません。"}},
			Buttons: []bot.Button{{ID: "s:confirm:1:x", Label: "確かめた、進む", Style: bot.Danger}, {ID: "s:hold:1:x", Label: "まだです"}}},
		"ask": {ID: "e3", To: clerk, Lang: "ja", Title: "パートナー ID を調べる", Progress: where,
			Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "番号を入力してください。"}},
			Ask:     &bot.Question{ID: "s:form:1:x", Field: "partner_id", Name: "パートナー ID（ロケーション）", Example: "1234567"},
			Buttons: []bot.Button{{ID: "s:later:1:x", Label: "あとで", Style: bot.Primary}}},
		"status": {ID: "e4", To: clerk, Lang: "ja", Title: "進み具合", Progress: where,
			Fields: []bot.MessageField{{Name: "① 組織アカウント", Value: "✅ 済み"}, {Name: "次に動く人", Value: "あなた"}}},
		"copy": {ID: "e8", To: clerk, Lang: "ja", Title: "会社情報の入力（CSP）", Progress: where,
			Parts:  []bot.MessagePart{{Kind: bot.Do, Text: "下の値を、画面の同じ欄にそのまま写してください。"}},
			Fields: []bot.MessageField{{Name: "会社名", Value: "株式会社 A&B <しるべ>", Copy: true}, {Name: "電話番号", Value: "0312345678", Copy: true}}},
		"home": {ID: "e5", To: panel, Lang: "ja", Title: "進み具合", Progress: where,
			Fields: []bot.MessageField{{Name: "審査", Value: "⏳ 今ここ"}}, Buttons: []bot.Button{{ID: "s:resume:1:x", Label: "手順に戻る", Style: bot.Primary}}},
		"notice": {ID: "e6", To: bot.Address{Platform: "slack", Tenant: "T1", Channel: "C9"}, Lang: "ja", Progress: where,
			Parts: []bot.MessagePart{{Kind: bot.Do, Text: "株式会社しるべ商事の山田 太郎さんが、CSP の登録を終えました。"}}},
		"thread": {ID: "e7", To: bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", Thread: "1.5", User: "U1"}, Lang: "en",
			Parts: []bot.MessagePart{{Kind: bot.Do, Text: "Hello"}}},
	}
}

// TestGolden holds the payload of every kind of message.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, m := range messages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if _, err := b.platform.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			golden(t, name, payload(t, b))
		})
	}
}

// golden compares with the file of that name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("payload changed; run with -update and read the difference:\n%s", got)
	}
}

// payload is the last call's message as indented JSON.
func payload(t testing.TB, b *bench) []byte {
	t.Helper()
	last := b.calls[len(b.calls)-1]
	fields := map[string]any{"method": last.method}
	for name, values := range last.args {
		var nested any
		if name == "token" || json.Unmarshal([]byte(values[0]), &nested) != nil {
			nested = values[0]
		}
		if name != "token" {
			fields[name] = nested
		}
	}
	data, err := json.MarshalIndent(fields, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

// TestLimits sends messages of any size: Slack's bounds hold by construction.
func TestLimits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	channels := 0
	rapid.Check(t, func(rt *rapid.T) {
		channels++
		m := bot.Message{To: bot.Address{Channel: fmt.Sprint(channels)}, Title: drawText(rt, "title"), Chapter: drawText(rt, "chapter")}
		for range rapid.IntRange(0, 8).Draw(rt, "parts") {
			m.Parts = append(m.Parts, bot.MessagePart{Kind: bot.Do, Text: drawText(rt, "part")})
		}
		for range rapid.IntRange(0, 15).Draw(rt, "fields") {
			m.Fields = append(m.Fields, bot.MessageField{Name: drawText(rt, "name"), Value: drawText(rt, "value")})
		}
		for range rapid.IntRange(0, 4).Draw(rt, "buttons") {
			m.Buttons = append(m.Buttons, bot.Button{ID: "x", Label: drawText(rt, "label"), Style: rapid.SampledFrom([]bot.Style{bot.Plain, bot.Primary, bot.Danger}).Draw(rt, "style")})
		}
		if _, err := b.platform.Send(t.Context(), m); err != nil {
			rt.Fatal(err)
		}
		args := b.calls[len(b.calls)-1].args
		var blocks []map[string]any
		if err := json.Unmarshal([]byte(args.Get("blocks")), &blocks); err != nil {
			rt.Fatal(err)
		}
		if len(blocks) > 50 {
			rt.Fatalf("%d blocks", len(blocks))
		}
		total := 0
		for _, block := range blocks {
			total += longest(rt, block)
		}
		if total > 13_200 {
			rt.Fatalf("%d characters in all blocks", total)
		}
		if utf8.RuneCountInString(args.Get("text")) > 40_000 {
			rt.Fatal("text too long")
		}
	})
}

// drawText draws a text of any length; a failure prints the length only.
func drawText(rt *rapid.T, label string) string {
	n := rapid.OneOf(rapid.IntRange(0, 30), rapid.IntRange(0, 20_000)).Draw(rt, label)
	return string([]rune(strings.Repeat("長い文。\n", n/5+1))[:n])
}

// longest checks every text of a block and returns their sum.
func longest(rt *rapid.T, block map[string]any) int {
	limit := map[string]int{"header": 150, "rich_text": 3000, "context": 2000, "actions": 300}[fmt.Sprint(block["type"])]
	if limit == 0 {
		rt.Fatalf("a block of an unknown kind: %v", block["type"])
	}
	sum := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if s, isText := v["text"].(string); isText {
				sum += utf8.RuneCountInString(s)
				if v["type"] == "text" && s == "" || utf8.RuneCountInString(s) > limit {
					rt.Fatalf("a text of %d characters in %s", utf8.RuneCountInString(s), block["type"])
				}
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(block)
	return sum
}

func TestSendErrors(t *testing.T) {
	t.Parallel()
	fail := func(status int, body string, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   bot.SendError
	}{
		"429 for ever":      {fail(429, "", "Retry-After", "99999999"), bot.SendError{Reason: "ratelimited", Retryable: true, After: time.Hour}},
		"429 in the past":   {fail(429, "", "Retry-After", "-5"), bot.SendError{Reason: "ratelimited", Retryable: true}},
		"429":               {fail(429, "", "Retry-After", "7"), bot.SendError{Reason: "ratelimited", Retryable: true, After: 7 * time.Second}},
		"500":               {fail(500, "oops"), bot.SendError{Reason: "http_status", Retryable: true}},
		"channel_not_found": {fail(200, `{"ok":false,"error":"channel_not_found"}`), bot.SendError{Reason: "channel_not_found"}},
		"account_inactive":  {fail(200, `{"ok":false,"error":"account_inactive"}`), bot.SendError{Reason: "account_inactive"}},
		"not_in_channel":    {fail(200, `{"ok":false,"error":"not_in_channel"}`), bot.SendError{Reason: "not_in_channel"}},
		"invalid_auth":      {fail(200, `{"ok":false,"error":"invalid_auth"}`), bot.SendError{Reason: "invalid_auth", Retryable: true}},
		"internal_error":    {fail(200, `{"ok":false,"error":"internal_error"}`), bot.SendError{Reason: "internal_error", Retryable: true}},
		"HTML":              {fail(200, "<html>"), bot.SendError{Reason: "connection", Retryable: true}},
		"a reset": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := w.(http.Hijacker).Hijack()
			_ = conn.Close()
		}, bot.SendError{Reason: "connection", Retryable: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.answers["chat.postMessage"] = c.answer
			_, err := b.platform.Send(t.Context(), messages()["step"])
			var got *bot.SendError
			if !errors.As(err, &got) || *got != c.want {
				t.Errorf("Send = %+v, want %+v", err, c.want)
			}
			if s := fmt.Sprint(err) + b.log.String(); strings.Contains(s, token) || strings.Contains(s, "間接") {
				t.Errorf("a secret or the text leaks: %s", s)
			}
			if n := len(b.made("chat.postMessage")); n != 1 {
				t.Errorf("%d tries; only the worker may repeat", n)
			}
		})
	}
}

// TestPace sends a burst to one channel; another one is not held up.
func TestPace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	sent, held := 0, time.Duration(0)
	for range 25 {
		_, err := b.platform.Send(t.Context(), messages()["notice"])
		var paced *bot.SendError
		switch {
		case err == nil:
			sent++
		case errors.As(err, &paced) && paced.Untried:
			held = paced.After
		default:
			t.Fatal(err)
		}
	}
	if sent != 20 || held <= 0 || held > time.Second {
		t.Errorf("%d sent at once, the next after %s; want 20, then within a second", sent, held)
	}
	if _, err := b.platform.Send(t.Context(), messages()["step"]); err != nil {
		t.Errorf("another channel is held up: %v", err)
	}
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	m := messages()["step"]
	m.To.Channel = ""
	got, err := b.platform.Send(t.Context(), m)
	if want := (bot.Receipt{Channel: "D1", ID: "171.1"}); err != nil || got != want {
		t.Errorf("receipt %+v (%v), want %+v", got, err, want)
	}
	if to := b.made("chat.postMessage")[0].args.Get("channel"); to != "U1" {
		t.Errorf("posted to %q, want the person until the channel is known", to)
	}
}

// nobody has no token for any tenant.
type nobody struct{}

func (nobody) Token(context.Context, string) (string, error) { return "", slack.ErrNotInstalled }

func TestChannelWaitsForInstallation(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.platform.Tokens = nobody{}
	for name, waits := range map[string]bool{"notice": true, "step": false} {
		_, err := b.platform.Send(t.Context(), messages()[name])
		var got *bot.SendError
		if !errors.As(err, &got) || got.Reason != "not_installed" || got.Untried != waits || got.Retryable != waits {
			t.Errorf("%s: %+v, want waiting %v", name, err, waits)
		}
	}
}

// TestLookUp repeats a send that may have gone through: what is found in the
// history is not sent again.
func TestLookUp(t *testing.T) {
	t.Parallel()
	there := func(id string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"ok":true,"messages":[{"ts":"9.9","metadata":{"event_type":"other","event_payload":{"id":"e1"}}},{"ts":"8.8","metadata":{"event_type":"shirube_effect","event_payload":{"id":%q}}}]}`, id)
		}
	}
	for name, c := range map[string]struct {
		history http.HandlerFunc
		posts   int
		want    bot.Receipt
		retry   bool
	}{
		"arrived":      {there("e1"), 0, bot.Receipt{Channel: "D1", ID: "8.8"}, false},
		"not arrived":  {there("e9"), 1, bot.Receipt{Channel: "D1", ID: "171.1"}, false},
		"cannot tell":  {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", 500) }, 0, bot.Receipt{}, true},
		"may not look": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"ok":false,"error":"missing_scope"}`) }, 1, bot.Receipt{Channel: "D1", ID: "171.1"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.answers["conversations.history"] = c.history
			m := messages()["step"]
			m.Attempt = 2
			got, err := b.platform.Send(t.Context(), m)
			if got != c.want || (err != nil) != c.retry || len(b.made("chat.postMessage")) != c.posts {
				t.Errorf("receipt %+v, error %v, %d posts; want %+v, %v, %d", got, err, len(b.made("chat.postMessage")), c.want, c.retry, c.posts)
			}
		})
	}
}

// TestRefusedIsNotLookedUp sends again without a look what was refused before.
func TestRefusedIsNotLookedUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.answers["chat.postMessage"] = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "1"); w.WriteHeader(429) }
	m := messages()["step"]
	for m.Attempt = 1; m.Attempt <= 3; m.Attempt++ {
		if _, err := b.platform.Send(t.Context(), m); err == nil {
			t.Fatal("sent")
		}
	}
	if n := len(b.made("conversations.history")); n != 0 {
		t.Errorf("%d looks at the history", n)
	}
	m.Attempt = 9 // others were made by another process in between
	_, _ = b.platform.Send(t.Context(), m)
	if n := len(b.made("conversations.history")); n != 1 {
		t.Errorf("%d looks at the history after another process's attempt, want 1", n)
	}
}
