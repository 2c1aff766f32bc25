package slack

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// reference is what Slack writes for a link, an address, a person or a channel:
// <https://x|shown>, <mailto:a@b|a@b>, <@U1|name>, <#C1|name>, <!here>.
var reference = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// inbound is a person's text as they wrote it: without Slack's markup for
// links and with its three escapes taken back.
func inbound(text string) string {
	text = reference.ReplaceAllStringFunc(text, func(found string) string {
		part := reference.FindStringSubmatch(found)
		target, shown := part[1], part[2]
		switch {
		case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "!"):
			return "" // a mention is nobody's answer
		case shown != "":
			return shown
		}
		return strings.TrimPrefix(strings.TrimPrefix(target, "mailto:"), "tel:")
	})
	return strings.TrimSpace(unescape(text))
}

// Slack's three escapes. A replacer is costly to make and never changes.
//
//nolint:gochecknoglobals // as a regexp is none for the linter
var (
	escapes   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescapes = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

func unescape(text string) string { return unescapes.Replace(text) }

// escape is for texts that Slack reads as mrkdwn; it knows these three only.
func escape(text string) string { return escapes.Replace(text) }

// cut shortens a text to at most n characters, with a sign that it did.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

// split divides a text into pieces of at most n characters, after a line or a
// sentence where there is one.
func split(text string, n int) []string {
	var pieces []string
	for utf8.RuneCountInString(text) > n {
		head := string([]rune(text)[:n])
		at := len(head)
		for _, end := range []string{"\n", "。", ". ", "、", " "} {
			if i := strings.LastIndex(head, end); i > len(head)/2 {
				at = i + len(end)
				break
			}
		}
		pieces = append(pieces, strings.TrimRight(text[:at], "\n"))
		text = text[at:]
	}
	if text != "" || len(pieces) == 0 {
		pieces = append(pieces, text)
	}
	return pieces
}
