package japan

import (
	"strings"
	"unicode/utf8"
)

const letters = "abcdefghijklmnopqrstuvwxyz"

// monthNumber knows full names and their usual short forms.
func monthNumber(word string) int {
	if word == "sept" {
		word = "sep"
	}
	for i, m := range []string{
		"january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december",
	} {
		if word == m || word == m[:3] {
			return i + 1
		}
	}
	return 0
}

// weekdayLen is the length of the weekday s begins with: (木), (木曜日), 木曜日,
// (thu), thu or thursday; 0 when there is none.
func weekdayLen(s string) int {
	if inner, ok := strings.CutPrefix(s, "("); ok {
		name, _, closed := strings.Cut(inner, ")")
		short := strings.TrimSuffix(strings.TrimSuffix(name, "日"), "曜")
		if closed && (name == "日" || kanjiWeekday(short) || englishWeekday(name)) {
			return len(name) + 2
		}
		return 0
	}
	size := len(s) - len(strings.TrimLeft(s, letters))
	if englishWeekday(s[:size]) {
		return size + len(s[size:]) - len(strings.TrimPrefix(s[size:], "."))
	}
	_, size = utf8.DecodeRuneInString(s)
	if rest, ok := strings.CutPrefix(s[size:], "曜"); ok && kanjiWeekday(s[:size]) {
		return len(s) - len(strings.TrimPrefix(rest, "日"))
	}
	return 0
}

func kanjiWeekday(s string) bool {
	return utf8.RuneCountInString(s) == 1 && strings.Contains("月火水木金土日", s)
}

func englishWeekday(word string) bool {
	for _, d := range []string{
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	} {
		if len(word) >= 3 && strings.HasPrefix(d, word) {
			return true
		}
	}
	return false
}
