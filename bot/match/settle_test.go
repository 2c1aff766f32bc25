package match_test

import (
	"testing"

	"github.com/shirube/shirube/bot/match"
)

func TestMood(t *testing.T) {
	t.Parallel()
	m := own(t)
	for text, want := range map[string]match.Mood{
		"ありがとうございます！助かりました": match.Thankful,
		"thank you so much": match.Thankful,
		"解決しました、ありがとうございます":            match.Well,
		"だめだったので会社のアドレスにしたら受け付けてくれました": match.Well,
		"it works now, thanks": match.Well,
		"ありがとうございます。次は何をしますか？":        "",
		"ありがとうございます、でもまだエラーです":        "",
		"Teamsの会議に入れました":              "",
		"会社名を入力しました":                  "",
		"できましたと出ましたが、むらさきの画面で止まっています": "",
	} {
		if got := m.Find(text, "").Mood; got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	m := own(t)
	for text, want := range map[string]string{
		"審査は拒否ではなく承認でした":               "none",
		"審査で落ちたわけではありません":              "none",
		"住所は問題なく入りましたが名前は既に存在します":      "name-exists",
		"審査は通ったのにリセラータブがない":            "reseller-tab-missing",
		"パスワードを忘れたけど思い出せました":           "none",
		"間違えてMAICPPを選んだりはしてません":        "none",
		"パスワード忘れました。リセットはまだ試したりはしてません": "forgot-password-incomplete-profile",
		"個人のアドレスは使っていません":              "none",
		"個人アドレスが使えていません":               "personal-email-rejected",
	} {
		if got := m.Find(text, "").Match.ID; got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
