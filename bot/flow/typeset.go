package flow

import "strings"

// typewidth is about how wide a text is in a sans-serif font of a size. It errs
// on the wide side: the drawing is laid out without the reader's fonts.
func typewidth(text string, size float64) float64 {
	var ems float64
	for _, r := range text {
		ems += glyph(r)
	}
	return ems * size
}

// glyph is the width of a character in ems.
func glyph(r rune) float64 {
	switch {
	case r >= 0x2e80 || r >= 0x2190 && r < 0x2800 || r == '…' || r == '—':
		return 1 // Japanese, arrows, circled figures and other signs
	case strings.ContainsRune(" .,:;'!|il()[]/jtfrI-", r):
		return 0.37
	case r == 'm' || r == 'w' || r >= 'A' && r <= 'Z' || r == '@' || r == '%':
		return 0.8
	}
	return 0.6
}

// typeset breaks a text into lines no wider than width. Japanese breaks
// anywhere but before closing signs, Latin words stay whole where they fit. A
// text of more than most lines ends in an ellipsis.
func typeset(text string, size, width float64, most int) []string {
	var lines []string
	line := ""
	for _, w := range pieces(text) {
		switch {
		case typewidth(line+w, size) <= width || strings.ContainsAny(w, noStart) && line != "":
			line += w
		default:
			lines, line = append(lines, strings.TrimSpace(line)), strings.TrimLeft(w, " ")
		}
	}
	lines = append(lines, strings.TrimSpace(line))
	if lines[0] == "" && len(lines) > 1 {
		lines = lines[1:]
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] += "…"
	}
	for i := range lines {
		lines[i] = clip(lines[i], size, width)
	}
	return lines
}

// noStart are the signs that may not begin a line.
const noStart = "、。，．」』）】・ーっゃゅょッャュョ"

// pieces are what a line may be broken between: a Latin word with the space
// before it, or one other character.
func pieces(text string) []string {
	var all []string
	word := ""
	for _, r := range strings.Join(strings.Fields(text), " ") {
		switch {
		case r == ' ':
			all, word = append(all, word), " "
		case r < 0x2e80:
			word += string(r)
		default:
			all, word = append(all, word, string(r)), ""
		}
	}
	return append(all, word)
}

// clip shortens a text to a width.
func clip(text string, size, width float64) string {
	if typewidth(text, size) <= width+size { // a closing sign may stand out a little
		return text
	}
	runes := []rune(strings.TrimSuffix(text, "…"))
	for len(runes) > 0 && typewidth(string(runes)+"…", size) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
