package local

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/shirube/shirube/bot"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a message with everything a message may have.
func sample() bot.Message {
	return bot.Message{
		To: bot.Address{User: "you"}, Chapter: "③ CSP 登録", Title: "会社情報を入力する",
		Parts: []bot.MessagePart{
			{Kind: bot.Notice, Text: "会社名を控えました: 株式会社しるべ商事"},
			{Kind: bot.Do, Text: "1. 「会社情報」の画面で、登記どおりの会社名と住所を、一文字ずつ確かめながら入力します。とても長いので折り返します。\n2. 「次へ」を押します。"},
			{Kind: bot.See, Text: "▶ 次に見える画面\n「顧客サポート情報」の画面です。"},
			{Kind: bot.Avoid, Text: "⚠️ 注意\n略称は使いません。"},
		},
		Fields:   []bot.MessageField{{Name: "会社名", Value: "株式会社しるべ商事"}, {Name: "ID", Value: "1234567"}},
		Links:    []string{"https://partner.microsoft.com/ja-jp/pcv/register/joinnow/enrollmentwelcome/valueaddedreseller?a=b"},
		Buttons:  []bot.Button{{ID: "a", Label: "できました"}, {ID: "b", Label: "エラーが出た"}, {ID: "c", Label: "この画面がない"}, {ID: "d", Label: "担当者に聞く"}},
		Progress: bot.Progress{Done: 12, Total: 30},
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	notice := bot.Message{To: bot.Address{Channel: "distributor"}, Parts: []bot.MessagePart{{Text: "山田さん（株式会社しるべ商事）が CSP の登録を終えました。次は Microsoft の審査です。"}}}
	got := plain(clerkView(sample()) + laneView("上位商流のチャンネル", notice))
	const golden = "testdata/layout.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("layout changed; run with -update and read the difference:\n%s", got)
	}
	for line := range strings.SplitSeq(got, "\n") {
		if lipgloss.Width(line) > columns && !strings.HasPrefix(line, "http") {
			t.Errorf("wider than %d columns: %q", columns, line)
		}
	}
}

// plain takes the colours away, as a pipe does.
func plain(view string) string {
	var out bytes.Buffer
	_, _ = lipgloss.Fprint(&out, view)
	return out.String()
}

func TestWrapKeepsText(t *testing.T) {
	t.Parallel()
	text := "「プログラムに参加して、新しい機会を利用しましょう」の画面で、「次へ」を押します。（とても長い文です。）"
	for width := 10; width < 60; width++ {
		wrapped := wrap(text, width)
		if strings.ReplaceAll(wrapped, "\n", "") != text {
			t.Fatalf("width %d lost text: %q", width, wrapped)
		}
		for line := range strings.SplitSeq(wrapped, "\n") {
			if strings.IndexAny(line, "、。」）") == 0 {
				t.Errorf("width %d: a line begins with %q", width, line)
			}
		}
	}
}

func TestClockNeverGoesBack(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	for name, clock := range map[string]*Clock{
		"frozen":  NewFrozenClock(start),
		"running": NewClock(func() time.Time { return start }, 0),
	} {
		clock.Set(start.Add(-time.Hour))
		if !clock.Now().Equal(start) {
			t.Errorf("%s clock went back to %s", name, clock.Now())
		}
		clock.Set(start.Add(time.Hour))
		if !clock.Now().Equal(start.Add(time.Hour)) {
			t.Errorf("%s clock stands at %s, want an hour later", name, clock.Now())
		}
	}
}
