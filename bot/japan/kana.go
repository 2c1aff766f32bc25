package japan

import (
	"strings"
	"unicode/utf8"
)

const (
	wideShift = '！' - '!' // how far a full-width sign lies behind its ASCII one
	kanaShift = 'ァ' - 'ぁ' // how far a katakana lies behind its hiragana
)

// fullKana are the full-width kana of ｦ to ﾝ, three bytes each.
const fullKana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト" +
	"ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"

// plainWidth is the usual width of full-width signs and half-width kana.
func plainWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - wideShift
	case r >= 'ｦ' && r <= 'ﾝ':
		r, _ = utf8.DecodeRuneInString(fullKana[3*(r-'ｦ'):])
	}
	return r
}

// voiced tells whether r is a half-width voicing mark, and which hiragana it
// makes of the one before; -1 when there is none to speak of.
func voiced(last, r rune) (kana rune, mark bool) {
	switch {
	case r != 'ﾞ' && r != 'ﾟ':
		return -1, false
	case last < 0:
		return -1, true
	case r == 'ﾟ' && strings.ContainsRune("はひふへほ", last):
		return last + 'ぱ' - 'は', true
	case r == 'ﾞ' && strings.ContainsRune("かきくけこさしすせそたちつてとはひふへほ", last):
		return last + 'が' - 'か', true
	case r == 'ﾞ' && last == 'う':
		return 'ゔ', true
	}
	return -1, true
}
