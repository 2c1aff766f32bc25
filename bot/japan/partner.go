package japan

import (
	"strings"
	"unicode"
)

// PartnerID finds the one partner ID in a text such as "パートナー ID: 1234567"
// or "MPN ID １２３ ４５６７". Digits may be full-width and held apart by spaces
// or hyphens. Microsoft publishes no length: 6 to 8 digits are taken, and
// usual tells that there are 7 as in all its examples, so ask again when there
// are not. It refuses with [NoDigits], [Length] or [Several].
func PartnerID(text string) (id string, usual bool, reason string) {
	var r idReader
	for _, c := range text {
		r.read(c)
	}
	r.endGroup()
	switch {
	case !r.digits:
		return "", false, NoDigits
	case r.several:
		return "", false, Several
	case r.id == "":
		return "", false, Length
	}
	return r.id, len(r.id) == 7, ""
}

// idReader collects digits into units (held together by hyphens) and units
// into groups (held together by spaces).
type idReader struct {
	unit    strings.Builder
	group   []string
	id      string
	several bool
	digits  bool
}

func (r *idReader) read(c rune) {
	digit, ok := plainDigit(c)
	switch {
	case ok:
		r.digits = true
		r.unit.WriteByte(digit)
	case unicode.Is(unicode.Cf, c): // invisible, from copying
	case r.unit.Len() > 0 && hyphen(c):
	case c != '\n' && unicode.IsSpace(c):
		r.endUnit()
	case c <= unicode.MaxASCII && unicode.IsLetter(c):
		r.unit.Reset() // 1234567a is part of something else
		r.endGroup()
	default:
		r.endGroup()
	}
}

func (r *idReader) endUnit() {
	if r.unit.Len() > 0 {
		r.group = append(r.group, r.unit.String())
		r.unit.Reset()
	}
}

// endGroup takes the units that may be an ID alone; only when there is none
// do the spaces count as written inside a number.
func (r *idReader) endGroup() {
	r.endUnit()
	found := false
	for _, u := range r.group {
		found = r.take(u) || found
	}
	if !found {
		r.take(strings.Join(r.group, ""))
	}
	r.group = r.group[:0]
}

func (r *idReader) take(id string) bool {
	if len(id) < 6 || len(id) > 8 {
		return false
	}
	r.several = r.several || (r.id != "" && r.id != id)
	r.id = id
	return true
}

// plainDigit leaves out ① and its like: they number a list.
func plainDigit(c rune) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return byte(c), true
	case c >= '０' && c <= '９':
		return byte(c - '０' + '0'), true
	}
	return 0, false
}

// hyphen knows what Japanese keyboards make of a hyphen, the long vowel marks
// included.
func hyphen(c rune) bool {
	return strings.ContainsRune("-‐‑‒–—―−－ーｰ", c)
}
