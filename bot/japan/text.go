package japan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The most characters a name may have.
const (
	companyLimit = 100
	personLimit  = 60
)

// Company reads a company's name: trimmed, spaces collapsed to one half-width
// space, composed (NFC), otherwise to the letter, because reviews want the
// registered name. It refuses with [Empty], [Control], [Long] (over 100
// characters), [URL], [Email], [Digits] or [Symbols]; the name is then empty.
func Company(text string) (name, reason string) { return readName(text, companyLimit) }

// Person reads a person's name like [Company], with at most 60 characters.
func Person(text string) (name, reason string) { return readName(text, personLimit) }

func readName(text string, limit int) (name, reason string) {
	name, reason = tidy(text, limit)
	if reason == "" {
		reason = misplaced(name)
	}
	if reason != "" {
		return "", reason
	}
	return name, ""
}

// tidy trims and collapses spaces and drops invisible format characters,
// which come along when text is copied from a chat.
func tidy(text string, limit int) (name, reason string) {
	text = strings.TrimFunc(text, blank)
	switch {
	case text == "":
		return "", Empty
	case len(text) > 64*limit: // too long to look at in detail
		return "", Long
	case !utf8.ValidString(text):
		return "", Control
	}
	var b strings.Builder
	gap := false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cf, r):
		case r == '\t' || unicode.Is(unicode.Zs, r):
			gap = true
		case r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp):
			return "", Control
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteRune(r)
		}
	}
	name = compose(b.String())
	if utf8.RuneCountInString(name) > limit {
		return "", Long
	}
	return name, ""
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// compose is NFC, but leaves the compatibility ideographs alone: NFC turns
// the 塚 (U+FA10) of a registered name into another one (U+585A).
func compose(s string) string {
	var b strings.Builder
	start := 0
	for i, r := range s {
		if (r < 0xF900 || r > 0xFAFF) && (r < 0x2F800 || r > 0x2FA1F) {
			continue
		}
		b.WriteString(norm.NFC.String(s[start:i]))
		b.WriteRune(r)
		start = i + utf8.RuneLen(r)
	}
	b.WriteString(norm.NFC.String(s[start:]))
	return b.String()
}

// misplaced tells what was given in place of a name.
func misplaced(name string) string {
	folded := strings.ToLower(norm.NFKC.String(name))
	for word := range strings.FieldsSeq(folded) {
		switch {
		case webAddress(word):
			return URL
		case mailAddress(word):
			return Email
		}
	}
	switch {
	case strings.ContainsFunc(folded, unicode.IsLetter):
		return ""
	case strings.ContainsFunc(folded, unicode.IsDigit):
		return Digits
	}
	return Symbols
}

// webAddress takes a bare host for an address only under the domains a
// Japanese company uses, so that a name with a full stop stays a name.
func webAddress(word string) bool {
	if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") {
		return true
	}
	host, _, path := strings.Cut(word, "/")
	if !ascii(host) || strings.Contains(host, "@") {
		return false
	}
	for _, end := range []string{".jp", ".com", ".net", ".org"} {
		if before, ok := strings.CutSuffix(host, end); ok && before != "" {
			return true
		}
	}
	return path && strings.Contains(host, ".") && !strings.HasSuffix(host, ".")
}

func mailAddress(word string) bool {
	local, domain, ok := strings.Cut(strings.Trim(word, "<>()[]:;,"), "@")
	return ok && local != "" && ascii(local) && ascii(domain) &&
		strings.Contains(strings.Trim(domain, "."), ".")
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
