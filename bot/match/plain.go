package match

import (
	"html"
	"regexp"
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
	quoteMark = regexp.MustCompile(`(?m)^[ \t　]*(?:[>＞|]+[ \t　]*)+`)
	address   = regexp.MustCompile(`https?://\S+`)
)

// What begins another thing within a sentence without a sign: the number of a
// list, and an English joint before a new subject.
var (
	item  = regexp.MustCompile(`(?m)(?:^|\s)[(（]?[1-9１-９][)）]\s*|[①-⑨]`)
	joint = regexp.MustCompile(`(?i) (and|but|plus|also) (the|our|my|it|it's|its|now|then|when|i|there|there's|we|also) `)
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
	if strings.ContainsAny(s, ">＞|") {
		s = quoteMark.ReplaceAllString(s, "")
	}
	return apart(s)
}

// apart puts signs where another thing begins.
func apart(s string) string {
	if strings.ContainsAny(s, ")）①②③") {
		s = item.ReplaceAllString(s, "\n")
	}
	if strings.Contains(s, " and ") || strings.Contains(s, " but ") || strings.Contains(s, " plus ") || strings.Contains(s, " also ") {
		s = joint.ReplaceAllString(s, ", $1 $2 ")
	}
	return s
}

// spoken is what an emoji's name says; the name of a face says nothing.
func spoken(shortcode string) string {
	if name := shortcode[1 : len(shortcode)-1]; name == "credit_card" || name == "question" {
		return " " + map[string]string{"credit_card": "credit card", "question": "?"}[name] + " "
	}
	return " "
}
