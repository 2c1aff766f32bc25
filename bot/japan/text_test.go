package japan_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/bot/japan"
)

func TestCompany(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, name, reason string }{
		{"株式会社しるべ商事", "株式会社しるべ商事", ""},
		{"　株式会社　　しるべ \n", "株式会社 しるべ", ""},
		{"株式会社\u200bしるべ\ufeff", "株式会社しるべ", ""}, // invisible, from a chat
		{"シルヘ\u3099株式会社", "シルベ株式会社", ""},       // as macOS copies a file's name
		{"大\uFA10商店", "大\uFA10商店", ""},         // NFC alone makes it 大塚
		{"㈱ＡＢＣ", "㈱ＡＢＣ", ""},                   // to the letter
		{"価格.com株式会社", "価格.com株式会社", ""},
		{"＠Tokyo株式会社", "＠Tokyo株式会社", ""},
		{"S.A./N.V. Shirube", "S.A./N.V. Shirube", ""},
		{"3時株式会社", "3時株式会社", ""},
		{strings.Repeat("あ", 100), strings.Repeat("あ", 100), ""},
		{strings.Repeat("あ", 101), "", japan.Long},
		{strings.Repeat("あ", 100_000), "", japan.Long},
		{strings.Repeat(" ", 100_000) + "しるべ", "しるべ", ""},
		{"", "", japan.Empty},
		{" 　\t\n\u200b", "", japan.Empty},
		{"株式会社しるべ\n東京都", "", japan.Control},
		{"しるべ\x00", "", japan.Control},
		{"しるべ\xff", "", japan.Control},
		{"しる\uFFFDべ", "", japan.Control},
		{"1234567", "", japan.Digits},
		{"０３-１２３４-５６７８", "", japan.Digits},
		{"???", "", japan.Symbols},
		{"https://shirube.example", "", japan.URL},
		{"<https://shirube.example|しるべ>", "", japan.URL},
		{"www.shirube.example", "", japan.URL},
		{"shirube.co.jp", "", japan.URL},
		{"shirube.example/company", "", japan.URL},
		{"taro@shirube.co.jp", "", japan.Email},
		{"ｔａｒｏ＠shirube.co.jp", "", japan.Email},
		{"山田 <taro@shirube.co.jp>", "", japan.Email},
	}
	for _, tt := range tests {
		name, reason := japan.Company(tt.text)
		if name != tt.name || reason != tt.reason {
			t.Errorf("Company(%.60q) = %q, %q, want %q, %q", tt.text, name, reason, tt.name, tt.reason)
		}
	}
}

func TestPerson(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, name, reason string }{
		{" 山田　太郎 ", "山田 太郎", ""},
		{"Taro Yamada", "Taro Yamada", ""},
		{strings.Repeat("あ", 60), strings.Repeat("あ", 60), ""},
		{strings.Repeat("あ", 61), "", japan.Long},
		{"", "", japan.Empty},
		{"09012345678", "", japan.Digits},
		{"taro@shirube.co.jp", "", japan.Email},
	}
	for _, tt := range tests {
		name, reason := japan.Person(tt.text)
		if name != tt.name || reason != tt.reason {
			t.Errorf("Person(%.60q) = %q, %q, want %q, %q", tt.text, name, reason, tt.name, tt.reason)
		}
	}
}

func FuzzCompany(f *testing.F) {
	for _, s := range []string{"株式会社しるべ", " a\u200b b ", "\xff", "a@b.c", "www.", "\uFA10\u3099", "か\u3099"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name, reason := japan.Company(s)
		if (name == "") == (reason == "") {
			t.Fatalf("Company(%q) = %q, %q: one of the two must be set", s, name, reason)
		}
		if reason != "" {
			return
		}
		if again, reason := japan.Company(name); again != name || reason != "" {
			t.Fatalf("Company(%q) = %q, then %q, %q", s, name, again, reason)
		}
		if utf8.RuneCountInString(name) > 100 || strings.ContainsFunc(name, unicode.IsControl) {
			t.Fatalf("Company(%q) took %q", s, name)
		}
	})
}

func BenchmarkCompany(b *testing.B) {
	for b.Loop() {
		japan.Company("　株式会社　しるべ商事 ")
	}
}
