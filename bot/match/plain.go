package match

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// The marks that Slack, Teams and mail programs put around what was written.
var (
	mention   = regexp.MustCompile(`(?s)<at[^>]*>.*?</at>|<[@!][^>]*>`)
	slackLink = regexp.MustCompile(`<(?:https?://|mailto:|tel:|#)[^>|]*\|([^>]*)>`)
	bareLink  = regexp.MustCompile(`<(?:mailto:|tel:)?([^\s<>|]+[.@:][^\s<>|]*)>`)
	blockTag  = regexp.MustCompile(`(?i)<(?:br|/?p|/?div|/?li|/?blockquote)\b[^>]*>`)
	anyTag    = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	shortcode = regexp.MustCompile(`:([a-z][a-z0-9_+'-]+):`)
	address   = regexp.MustCompile(`https?://\S+`)
)

// item is the number of a list, which begins another thing.
var item = regexp.MustCompile(`(?m)(?:^|\s)[(（]?[1-9１-９][)）]\s*|[①-⑨]`)

// An English joint before a new subject begins another thing within a sentence
// without a sign.
//
//nolint:gochecknoglobals // tables
var (
	joints   = []string{"and", "but", "plus", "also"}
	subjects = []string{"the", "our", "my", "it", "it's", "its", "now", "then", "when", "i", "there", "there's", "we", "also"}
)

// plain takes the markup off a text and leaves what a reader sees.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = mention.ReplaceAllString(s, " ")
		s = slackLink.ReplaceAllString(s, "$1")
		s = bareLink.ReplaceAllString(s, "$1")
		s = blockTag.ReplaceAllString(s, "\n")
		s = anyTag.ReplaceAllString(s, "")
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, ":") {
		s = shortcode.ReplaceAllStringFunc(s, spoken)
		s = address.ReplaceAllStringFunc(s, func(url string) string { return url + " " })
	}
	if holds(s, ">", "＞", "|") {
		s = unquoted(s)
	}
	return apart(s)
}

// unquoted takes the marks of what is quoted off the lines.
func unquoted(s string) string {
	const spaces = " \t　"
	var out strings.Builder
	out.Grow(len(s))
	for line := range strings.Lines(s) {
		if text := strings.TrimLeft(line, spaces); strings.HasPrefix(text, ">") || strings.HasPrefix(text, "＞") || strings.HasPrefix(text, "|") {
			line = strings.TrimLeft(text, spaces+">＞|")
		}
		out.WriteString(line)
	}
	return out.String()
}

// holds tells whether a text has one of the signs.
func holds(s string, signs ...string) bool {
	for _, sign := range signs {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

// apart puts signs where another thing begins.
func apart(s string) string {
	if holds(s, ")", "）", "①", "②", "③") && counts(s) {
		s = item.ReplaceAllString(s, "\n")
	}
	if holds(s, " and ", " but ", " plus ", " also ") {
		s = joint(s)
	}
	return s
}

// counts tells whether a number of a list may stand in a text.
func counts(s string) bool {
	var last rune
	for _, r := range s {
		if (r == ')' || r == '）') && (last >= '1' && last <= '9' || last >= '１' && last <= '９') || r >= '①' && r <= '⑨' {
			return true
		}
		last = r
	}
	return false
}

// joint puts a comma where two words between spaces begin another thing.
func joint(s string) string {
	var out strings.Builder
	done := 0
	for at := strings.IndexByte(s, ' '); at >= 0; {
		first, rest, _ := strings.Cut(s[at+1:], " ")
		next := at + 1 + len(first)
		if among(first, joints) {
			if second, _, whole := strings.Cut(rest, " "); whole && among(second, subjects) {
				out.WriteString(s[done:at] + ", " + first + " " + second + " ")
				next += len(second) + 2
				done = next
			}
		}
		at = -1
		if next < len(s) {
			if at = strings.IndexByte(s[next:], ' '); at >= 0 {
				at += next
			}
		}
	}
	return out.String() + s[done:]
}

func among(word string, words []string) bool {
	return slices.ContainsFunc(words, func(one string) bool { return strings.EqualFold(one, word) })
}

// spoken is what an emoji's name says; the name of a face says nothing.
func spoken(shortcode string) string {
	if name := shortcode[1 : len(shortcode)-1]; name == "credit_card" || name == "question" {
		return " " + map[string]string{"credit_card": "credit card", "question": "?"}[name] + " "
	}
	return " "
}
