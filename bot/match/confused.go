package match

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normal appends a text in the usual form of each sign. Most signs are that
// already.
func normal(into []byte, s string) []byte {
	usual := true
	from := 0
	put := func(to int) {
		if usual {
			into = append(into, s[from:to]...)
		} else {
			into = norm.NFKC.AppendString(into, s[from:to])
		}
		from = to
	}
	for i, r := range s {
		if is := isUsual(r); is != usual {
			put(i)
			usual = is
		}
	}
	put(len(s))
	return into
}

// isUsual tells signs that stand for themselves and are never part of another.
func isUsual(r rune) bool {
	return r < 0x80 || r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヺ' || r >= '一' && r <= '鿿' || r >= '、' && r <= '」' || r == 'ー'
}

// signTable is what the signs up to here are folded to.
type signTable [0xa000]int32

func (d *signTable) of(r rune) rune {
	if int(r) < len(d) {
		return d[r]
	}
	return confused(unicode.ToLower(r))
}

// folds makes the table.
//
//nolint:gochecknoglobals // a table, made when it is first asked for
var folds = sync.OnceValue(func() *signTable {
	d := new(signTable)
	for r := range d {
		d[r] = confused(unicode.ToLower(rune(r)))
	}
	return d
})

// confused is what stands for a sign and all that is taken for it; -1 for what
// says nothing. Long marks are dropped, because they are left out, doubled and
// read as 一 or a dash.
func confused(r rune) rune {
	if r < 0x80 {
		return latin(r)
	}
	switch {
	case r == 'ソ':
		return 'ん' // as scanners read it; そ is another matter
	case r == 'ツ':
		return 'し'
	case r >= 'ァ' && r <= 'ヶ':
		r -= 'ァ' - 'ぁ'
	}
	if to, found := lookalikes[r]; found {
		return to
	}
	switch {
	case r >= 'ぁ' && r <= 'ゖ', r >= '㐀' && r <= '鿿':
		return r
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return r
	}
	return -1
}

// latin folds what scanners confuse in Latin letters and digits.
func latin(r rune) rune {
	switch {
	case r == '0':
		return 'o'
	case r == '1', r == 'i', r == '|':
		return 'l'
	case r >= 'a' && r <= 'z', r >= '2' && r <= '9', r == '@':
		return r
	}
	return -1
}

// vowelMark tells an う that only lengthens the vowel before, which people leave
// out in Latin letters.
func vowelMark(last, r rune) bool {
	if r >= 'ァ' && r <= 'ヶ' {
		r -= 'ァ' - 'ぁ'
	}
	if last >= 'ァ' && last <= 'ヶ' {
		last -= 'ァ' - 'ぁ'
	}
	return r == 'う' && last > 0x80 && strings.ContainsRune("おこそとのほもよろごぞどぼぽょうくすつぬふむゆるゅ", last)
}

// lookalikes are the signs that are taken for another, and the other.
//
//nolint:gochecknoglobals // a table
var lookalikes = confusions(
	"一ー―‐−─〜", "既即", "己已巳", "間問", "未末", "入人", "検険験", "名各", "日曰", "士土", "拒距",
	"かヵ力", "けヶ", "ろ口", "に二", "は八", "た夕", "と卜", "え工", "へヘ", "つっ", "白自",
	"あぁ", "いぃ", "うぅ", "えぇ", "おぉ", "やゃ", "ゆゅ", "よょ", "わゎ",
	"ばぱ", "びぴ", "ぶぷ", "べぺ", "ぼぽ", "じぢ", "ずづ",
)

// confusions makes a table of groups of signs; the first of a group stands for
// all, and a group that begins with 一 for nothing.
func confusions(groups ...string) map[rune]rune {
	table := map[rune]rune{}
	for _, group := range groups {
		var first rune
		for i, r := range group {
			if i == 0 {
				first = r
			}
			table[r] = first
			if group[:3] == "一" {
				table[r] = -1
			}
		}
	}
	return table
}
