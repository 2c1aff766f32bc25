package japan

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes texts comparable that a reader takes for the same: width, case
// and the kind of kana no longer differ, and only letters and digits are left.
// What it returns is for comparing, not for showing. A text without a letter
// or digit folds to the empty string, so do not match on that. Invalid UTF-8
// is dropped.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last := rune(-1) // folded, to be written unless a voicing mark follows
	for _, r := range s {
		r = plainWidth(r)
		next, mark := voiced(last, r)
		switch {
		case mark && next < 0, !mark && !alone(r):
			return foldAny(s)
		case mark:
			last = next
			continue
		case last >= 0:
			b.WriteRune(last)
		}
		last = foldRune(r)
	}
	if last >= 0 {
		b.WriteRune(last)
	}
	return b.String()
}

// foldAny is Fold for every text. Normalising takes ten times as long as all
// the rest, and what is written in Japanese seldom needs it.
func foldAny(s string) string {
	s = norm.NFKC.String(strings.ToValidUTF8(s, ""))
	s = strings.Map(foldRune, s)
	if strings.ContainsFunc(s, func(r rune) bool { return !alone(r) }) {
		s = norm.NFKC.String(s) // letters that a dropped sign kept apart
	}
	return s
}

// alone tells the characters that NFKC leaves as they are, whatever stands
// beside them, as long as that is one of them too.
func alone(r rune) bool {
	return r <= unicode.MaxASCII ||
		r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヾ' ||
		r >= '一' && r <= '鿿' || r >= '　' && r <= '】'
}

// foldRune is -1 for what is dropped.
func foldRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r <= unicode.MaxASCII:
		return -1
	case r >= 'ァ' && r <= 'ヶ', r == 'ヽ', r == 'ヾ':
		return r - kanaShift
	case r >= 'ぁ' && r <= 'ゖ', r >= '一' && r <= '鿿', r == 'ー':
		return r
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return unicode.ToLower(r)
	}
	return -1
}
