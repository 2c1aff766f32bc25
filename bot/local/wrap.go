package local

import (
	"strings"

	"github.com/rivo/uniseg"
)

// wrap breaks text into lines of at most width columns where Unicode allows a
// line to break (UAX #14), so that no line begins with 、 or 」 and no address
// is cut while it fits on a line of its own.
func wrap(text string, width int) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapLine(line, width)...)
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line string, width int) []string {
	if strings.HasPrefix(line, "http") {
		return []string{line} // a cut address cannot be copied
	}
	var lines []string
	current, indent := "", hanging(line)
	state := -1
	for rest := line; rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		if current != "" && uniseg.StringWidth(strings.TrimRight(current+segment, " ")) > width {
			lines = append(lines, strings.TrimRight(current, " "))
			current = indent
		}
		current += segment
	}
	return append(lines, current)
}

// hanging is the indent of the further lines of a numbered or listed line.
func hanging(line string) string {
	for _, mark := range []string{"・", "- "} {
		if strings.HasPrefix(line, mark) {
			return "  "
		}
	}
	if len(line) > 3 && line[0] >= '1' && line[0] <= '9' && line[1:3] == ". " {
		return "   "
	}
	return ""
}
