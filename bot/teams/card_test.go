package teams

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot"
)

var updateCards = flag.Bool("update-cards", false, "write the golden cards anew")

func testWords(lang, key string) string {
	return lang + " " + strings.TrimPrefix(key, "ui.teams.")
}

// cardMessages are one of every kind.
func cardMessages() map[string]bot.Message {
	clerk := bot.Address{Platform: "teams", Tenant: "t1", Channel: "a:1", User: "u1"}
	where := bot.Progress{Done: 12, Total: 38}
	return map[string]bot.Message{
		"step": {ID: "e1", To: clerk, Lang: "ja", Chapter: "③ CSP 登録", Title: "間接リセラーを選ぶ", Progress: where,
			Parts: []bot.MessagePart{
				{Kind: bot.Notice, Text: "会社名を控えました: A&B <株> *太字* [押す](https://example.com)"},
				{Kind: bot.Do, Text: "1. 「クラウドソリューションプロバイダー間接リセラー」のチェックを確かめます。\n2. 「次へ」を押します。\n\n済んだら、ボタンを押してください。"},
				{Kind: bot.See, Text: "▶ 次に見える画面\nパートナー ID を関連付ける画面に変わります。"},
				{Kind: bot.Avoid, Text: "⚠️ 注意\n「Microsoft AI Cloud Partner Program」と取り違えやすい画面です。"},
			},
			Links:   []string{"https://partner.microsoft.com/ja-jp/dashboard", "https://example.com/?a=b&c=d_e_f", "javascript:alert(1)", "https://example.com/](javascript:alert)"},
			Buttons: []bot.Button{{ID: "s:done:1:x", Label: "できました", Style: bot.Primary}, {ID: "s:error:1:x", Label: "エラーが出た"}}},
		"gate": {ID: "e2", To: clerk, Lang: "ja", Title: "アカウントを保存する", Progress: where,
			Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "一度「保存」を押すと、アカウントは変更できません。"}},
			Buttons: []bot.Button{{ID: "s:confirm:1:x", Label: "確かめた、進む", Style: bot.Danger}, {ID: "s:hold:1:x", Label: "まだです"}}},
		"ask": {ID: "e3", To: clerk, Lang: "ja", Title: "パートナー ID を調べる", Progress: where,
			Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "番号を入力してください。"}},
			Ask:     &bot.Question{ID: "s:form:1:x", Field: "partner_id", Kind: "partner_id", Name: "パートナー ID（ロケーション）", Example: "1234567"},
			Buttons: []bot.Button{{ID: "s:later:1:x", Label: "あとで", Style: bot.Primary}}},
		"status": {ID: "e4", To: clerk, Lang: "ja", Title: "進み具合", Progress: where,
			Fields: []bot.MessageField{{Name: "① 組織アカウント", Value: "✅ 済み"}, {Name: "次に動く人", Value: "あなた"}, {Name: "会社名", Value: "1. A_B_C\n*商事*"}}},
		"notice": {ID: "e6", To: bot.Address{Platform: "teams", Tenant: "t1", Channel: "19:x@thread.tacv2"}, Lang: "ja", Progress: where,
			Parts: []bot.MessagePart{{Kind: bot.Do, Text: "株式会社しるべ商事の山田 太郎さんが、CSP の登録を終えました。"}}},
		"thread": {ID: "e7", To: bot.Address{Platform: "teams", Tenant: "t1", Channel: "19:x@thread.tacv2", Thread: "1", User: "u1"}, Lang: "en",
			Parts: []bot.MessagePart{{Kind: bot.Do, Text: "Hello"}}},
		"en": {ID: "e8", To: clerk, Lang: "en", Chapter: "③ CSP registration", Title: "Enter the company name", Progress: bot.Progress{Done: 38, Total: 38},
			Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "Type the name."}, {Kind: bot.Avoid, Text: "⚠️ Careful\nNot the trade name."}},
			Ask:     &bot.Question{ID: "s:form:1:x", Field: "company", Kind: "company", Name: "Company name", Example: "株式会社しるべ商事"},
			Buttons: []bot.Button{{ID: "s:human:1:x", Label: "Ask my distributor"}}},
		"copy": {ID: "e11", To: clerk, Lang: "ja", Title: "会社情報を入力する", Progress: where,
			Parts: []bot.MessagePart{{Kind: bot.Do, Text: "下の値を、上から順に貼り付けます。"}},
			Fields: []bot.MessageField{
				{Name: "会社名", Value: "株式会社 _しるべ_ *商事*", Copy: true}, {Name: "郵便番号", Value: "100-0001", Copy: true},
				{Name: "次に動く人", Value: "あなた"}},
			Buttons: []bot.Button{{ID: "s:done:1:x", Label: "できました", Style: bot.Primary}}},
		"overlong": overlong(clerk),
		"empty":    {ID: "e9", To: clerk},
	}
}

// overlong has more of everything than a card shows.
func overlong(to bot.Address) bot.Message {
	m := bot.Message{ID: "e10", To: to, Lang: "ja", Chapter: strings.Repeat("章", 200), Title: strings.Repeat("題", 400)}
	for i := range 30 {
		m.Parts = append(m.Parts, bot.MessagePart{Kind: bot.Do, Text: fmt.Sprintf("%d. %s", i+1, strings.Repeat("長い文です。", 50))})
		m.Fields = append(m.Fields, bot.MessageField{Name: fmt.Sprint("項目", i), Value: strings.Repeat("値", 100)})
		m.Buttons = append(m.Buttons, bot.Button{ID: fmt.Sprintf("s:%d:1:x", i), Label: fmt.Sprint("選択肢 ", i)})
		m.Links = append(m.Links, fmt.Sprintf("https://example.com/%d", i))
	}
	return m
}

// TestGoldenCards holds the card of every kind of message, and of one whose
// button was pressed.
func TestGoldenCards(t *testing.T) {
	t.Parallel()
	for name, m := range cardMessages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card := Card(m, testWords)
			goldenCard(t, name, card)
			for _, a := range parseCard(t, card).Actions {
				goldenCard(t, "pressed-"+name, pressed(*a.Data))
				goldenCard(t, "pressed-older-"+name, pressed(*a.Fallback.Data))
				break
			}
		})
	}
}

func goldenCard(t *testing.T, name string, card json.RawMessage) {
	t.Helper()
	var got bytes.Buffer
	if err := json.Indent(&got, card, "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	path := filepath.Join("testdata", "golden", name+".json")
	if *updateCards {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("card changed; run with -update-cards and read the difference:\n%s", got.String())
	}
}

func parseCard(t testing.TB, card json.RawMessage) document {
	t.Helper()
	var doc document
	dec := json.NewDecoder(bytes.NewReader(card))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		t.Fatalf("%v: %s", err, card)
	}
	return doc
}

// TestCardOfAnything makes cards of any message: small enough, never empty, the
// first action first, no more than six of them in sight.
func TestCardOfAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := drawMessage(rt)
		for _, card := range []json.RawMessage{Card(m, testWords), pressed(press{Label: "x", Card: keep(m, carryAll)})} {
			doc := parseCard(t, card)
			if len(card) > maxCard || len(doc.Body) == 0 {
				rt.Fatalf("%d bytes, %d elements", len(card), len(doc.Body))
			}
			shown := 0
			for _, a := range doc.Actions {
				if a.Mode != "secondary" {
					shown++
				}
			}
			if shown > maxPrimary {
				rt.Fatalf("%d actions in sight", shown)
			}
			noEmptyText(rt, doc.Body)
		}
	})
}

func noEmptyText(rt *rapid.T, elements []element) {
	for _, e := range elements {
		empty := map[string]bool{"TextBlock": e.Text == "", "RichTextBlock": len(e.Inlines) == 0, "Container": len(e.Items) == 0, "FactSet": len(e.Facts) == 0}
		if empty[e.Type] {
			rt.Fatalf("empty %s", e.Type)
		}
		noEmptyText(rt, e.Items)
	}
}

func drawMessage(rt *rapid.T) bot.Message {
	long := map[string]string{
		"marks": strings.Repeat("<&\">長い\n", 300), "faces": strings.Repeat("😀", 900), "lines": strings.Repeat("\n.", 200), "joined": strings.Repeat("\u2028", 500),
	}
	text := rapid.Map(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"marks", "faces", "lines", "joined"})), func(s string) string {
		return cmp.Or(long[s], s)
	})
	m := bot.Message{Lang: "ja", Title: text.Draw(rt, "title"), Chapter: text.Draw(rt, "chapter")}
	m.Progress = bot.Progress{Done: rapid.IntRange(-1, 50).Draw(rt, "done"), Total: rapid.IntRange(0, 40).Draw(rt, "total")}
	for range rapid.IntRange(0, 6).Draw(rt, "parts") {
		m.Parts = append(m.Parts, bot.MessagePart{Kind: rapid.SampledFrom([]bot.PartKind{bot.Notice, bot.Do, bot.See, bot.Avoid}).Draw(rt, "kind"), Text: text.Draw(rt, "part")})
	}
	for range rapid.IntRange(0, 40).Draw(rt, "fields") {
		m.Fields = append(m.Fields, bot.MessageField{Name: text.Draw(rt, "name"), Value: text.Draw(rt, "value")})
	}
	for range rapid.IntRange(0, 8).Draw(rt, "links") {
		m.Links = append(m.Links, text.Draw(rt, "link"))
	}
	for i := range rapid.IntRange(0, 20).Draw(rt, "buttons") {
		m.Buttons = append(m.Buttons, bot.Button{ID: fmt.Sprint(i), Label: text.Draw(rt, "label")})
	}
	if rapid.Bool().Draw(rt, "ask") {
		m.Ask = &bot.Question{ID: "f", Name: text.Draw(rt, "question"), Example: text.Draw(rt, "example")}
	}
	return m
}

// BenchmarkCard lays out a whole step.
func BenchmarkCard(b *testing.B) {
	m := cardMessages()["step"]
	for b.Loop() {
		Card(m, testWords)
	}
}

// TestNothingIsMarkdown holds that what people write shows as they wrote it.
func TestNothingIsMarkdown(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a*b*_c_":          `a\*b\*\_c\_`,
		"[x](http://y.zz)": "[x]\u2060(http://y.zz)",
		"1. 一\n- 二":        "\u20601. 一\n\n\u2060- 二",
		"---":              "\u2060---",
		"[x]: http://y.zz": "[x]\u2060: http://y.zz",
		"~~x~~ &amp; <b>":  "~\u2060~x~\u2060~ &\u2060amp; <\u2060b>",
		"{{DATE(x)}}":      "{\u2060{DATE(x)}}",
		"a\x00b\x07":       "ab",
		"株式会社しるべ商事":        "株式会社しるべ商事",
		"12月3日(木) 3.5":     "12月3日(木) 3.5",
	} {
		if got := unmarked(in); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
}

// TestChoicesLeaveTheInputAlone holds that an empty input does not hold up the
// other buttons, and that both kinds of action carry the same ids.
func TestChoicesLeaveTheInputAlone(t *testing.T) {
	t.Parallel()
	doc := parseCard(t, Card(cardMessages()["ask"], testWords))
	form, later := doc.Actions[0], doc.Actions[1]
	if form.Verb != verbForm || form.Style != "positive" || form.Inputs != "" || form.Data.Ask != "s:form:1:x" || form.Fallback.Data.Ask != "s:form:1:x" {
		t.Errorf("form %+v", form)
	}
	if later.Verb != verbPress || later.Style != "" || later.Inputs != "none" || later.Fallback.Inputs != "none" || later.Fallback.Data.Choice != "s:later:1:x" {
		t.Errorf("choice %+v", later)
	}
}

// TestRegexTakesWhatTheEngineTakes holds that a form refuses no answer that the
// engine reads.
func TestRegexTakesWhatTheEngineTakes(t *testing.T) {
	t.Parallel()
	for kind, answers := range map[string][]string{
		"partner_id": {"1234567", "パートナー ID: １２３ ４５６７", "MPN ID 1234567"},
		"date":       {"昨日", "12/3", "today"},
		"company":    {"株式会社しるべ商事", "x"},
	} {
		in := input(bot.Message{Ask: &bot.Question{Kind: kind}}, testWords)
		for _, answer := range answers {
			if !regexp.MustCompile(in.Regex).MatchString(answer) {
				t.Errorf("%s refuses %q", kind, answer)
			}
		}
		if regexp.MustCompile(in.Regex).MatchString("  ") {
			t.Errorf("%s takes blanks", kind)
		}
	}
}
