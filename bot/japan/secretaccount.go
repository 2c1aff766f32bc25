package japan

import (
	"strings"
	"unicode"
)

// accounts finds a password that needs no word: how accounts are handed on, the
// address and, behind a slash or on the next line, what can only be its password.
func (h *hunt) accounts() {
	for i, r := range h.folded {
		if r != '@' || h.beside(i-1) <= ' ' {
			continue
		}
		end := i + 1
		for end < len(h.folded) && (latinWord(h.folded[end]) || digit(h.folded[end]) || strings.ContainsRune(".-", h.folded[end])) {
			end++
		}
		from := h.past(end)
		if !strings.Contains(string(h.folded[i:end]), ".") || !strings.ContainsRune("\n/", h.beside(from)) {
			continue
		}
		from = h.past(from + 1)
		if to := h.line(from); h.mixed(from, to) && h.secretish(from, to) {
			h.password(from, to)
		}
	}
}

// line is the end of a value that is all there is to its line; from, when more
// is.
func (h *hunt) line(from int) (to int) {
	const longest = 64
	to = from
	for to < len(h.folded) && to-from <= longest && h.folded[to] > ' ' && h.folded[to] <= unicode.MaxASCII {
		to++
	}
	if end := h.past(to); to-from <= longest && (end >= len(h.folded) || h.folded[end] == '\n') {
		return to
	}
	return from
}

// mixed tells whether a value has capitals, small letters and digits, as the
// passwords that Microsoft makes have, and codes of errors have not; neither is
// it an address.
func (h *hunt) mixed(from, to int) bool {
	const shortest = 8
	value := string(h.runes[from:to])
	return to-from >= shortest && !strings.ContainsAny(value, "@/") && strings.ContainsFunc(value, unicode.IsUpper) &&
		strings.ContainsFunc(value, unicode.IsLower) && strings.ContainsFunc(string(h.folded[from:to]), digit)
}
