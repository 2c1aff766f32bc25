package japan

import (
	"strings"
	"unicode"
)

// What people say about passwords, and what looks like one.

// believed tells whether a value in ASCII after the word is a password and not
// the rest of a sentence.
func (h *hunt) believed(from, to, sure int, line bool) bool {
	value := string(h.folded[from:to])
	switch {
	case strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://"):
		return false
	case sure == marked:
		return true
	case h.counted(from, to):
		return false
	case stopWord(strings.Trim(value, ".,!?;")):
		return false
	case h.secretish(from, to):
		return true
	}
	next := to
	for next < len(h.folded) && h.folded[next] == ' ' {
		next++
	}
	ends := next >= len(h.folded) || strings.ContainsRune("\n。、!", h.folded[next])
	if sure == told {
		return ends || strings.ContainsRune("でだにと", h.folded[next])
	}
	return ends && (line && to-from >= 4 || to-from >= 6)
}

// counted tells numbers of something: 8文字, 3回, a day.
func (h *hunt) counted(from, to int) bool {
	value := string(h.folded[from:to])
	if strings.Trim(value, "0123456789/-.") != "" {
		return false
	}
	return strings.Contains(value, "/") ||
		h.beside(to) != ' ' && strings.ContainsRune("文桁回年月日時分秒つ個件人名種", h.beside(to))
}

// secretish tells whether a value looks like a password by itself: letters
// with digits or signs, or a sign among digits.
func (h *hunt) secretish(from, to int) bool {
	letters, digits, signs := false, false, false
	for _, r := range h.folded[from:to] {
		switch {
		case r >= 'a' && r <= 'z':
			letters = true
		case digit(r):
			digits = true
		case strings.ContainsRune("!@#$%^&*+=?_~<>|", r):
			signs = true
		}
	}
	return to-from >= 4 && (letters && (digits || signs && !h.sentence(from, to)) || digits && (signs || to-from >= 6))
}

// sentence tells a word that only ends in a sign: wrong!
func (h *hunt) sentence(from, to int) bool {
	return !strings.ContainsFunc(strings.TrimRight(string(h.folded[from:to]), "!?"), func(r rune) bool { return !latinWord(r) })
}

// stopWord knows words that follow a password's word in what people say of it.
func stopWord(word string) bool {
	const words = ` wrong incorrect invalid not required expired reset resets resetting too the a an in on at my for to from of and or
 is was be been has have do does did must should can cannot can't won't will field box screen page policy again correct change
 changed forgotten lost forgot manager protection hash hint length rules strength writeback sync? error microsoft azure entra
 partner center mfa id sms edge inprivate office excel windows it that this please what where how when why if with without
 characters character least needed necessary missing unknown weak strong ok ng null none yes no working accepted rejected `
	return strings.Contains(strings.ReplaceAll(words, "\n", " "), " "+word+" ")
}

// valueBefore is the place of a password that stands before its word, as in
// Abc123! がパスワードです.
func (h *hunt) valueBefore(word int) (from, to int, ok bool) {
	to = word
	for _, link := range []string{" is my ", " is the ", " as the ", " as my ", "が", "は", "を", "という", "って"} {
		end := word
		if !strings.HasSuffix(link, " ") {
			for end > 0 && h.folded[end-1] == ' ' {
				end--
			}
		}
		if n := h.before(end, link); n > 0 {
			to = end - n
			break
		}
	}
	if to == word {
		return 0, 0, false
	}
	for to > 0 && h.folded[to-1] == ' ' {
		to--
	}
	from = to
	for from > 0 && h.folded[from-1] > ' ' && h.folded[from-1] <= unicode.MaxASCII {
		from--
	}
	ok = from < to && h.secretish(from, to) && !h.counted(from, to)
	return from, to, ok && strings.Trim(string(h.folded[from:to]), "0123456789-") != ""
}
