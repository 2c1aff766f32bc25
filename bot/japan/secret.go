package japan

import (
	"slices"
	"strings"
	"unicode"
)

// The kinds of secrets a person may paste.
const (
	SecretCard     = "card"
	SecretCode     = "code"
	SecretPassword = "password"
)

// SecretMask stands in place of every secret, whatever its length.
const SecretMask = "●●●●"

// Secrets replaces what must not be kept: card numbers, the codes of an
// identity check, passwords. It returns the text to keep and which kinds were
// in it, in the order of the constants. Numbers of the procedure stay: Partner
// IDs, corporate numbers, telephone numbers, dates, amounts, postal codes. A
// number is a code where a word beside it says so, or anywhere when coded
// tells that the reader was just asked for one.
func Secrets(text string, coded bool) (masked string, found []string) {
	if text == "" {
		return "", nil
	}
	h := newHunt(text)
	h.cards()
	h.codes(coded)
	h.passwords()
	h.accounts()
	if len(h.spans) == 0 {
		return text, nil
	}
	return h.mask()
}

// hunt is a text being searched. folded has the same length: usual width and
// small letters, so that a place in the one is a place in the other.
type hunt struct {
	runes, folded []rune
	groups        []group
	spans         []span
}

// span is a secret's place.
type span struct {
	from, to int
	kind     string
}

// group is digits without anything between them.
type group struct {
	from, to int
	joined   bool // only a separator lies between it and the one before
}

func (g group) size() int { return g.to - g.from }

func newHunt(text string) *hunt {
	h := &hunt{runes: []rune(text)}
	h.folded = make([]rune, len(h.runes))
	for i, r := range h.runes {
		h.folded[i] = unicode.ToLower(plainWidth(r))
	}
	h.group()
	return h
}

func (h *hunt) group() {
	for i := 0; i < len(h.folded); i++ {
		if !digit(h.folded[i]) {
			continue
		}
		g := group{from: i}
		for i < len(h.folded) && digit(h.folded[i]) {
			i++
		}
		g.to = i
		if n := len(h.groups); n > 0 {
			g.joined = separators(h.folded[h.groups[n-1].to:g.from])
		}
		h.groups = append(h.groups, g)
	}
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// separators tells whether nothing but what people write inside one number
// lies between its parts.
func separators(between []rune) bool {
	const most = 3
	if len(between) > most {
		return false
	}
	return !slices.ContainsFunc(between, func(r rune) bool { return !blank(r) && !hyphen(r) && !strings.ContainsRune("._/・,、", r) })
}

func (h *hunt) add(from, to int, kind string) {
	if !h.taken(from, to) {
		h.spans = append(h.spans, span{from, to, kind})
	}
}

// within tells whether all of a place is masked already.
func (h *hunt) within(from, to int) bool {
	return slices.ContainsFunc(h.spans, func(s span) bool { return s.from <= from && to <= s.to })
}

func (h *hunt) taken(from, to int) bool {
	return slices.ContainsFunc(h.spans, func(s span) bool { return from < s.to && s.from < to })
}

func (h *hunt) mask() (masked string, found []string) {
	slices.SortFunc(h.spans, func(a, b span) int { return a.from - b.from })
	var kept []rune
	at := 0
	for _, s := range h.spans {
		if s.from >= at {
			kept = append(append(kept, h.runes[at:s.from]...), []rune(SecretMask)...)
		}
		at = max(at, s.to)
	}
	kept = append(kept, h.runes[at:]...)
	for _, kind := range []string{SecretCard, SecretCode, SecretPassword} {
		if slices.ContainsFunc(h.spans, func(s span) bool { return s.kind == kind }) {
			found = append(found, kind)
		}
	}
	return string(kept), found
}

// at tells whether a word, folded, stands at a place.
func (h *hunt) at(i int, word string) bool {
	for _, r := range word {
		if i < 0 || i >= len(h.folded) || h.folded[i] != r {
			return false
		}
		i++
	}
	return true
}
