package flow_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/locale"
)

// confession draws a secret and a message with it.
func confession(rt *rapid.T) (secret, text string) {
	switch rapid.IntRange(0, 3).Draw(rt, "kind") {
	case 0:
		secret = rapid.SampledFrom([]string{"4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "６０１１１１１１１１１１１１１７"}).Draw(rt, "card")
		text = rapid.SampledFrom([]string{"%s", "株式会社しるべ %s", "カード番号は %s です", "Something went wrong %s"}).Draw(rt, "sentence")
	case 1:
		secret = rapid.StringMatching(`[1-9][0-9]{5}`).Draw(rt, "code")
		text = rapid.SampledFrom([]string{"コードは %s です", "認証コード:%s", "your code is %s", "コード %s 株式会社しるべ"}).Draw(rt, "sentence")
	default:
		secret = rapid.StringMatching(`[a-z]{3,6}[0-9]{3,4}[#!%]{1,3}`).Draw(rt, "password")
		text = rapid.SampledFrom([]string{"パスワードは%sです", "株式会社しるべ パスワード: %s", "pw=%s", "My password is %s", "パスワード\n%s"}).Draw(rt, "sentence")
	}
	return secret, strings.Replace(text, "%s", secret, 1)
}

// TestSecretsGoNowhere tells secrets at every step and over every view, and
// looks for them in all that leaves the engine.
func TestSecretsGoNowhere(t *testing.T) {
	t.Parallel()
	m := machine(t)
	catalog, err := locale.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	steps := m.Book().Steps()
	rapid.Check(t, func(rt *rapid.T) {
		step := rapid.SampledFrom(steps).Draw(rt, "step")
		s := bot.Session{ID: clerk().SessionID(), Version: 1, Step: step.ID, Flow: step.Flow().ID, FlowVersion: 1, Lang: "ja", Home: clerk(), Panel: true,
			Focus: rapid.SampledFrom([]string{"", "draft", "stuck", "error/name-exists", "card/phone", "card"}).Draw(rt, "focus")}
		if rapid.IntRange(0, 9).Draw(rt, "new") == 0 {
			s = bot.Session{}
		}
		secret, text := confession(rt)
		kind := rapid.SampledFrom([]bot.EventKind{bot.Said, bot.Said, bot.Answered, bot.Filled}).Draw(rt, "event")
		choice := ""
		if r := said(m.Play(s, event(1, bot.Opened, "", ""))); kind == bot.Filled && len(r) > 0 && r[0].Ask != nil {
			choice = r[0].Ask.ID
		}
		turn := m.Play(s, event(2, kind, text, choice))
		left, _ := json.Marshal(turn)
		for _, e := range turn.Effects {
			if e.Say != nil {
				message, _ := json.Marshal(catalog.Message(e))
				left = append(left, message...)
			}
		}
		if strings.Contains(string(left), secret) {
			rt.Fatalf("%q is in %s", secret, left)
		}
		if kind == bot.Said && !strings.Contains(string(left), "ui.secret.delete") {
			rt.Fatalf("the clerk is not told of %q: %s", text, left)
		}
	})
}

// On the screens that ask for a code a number is one; with its name it is not.
func TestDiscreet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, screen, want string }{
		{"123456", "account.phone", "●●●●"},
		{"123456", "mfa", "●●●●"},
		{"1234567", "maicpp.dashboard", "1234567"},
		{"パートナー ID 1234567", "mfa", "パートナー ID 1234567"},
	} {
		if got, _ := flow.Discreet(c.text, c.screen); got != c.want {
			t.Errorf("Discreet(%q, %s) = %q, want %q", c.text, c.screen, got, c.want)
		}
	}
}
