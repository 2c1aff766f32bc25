package teams

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner is a character without width that no word breaks at. Put into the
// middle of a piece of markup it makes plain text of it.
const joiner = "\u2060"

// listMark is what makes a list, a quotation or a heading of a line when it
// stands at its beginning.
var listMark = regexp.MustCompile(`^(?:[-+>#=]|\d+[.)])`)

// unmarked is a text for those elements that read markdown, so that it shows to
// the letter. Clients differ in what they let a backslash escape; all know it
// before an asterisk and an underscore, the rest is broken by joiners.
// https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
func unmarked(text string) string {
	var lines []string
	for s := range strings.Lines(escaped(literal(text))) {
		if s = strings.TrimSpace(s); s != "" {
			lines = append(lines, listMark.ReplaceAllString(s, joiner+"$0"))
		}
	}
	return strings.Join(lines, "\n\n") // one alone is a space in markdown
}

// escaped is a text without what markdown reads anywhere in a line.
func escaped(text string) string {
	var out strings.Builder
	var before rune
	for _, r := range text {
		switch {
		case r == '*' || r == '_' || r == '`':
			out.WriteByte('\\')
		case (r == '(' || r == ':') && before == ']', r == '~' && before == '~':
			out.WriteString(joiner)
		}
		out.WriteRune(r)
		if r == '\\' || r == '&' || r == '<' {
			out.WriteString(joiner)
		}
		before = r
	}
	return out.String()
}

// literal is a text without what even a run of text is read for: dates in
// double braces, and characters that cannot be seen.
func literal(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.ReplaceAll(text, "{{", "{"+joiner+"{")
}

// shorten cuts a text to at most n characters, with a sign that it did.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:max(n-1, 0)]) + "…"
}

// oneLine is a text without line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
