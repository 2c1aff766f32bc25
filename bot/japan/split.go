package japan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// script is the kind of letters a run of text is written in.
type script int

const (
	other script = iota
	han
	hiragana
	katakana
	latin
)

// run is a stretch of text in one script.
type run struct {
	script script
	start  int // in bytes
	size   int // in characters
}

// split sets a space where the script changes: しるべ 商事. Both sides need two
// characters, so that 一ノ瀬 and 導き are left whole. Where the script never
// changes it looks for a word companies end in: 東京 商事. There are at most
// two results, and none for a name with a space.
func split(name string) []string {
	if strings.Contains(name, " ") {
		return nil
	}
	var list []string
	rs := runs(name)
	for i := 1; i < len(rs) && len(list) < 2; i++ {
		a, b := rs[i-1], rs[i]
		if a.script != other && b.script != other && a.size >= 2 && b.size >= 2 {
			list = append(list, name[:b.start]+" "+name[b.start:])
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, word := range lastWords() {
		if before, ok := strings.CutSuffix(name, word); ok && utf8.RuneCountInString(before) >= 2 {
			return []string{before + " " + word}
		}
	}
	return nil
}

// lastWords are words that many companies' names end in, longer ones before
// those they end in.
func lastWords() []string {
	return []string{
		"商事", "商会", "商店", "産業", "工業", "興業", "建設", "物産", "物流",
		"電機", "電気", "電子", "通信", "印刷", "不動産", "運輸", "企画", "設計",
		"製作所", "研究所", "事務所", "食品", "薬品", "化学", "総研", "情報",
		"コンサルティング", "エンジニアリング", "ホールディングス", "テクノロジーズ",
		"テクノロジー", "ソリューションズ", "ソリューション", "システムズ", "システム",
		"サービス", "ネットワークス", "ネットワーク", "コーポレーション", "グループ",
		"デザイン", "ジャパン",
	}
}

func runs(name string) []run {
	var list []run
	var prev rune
	for i, r := range name {
		s := scriptOf(r)
		last := len(list) - 1
		switch {
		case last >= 0 && (mark(r) || s == list[last].script && !camel(prev, r)):
			list[last].size++
		default:
			list = append(list, run{s, i, 1})
		}
		prev = r
	}
	return list
}

func scriptOf(r rune) script {
	switch {
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r):
		return katakana
	case unicode.Is(unicode.Latin, r) || unicode.IsDigit(r):
		return latin
	}
	return other
}

// mark tells what belongs to the character before it.
func mark(r rune) bool {
	return r == 'ー' || r == 'ｰ' || r == 'ﾞ' || r == 'ﾟ' || unicode.IsMark(r)
}

func camel(prev, r rune) bool { return unicode.IsLower(prev) && unicode.IsUpper(r) }

// halve sets a space in the middle of a Japanese word, for want of a better
// place, but not before a letter that cannot begin a word.
func halve(name string) []string {
	if strings.ContainsFunc(name, func(r rune) bool { return scriptOf(r) == latin }) {
		return nil
	}
	rs := []rune(name)
	for i := (len(rs) + 1) / 2; i < len(rs); i++ {
		if begins(rs[i]) {
			return []string{string(rs[:i]) + " " + string(rs[i:])}
		}
	}
	return nil
}

func begins(r rune) bool {
	return scriptOf(r) != other && !mark(r) &&
		!strings.ContainsRune("ぁぃぅぇぉっゃゅょゎんァィゥェォッャュョヮンヵヶ", r)
}
