package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// text is a text made comparable: only letters and digits, each standing for
// all that readers, keyboards and scanners confuse it with.
type text struct {
	runes []rune
	// edge tells whether a word may begin before this rune; one more than runes.
	edge []bool
	// script is how each rune was written.
	script []script
	mixed  bool // hiragana and katakana are told apart
	digits int  // of the longest number
	kanji  bool // there are kanji, so that loanwords are in katakana
	// part is the piece of a sentence a rune stands in, sentence what the part
	// belongs to.
	part     []int
	parts    int
	sentence []int
	finish   []int // the last rune of each part
	// asks tells of each sentence whether it ends in a question mark.
	asks []bool
	pairs
	scratch
}

// script is a kind of writing.
type script byte

const (
	other script = iota
	hiragana
	katakana
	kanji
	latinScript
)

func scriptOf(r rune) script {
	switch {
	case r < 0x80:
		return latinScript
	case r >= 'ぁ' && r <= 'ゖ':
		return hiragana
	case r >= 'ァ' && r <= 'ヶ':
		return katakana
	case r >= '㐀' && r <= '鿿', r == '々':
		return kanji
	}
	return other
}

// maxRunes is how much of a text is read; an error message is shorter.
const maxRunes = 3000

// newText folds a text in which something is looked for.
func newText(s string) *text {
	t := &text{}
	t.read(s)
	return t
}

func (t *text) read(s string) {
	t.fold(s)
	t.index()
}

// fold folds a text.
//
//nolint:gocyclo // one pass, a case for each kind of sign
func (t *text) fold(s string) {
	n := min(len(s)/2+1, maxRunes)
	t.runes, t.script, t.part = slices.Grow(t.runes[:0], n), slices.Grow(t.script[:0], n), slices.Grow(t.part[:0], n)
	t.edge, t.sentence, t.asks = slices.Grow(t.edge[:0], n+1), t.sentence[:0], t.asks[:0]
	t.digits, t.parts = 0, 0
	var last rune // as written
	var count [latinScript + 1]int
	gap, sentence, digits := true, 0, 0
	narrow := strings.ContainsFunc(s, func(r rune) bool { return r >= 'ｦ' && r <= 'ﾟ' })
	t.normal = norm.NFKC.AppendString(t.normal[:0], s)
	for i, size := 0, 0; i < len(t.normal); i += size {
		var r rune
		r, size = utf8.DecodeRune(t.normal[i:])
		if len(t.runes) == maxRunes {
			break
		}
		if narrow && (r == 'ソ' || r == 'ツ') {
			r -= 'ァ' - 'ぁ' // nobody reads narrow letters from paper
		}
		if digits++; r < '0' || r > '9' {
			digits = 0
		}
		t.digits = max(t.digits, digits)
		switch sign := confused(unicode.ToLower(r)); {
		case ends(last, r):
			t.end(r == '?')
			if r != '、' && r != ',' {
				sentence = t.parts
			}
			gap = true
		case sign < 0:
			gap = gap || r != '\'' && r != '’'
		case sign == '@':
			t.add(sign, latinScript, true)
			gap = true
		case !vowelMark(last, r):
			t.add(sign, scriptOf(r), gap || last >= 0x80)
			gap = false
		}
		for len(t.sentence) <= t.parts {
			t.sentence = append(t.sentence, sentence)
		}
		count[scriptOf(r)]++
		last = r
	}
	t.end(false)
	t.finish = room(t.finish, t.parts)
	for i, p := range t.part {
		t.finish[p] = i
	}
	t.mixed = count[hiragana] > 1 && count[katakana] > 1 && count[kanji] > 0 && !strings.ContainsFunc(s, halfWidth)
	t.kanji = count[kanji] > 1
	t.edge = append(t.edge, true)
}

// halfWidth tells the narrow kana, which stand for either.
func halfWidth(r rune) bool { return r >= 'ｦ' && r <= 'ﾟ' }

func (t *text) add(r rune, written script, gap bool) {
	t.script = append(t.script, written)
	t.edge = append(t.edge, gap || r >= 0x80)
	t.runes = append(t.runes, r)
	t.part = append(t.part, t.parts)
	if r >= 0x80 && t.turns() {
		t.end(false)
	}
}

// end closes a sentence that has begun; a question mark may follow its end.
func (t *text) end(asks bool) {
	if n := len(t.part); n > 0 && t.part[n-1] == t.parts {
		t.asks = append(t.asks, asks)
		t.parts++
	} else if asks && t.parts > 0 {
		t.asks[t.parts-1] = true
	}
}

// fold is the folded runes of a word or phrase.
func fold(s string) []rune {
	t := &text{}
	t.fold(s)
	return t.runes
}

// ends tells the signs that end a sentence or a part of one.
func ends(last, r rune) bool {
	switch r {
	case '。', '、', '!', '?', '\n', ';', '…', ',':
		return true
	}
	return r == ' ' && last == '.'
}

// turnings are the words within a sentence after which another thing begins, as
// they are folded.
//
//nolint:gochecknoglobals // a table
var turnings = [][]rune{
	[]rune("たが"), []rune("すが"), []rune("せんが"), []rune("けど"), []rune("たのに"), []rune("い上に"), []rune("た上に"), []rune("な上に"),
	[]rune("それと"), []rune("ないし"), []rune("無いし"), []rune("ますし"), []rune("ですし"), []rune("せんし"), []rune("だし"), []rune("ないわ"), []rune("の次は"),
}

// turns tells whether one of them has just ended.
func (t *text) turns() bool {
	for _, turning := range turnings {
		if from := len(t.runes) - len(turning); from >= 0 && slices.Equal(t.runes[from:], turning) {
			return true
		}
	}
	return false
}

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
