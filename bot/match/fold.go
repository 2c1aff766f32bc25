package match

import (
	"slices"
	"strings"
	"unicode/utf8"
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

func (s script) japanese() bool { return s == hiragana || s == katakana || s == kanji }

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
	var last rune // as written
	var count [latinScript + 1]int
	gap, sentence, digits := true, 0, 0
	narrow := strings.ContainsFunc(s, halfWidth)
	t.take(s)
	for rest := t.normal; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
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
		switch sign := folds().of(r); {
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
	t.mixed = count[hiragana] > 1 && count[katakana] > 1 && count[kanji] > 0 && !narrow
	t.kanji = count[kanji] > 1
	t.edge = append(t.edge, true)
}

// take makes room for a text and brings its signs into their usual form.
func (t *text) take(s string) {
	n := min(len(s)/2+1, maxRunes)
	t.runes, t.script, t.part = slices.Grow(t.runes[:0], n), slices.Grow(t.script[:0], n), slices.Grow(t.part[:0], n)
	t.edge, t.sentence, t.asks = slices.Grow(t.edge[:0], n+1), t.sentence[:0], t.asks[:0]
	t.digits, t.parts = 0, 0
	t.normal = normal(t.normal[:0], s)
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
	switch t.runes[len(t.runes)-1] {
	case 'が', 'ど', 'に', 'と', 'し', 'わ', 'は':
	default:
		return false
	}
	for _, turning := range turnings {
		if from := len(t.runes) - len(turning); from >= 0 && slices.Equal(t.runes[from:], turning) {
			return true
		}
	}
	return false
}
