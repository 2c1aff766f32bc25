package japan_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func TestNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		company string
		want    []string
	}{
		{"株式会社しるべ商事", []string{"株式会社 しるべ商事", "（株）しるべ商事", "（株） しるべ商事", "株式会社しるべ 商事"}},
		{"しるべ商事株式会社", []string{"しるべ商事 株式会社", "しるべ商事（株）", "しるべ商事 （株）", "しるべ 商事株式会社"}},
		{"有限会社みちびき", []string{"有限会社 みちびき", "（有）みちびき", "（有） みちびき"}},
		// An abbreviation is spelled out first, and never offered in another width.
		{"㈱しるべ商事", []string{"株式会社しるべ商事", "株式会社 しるべ商事", "（株） しるべ商事"}},
		{"(株)しるべ商事", []string{"株式会社しるべ商事", "株式会社 しるべ商事", "（株） しるべ商事"}},
		{"しるべ商事（株）", []string{"しるべ商事株式会社", "しるべ商事 株式会社", "しるべ商事 （株）"}},
		{"㈲みちびき", []string{"有限会社みちびき", "有限会社 みちびき", "（有） みちびき"}},
		{"NPO法人しるべ", []string{"特定非営利活動法人しるべ", "特定非営利活動法人 しるべ", "（特非）しるべ", "（特非） しるべ"}},
		// ㍿ is 株式会社 in one character.
		{"㍿しるべ", []string{"株式会社 しるべ", "（株）しるべ", "（株） しるべ"}},
		// Spaced already: no second space.
		{"株式会社 しるべ商事", []string{"（株）しるべ商事", "（株） しるべ商事", "株式会社しるべ商事"}},
		{"しるべ商事　　株式会社", []string{"しるべ商事（株）", "しるべ商事 （株）", "しるべ商事株式会社"}},
		{"株式会社Shirube Works", []string{"株式会社 Shirube Works", "（株）Shirube Works", "（株） Shirube Works"}},
		// Rarer abbreviations come last; (医) and (社) are ambiguous.
		{"合同会社しるべ商事", []string{"合同会社 しるべ商事", "合同会社しるべ 商事", "（同）しるべ商事", "（同） しるべ商事"}},
		{"一般社団法人みちびき", []string{"一般社団法人 みちびき", "（一社）みちびき", "（一社） みちびき"}},
		{"医療法人社団しるべ会", []string{"医療法人社団 しるべ会"}},
		{"しるべ事業協同組合", []string{"しるべ 事業協同組合"}},
		{"しるべ商事株式会社東京支店", []string{"しるべ商事 株式会社東京支店", "しるべ商事（株）東京支店", "しるべ商事 （株）東京支店", "しるべ 商事株式会社東京支店"}},
		// A side of one character is not split off.
		{"株式会社関ヶ原電気", []string{"株式会社 関ヶ原電気", "（株）関ヶ原電気", "（株） 関ヶ原電気", "株式会社関ヶ原 電気"}},
		// Without a legal form only the spaces vary.
		{"しるべ商事", []string{"しるべ 商事"}},
		{"東京商事", []string{"東京 商事"}},
		{"みちびき", []string{"みち びき"}},
		{"しるべ 商事", []string{"しるべ商事"}},
		{"Shirube Works", []string{"ShirubeWorks"}},
		{"ShirubeTech", []string{"Shirube Tech"}},
		{"Shirube Co., Ltd.", []string{"Shirube Co.,Ltd.", "Shirube Co. Ltd.", "Shirube Co Ltd", "Shirube Company Limited"}},
		{"SHIRUBE INC.", []string{"SHIRUBE, INC.", "SHIRUBE INC", "SHIRUBE INCORPORATED"}},
		{"Shirube K.K.", []string{"Shirube KK", "Shirube Kabushiki Kaisha"}},
		{"Shirube Works Corporation", []string{"Shirube Works Corp.", "Shirube Works Corp"}},
		{"ShirubeTech Ltd.", []string{"ShirubeTech, Ltd.", "ShirubeTech Ltd", "ShirubeTech Limited", "Shirube Tech Ltd."}},
		{"Shirube Godo Kaisha", []string{"Shirube G.K.", "Shirube GK"}},
		{"Shirube LLC", []string{"Shirube, LLC", "Shirube L.L.C."}},
		{"", nil}, {" 　", nil}, {"株式会社", nil}, {"Shirube", nil}, {"1234567", nil},
		{"taro@shirube.co.jp", nil}, {"株式会社しるべ\n商事", nil},
	}
	for _, tt := range tests {
		if got := japan.Names(tt.company); !slices.Equal(got, tt.want) {
			t.Errorf("Names(%q)\n got %q\nwant %q", tt.company, got, tt.want)
		}
	}
}

// checkNames holds for every text; it reports the first thing wrong.
func checkNames(company string) string {
	names := japan.Names(company)
	if !slices.Equal(names, japan.Names(company)) {
		return "not the same twice"
	}
	taken, reason := japan.Company(company)
	if reason != "" && names != nil {
		return "names for a refused text"
	}
	seen := []string{norm.NFKC.String(taken)}
	for _, n := range names {
		key := norm.NFKC.String(n)
		switch {
		case slices.Contains(seen, key):
			return "the input or a spelling twice: " + n
		case strings.Contains(n, "  ") || n != strings.TrimSpace(n):
			return "stray spaces: " + n
		case !utf8.ValidString(n):
			return "broken text: " + n
		}
		seen = append(seen, key)
	}
	return ""
}

func companies() *rapid.Generator[string] {
	part := rapid.SampledFrom([]string{
		"株式会社", "有限会社", "合同会社", "㈱", "(株)", "（株）", "（有)", "NPO法人", "医療法人社団", "㍿",
		"しるべ", "商事", "シルベ", "ｼﾙﾍﾞ", "Shirube", "ＡＢＣ", " ", "　", "・", "ー", "Co.,", "Ltd.", "K.K.", "1",
	})
	return rapid.Map(rapid.SliceOfN(part, 0, 7), func(parts []string) string {
		return strings.Join(parts, "")
	})
}

func TestNamesProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		company := rapid.OneOf(companies(), rapid.String()).Draw(t, "company")
		if wrong := checkNames(company); wrong != "" {
			t.Fatalf("Names(%q): %s", company, wrong)
		}
	})
}

// The legal form keeps its place, and a registered name gets at least three
// spellings, the one with a space first.
func TestNamesKeepTheFormsPlace(t *testing.T) {
	t.Parallel()
	name := rapid.StringOfN(rapid.RuneFrom([]rune("しるべみちびき商事東京シルベABC")), 1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		name := name.Draw(t, "name")
		front, back := japan.Names("株式会社"+name), japan.Names(name+"有限会社")
		if len(front) < 3 || front[0] != "株式会社 "+name || front[1] != "（株）"+name {
			t.Fatalf("in front: %q", front)
		}
		if len(back) < 3 || back[0] != name+" 有限会社" || back[1] != name+"（有）" {
			t.Fatalf("behind: %q", back)
		}
	})
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"株式会社しるべ商事", "しるべ商事（株）", "Shirube Co., Ltd.", "㈱", "\xff株式会社", "ﾞか"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if wrong := checkNames(s); wrong != "" {
			t.Fatalf("Names(%q): %s", s, wrong)
		}
	})
}

func BenchmarkNames(b *testing.B) {
	for b.Loop() {
		japan.Names("株式会社しるべ商事")
	}
}
