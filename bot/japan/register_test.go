package japan_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

// read is what a reader makes of a text.
type read struct{ text, value, warning, reason string }

func TestReaders(t *testing.T) {
	t.Parallel()
	without := func(read func(string) (string, string)) func(string) (string, string, string) {
		return func(text string) (value, warning, reason string) {
			value, reason = read(text)
			return value, "", reason
		}
	}
	tests := []struct {
		name  string
		read  func(string) (value, warning, reason string)
		cases []read
	}{
		{"Phone", japan.Phone, []read{
			{"03-1234-5678", "0312345678", "", ""},
			{"０３（１２３４）５６７８", "0312345678", "", ""},
			{"TEL: 03 1234 5678", "0312345678", "", ""},
			{"+81 3-1234-5678", "0312345678", "", ""},
			{"+81 (0)3-1234-5678", "0312345678", "", ""},
			{"010-81-3-1234-5678", "", "", japan.Length},
			{"0081312345678", "0312345678", "", ""},
			{"03ー1234ー5678 内線 12", "0312345678", "", ""},
			{"0120-123-456", "0120123456", "", ""},
			{"090-1234-5678", "09012345678", japan.ElevenDigits, ""},
			{"+81 90 1234 5678", "09012345678", japan.ElevenDigits, ""},
			{"050-1234-5678", "05012345678", japan.ElevenDigits, ""},
			{"090-123-5678", "", "", japan.Length},
			{"03-1234-56789", "", "", japan.Length},
			{"1234-5678", "", "", japan.Length},
			{"+1 212 555 0100", "", "", japan.Foreign},
			{"ありません", "", "", japan.Letters},
			{"-", "", "", japan.NoDigits},
			{"", "", "", japan.NoDigits},
		}},
		{"CorporateNumber", without(japan.CorporateNumber), []read{
			{"7123456789012", "7123456789012", "", ""},
			{"Ｔ７-1234-5678-9012", "7123456789012", "", ""},
			{"法人番号: 7123456789012", "7123456789012", "", ""},
			{"8123456789012", "", "", japan.CheckDigit},
			{"7123456789021", "", "", japan.CheckDigit},
			{"712345678901", "", "", japan.Length},
			{"123456789012", "", "", japan.Length}, // 会社法人等番号
			{"なし", "", "", japan.NoDigits},
		}},
		{"Postal", without(japan.Postal), []read{
			{"100-0001", "100-0001", "", ""},
			{"〒１００ー０００１", "100-0001", "", ""},
			{"1000001", "100-0001", "", ""},
			{"100-001", "", "", japan.Length},
			{"東京", "", "", japan.NoDigits},
			{"東京 1000001", "", "", japan.Letters},
		}},
		{"Address", japan.Address, []read{
			{"東京都千代田区千代田1-1", "東京都千代田区千代田1-1", "", ""},
			{"〒100-0001 東京都千代田区千代田１−１\nしるべビル 3階", "東京都千代田区千代田１−１ しるべビル 3階", "", ""},
			{"神奈川県横浜市西区1-1", "神奈川県横浜市西区1-1", "", ""},
			{"千代田区千代田1-1", "千代田区千代田1-1", japan.NoPrefecture, ""},
			{"1-1 Chiyoda, Chiyoda-ku, Tokyo", "1-1 Chiyoda, Chiyoda-ku, Tokyo", "", ""},
			{" ", "", "", japan.Empty},
			{"1-1-1", "", "", japan.Digits},
			{"https://shirube.co.jp", "", "", japan.URL},
			{strings.Repeat("東", 201), "", "", japan.Long},
		}},
		{"Website", without(japan.Website), []read{
			{"https://www.shirube.co.jp/about", "https://www.shirube.co.jp/about", "", ""},
			{"www.shirube.co.jp", "https://www.shirube.co.jp", "", ""},
			{"ｓｈｉｒｕｂｅ．ｊｐ", "https://shirube.jp", "", ""},
			{"http://shirube.jp:8080/", "http://shirube.jp:8080/", "", ""},
			{"しるべ", "", "", japan.NotURL},
			{"https://taro:pw@shirube.jp", "", "", japan.NotURL},
			{"javascript://shirube.jp", "", "", japan.NotURL},
			{"https://shirube.jp/a b", "", "", japan.NotURL},
			{"taro@shirube.jp", "", "", japan.Email},
			{"", "", "", japan.Empty},
			{"https://shirube.jp/" + strings.Repeat("a", 300), "", "", japan.Long},
		}},
	}
	for _, tt := range tests {
		for _, c := range tt.cases {
			value, warning, reason := tt.read(c.text)
			if got := (read{c.text, value, warning, reason}); got != c {
				t.Errorf("%s: %q, want %q", tt.name, got, c)
			}
		}
	}
}

func TestCorporateNumberMistyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := corporateOf(rapid.StringMatching(`[0-9]{12}`).Draw(t, "base"))
		if got, reason := japan.CorporateNumber("T" + number); got != number || reason != "" {
			t.Fatalf("%s: %q, %q", number, got, reason)
		}
		wrong := []byte(number)
		wrong[0] = '1' + (wrong[0]-'0')%9 // another first digit
		if _, reason := japan.CorporateNumber(string(wrong)); reason != japan.CheckDigit {
			t.Fatalf("%s is taken for %s", wrong, number)
		}
	})
}

func TestShowPhone(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]string{
		"0312345678": "03-1234-5678", "09012345678": "090-1234-5678", "0120123456": "0120-123-456",
		"0451234567": "045-123-4567", "0225123456": "0225123456", "123": "123",
	} {
		if got := japan.ShowPhone(digits); got != want {
			t.Errorf("ShowPhone(%s) = %s, want %s", digits, got, want)
		}
	}
}

func TestOdds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []japan.Odd
	}{
		{"株式会社しるべ商事 Shirube 1-2〜3", nil},
		{"①㈱髙﨑Ⅲ", []japan.Odd{{"①", "1"}, {"㈱", "(株)"}, {"髙", "高"}, {"﨑", "崎"}, {"Ⅲ", "III"}}},
		{"濵田𠮷野髙橋髙", []japan.Odd{{"濵", "浜"}, {"𠮷", "吉"}, {"髙", "高"}}},
		{"ｼﾙﾍﾞ", []japan.Odd{{"ｼ", "シ"}, {"ﾙ", "ル"}, {"ﾍ", "ヘ"}, {"ﾞ", "゛"}}},
		{"Café", []japan.Odd{{"é", "e"}}},
		{"しるべ😀", []japan.Odd{{"😀", ""}}},
	}
	for _, tt := range tests {
		if got := japan.Odds(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("Odds(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSpelled(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"㈱しるべ": "株式会社しるべ", "しるべ （有）": "しるべ 有限会社", "株式会社しるべ": "株式会社しるべ", "しるべ": "しるべ",
	} {
		if got := japan.Spelled(name); got != want {
			t.Errorf("Spelled(%s) = %s, want %s", name, got, want)
		}
	}
}

// FuzzReaders feeds the readers; what they take they take again.
func FuzzReaders(f *testing.F) {
	for _, seed := range []string{"+81 3", "〒100-0001 東京都", "T7123456789012", "http://[::1]", "0\xff3", "00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		again := func(name, value string, read func(string) string) {
			if value != "" && read(value) != value {
				t.Errorf("%s(%q) = %q, read again %q", name, text, value, read(value))
			}
		}
		phone := func(s string) string { v, _, _ := japan.Phone(s); return v }
		number := func(s string) string { v, _ := japan.CorporateNumber(s); return v }
		postal := func(s string) string { v, _ := japan.Postal(s); return v }
		site := func(s string) string { v, _ := japan.Website(s); return v }
		again("Phone", phone(text), phone)
		again("CorporateNumber", number(text), number)
		again("Postal", postal(text), postal)
		again("Website", site(text), site)
		_, _, _ = japan.Address(text)
		_ = japan.Odds(text)
	})
}
