package japan_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"「この名前は既にシステムに存在します。」", "この名前は既にしすてむに存在します"},
		{"この名前は既にシステムに存在します", "この名前は既にしすてむに存在します"},
		{"この名前は既にｼｽﾃﾑに存在します！", "この名前は既にしすてむに存在します"},
		{" この名前は\n既にシステムに存在します", "この名前は既にしすてむに存在します"},
		{"Something went wrong. Please try again.", "somethingwentwrongpleasetryagain"},
		{"ＮＥＸＴ", "next"},
		{"【次】へ → ", "次へ"},
		{"ﾍﾙﾌﾟ", "へるぷ"},
		{"ヘルフ\u309A", "へるぷ"},
		{"ｶﾞｷﾞｳﾞﾊﾟ", "がぎゔぱ"},
		{"ﾞあﾟ", "あ"},
		{"（株）", "株"},
		{"㍿①㋿", "株式会社1令和"},
		{"D-U-N-S 番号", "duns番号"},
		{"パートナー ID", "ぱーとなーid"},
		{"はい👍", "はい"},
		{"辻\U000E0100", "辻"}, // a variant of the same character
		{"あ\xff\xfeい\xe3\x81", "あい"},
		{"\xf7\u037A", ""}, // a broken byte must not keep the rest from being normalised
		{"？！", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := japan.Fold(tt.text); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestFoldKeepsTextsApart(t *testing.T) {
	t.Parallel()
	pairs := [][2]string{{"次", "次へ"}, {"はい", "いいえ"}, {"ハハ", "パパ"}, {"コート", "コト"}, {"1", "2"}}
	for _, p := range pairs {
		if japan.Fold(p[0]) == japan.Fold(p[1]) {
			t.Errorf("%q and %q fold to %q", p[0], p[1], japan.Fold(p[0]))
		}
	}
}

func checkFold(s string) string {
	once := japan.Fold(s)
	switch {
	case japan.Fold(once) != once:
		return "not idempotent: " + once
	case !utf8.ValidString(once):
		return "broken text: " + once
	case japan.Fold("「"+s+"」 。") != once:
		return "brackets matter"
	}
	return ""
}

func TestFoldProperties(t *testing.T) {
	t.Parallel()
	tricky := rapid.StringOf(rapid.RuneFrom([]rune("aＡかカｶﾞﾟ\u3099\u309A\u0301\u030Cj J각!。ヷーヾİſ")))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(tricky, rapid.String()).Draw(t, "text")
		if wrong := checkFold(s); wrong != "" {
			t.Fatalf("Fold(%q): %s", s, wrong)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"「この名前は」", "か!\u3099", "J\u030C", "ᄀ!ᅡ", "\xffａ", "ﾊﾞﾞ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if wrong := checkFold(s); wrong != "" {
			t.Fatalf("Fold(%q): %s", s, wrong)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	texts := map[string]string{
		"plain":     "この名前は既にシステムに存在しますので別の名前をご入力くださ",
		"fullwidth": "「この名前は既にｼｽﾃﾑに存在します！」ＩＤは１２３です",
		"english":   "Something went wrong, try agai",
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				japan.Fold(text)
			}
		})
	}
}
