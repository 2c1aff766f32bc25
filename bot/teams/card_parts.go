package teams

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/bot"
)

// The bounds of what is not text, in characters and pieces.
const (
	maxTitle    = 200
	maxChapter  = 100
	maxFields   = 25
	minField    = 60 // name and value together
	maxLinks    = 5
	maxURL      = 1000
	maxFallback = 500
)

// barWidth is the width of the progress bar.
const barWidth = 12

// whereabouts is the chapter and how far the whole has come. The bar is two
// shades and not only two colours, and the numbers stand beside it.
func whereabouts(m bot.Message) []element {
	var runs []textRun
	if chapter := oneLine(literal(shorten(m.Chapter, maxChapter))); chapter != "" {
		runs = append(runs, textRun{Text: chapter + "   ", Size: "Small", Subtle: true})
	}
	if p := m.Progress; p.Total > 0 {
		full := min(max(barWidth*p.Done/p.Total, 0), barWidth)
		runs = append(runs,
			textRun{Text: strings.Repeat("▓", full), Size: "Small", Color: "Accent"},
			textRun{Text: strings.Repeat("░", barWidth-full), Size: "Small", Subtle: true},
			textRun{Text: fmt.Sprintf("  %d/%d", p.Done, p.Total), Size: "Small"})
	}
	if len(runs) == 0 {
		return nil
	}
	return []element{line(runs...)}
}

func heading(title string) []element {
	title = unmarked(oneLine(shorten(title, maxTitle)))
	if title == "" {
		return nil
	}
	return []element{{Type: "TextBlock", Text: title, Size: "Large", Weight: "Bolder", Style: "heading", Wrap: true}}
}

// partElements sets a part apart by its kind: what happened and what not to do
// stand in boxes, what will be seen below a line.
func partElements(part bot.MessagePart, room *budget) []element {
	headed := part.Kind == bot.See || part.Kind == bot.Avoid
	lines := textLines(part.Text, headed, room)
	if len(lines) == 0 {
		return nil
	}
	switch part.Kind {
	case bot.Notice:
		return []element{{Type: "Container", Style: "emphasis", Items: lines}}
	case bot.Avoid:
		return []element{{Type: "Container", Style: "warning", Items: lines}}
	case bot.See:
		lines[0].Separator = true
	}
	return lines
}

// textLines is a text with every line in a block of its own: a line break
// inside one does not show everywhere. It takes from the room what it needs.
func textLines(text string, headed bool, room *budget) []element {
	var lines []element
	spacing := ""
	for s := range strings.Lines(text) {
		s = strings.TrimRightFunc(literal(s), unicode.IsSpace)
		if s == "" {
			spacing = "Default"
			continue
		}
		if room.lines <= 0 || room.runes <= 0 {
			break
		}
		s = shorten(s, room.runes)
		room.lines, room.runes = room.lines-1, room.runes-utf8.RuneCountInString(s)
		block := line(emphasised(s, headed && len(lines) == 0)...)
		if len(lines) > 0 {
			block.Spacing = spacing
		}
		lines, spacing = append(lines, block), "Small"
	}
	return lines
}

// line is one line of text.
func line(runs ...textRun) element {
	kept := make([]textRun, 0, len(runs))
	for _, r := range runs {
		if r.Text != "" {
			r.Type = "TextRun"
			kept = append(kept, r)
		}
	}
	return element{Type: "RichTextBlock", Inlines: kept}
}

// emphasised is a line in which what to press stands out: labels in 「」 are
// bold, and so is a heading.
func emphasised(text string, heading bool) []textRun {
	if heading {
		return []textRun{{Text: text, Weight: "Bolder"}}
	}
	var runs []textRun
	for text != "" {
		from := strings.Index(text, "「")
		to := strings.Index(text, "」")
		if from < 0 || to < from {
			break
		}
		to += len("」")
		runs = append(runs, textRun{Text: text[:from]}, textRun{Text: text[from:to], Weight: "Bolder"})
		text = text[to:]
	}
	return append(runs, textRun{Text: text})
}

func fieldElements(fields []bot.MessageField, b budget) []element {
	if len(fields) == 0 {
		return nil
	}
	fields = fields[:min(len(fields), maxFields, b.runes/minField)]
	each := b.runes / len(fields) / 2
	var facts []fact
	var copied []element
	for _, f := range fields {
		if f.Copy {
			copied = append(copied, copyElements(f)...)
			continue
		}
		facts = append(facts, fact{unmarked(oneLine(shorten(f.Name, each))), unmarked(oneLine(shorten(f.Value, each)))})
	}
	if len(facts) == 0 {
		return copied
	}
	return append([]element{{Type: "FactSet", Facts: facts}}, copied...)
}

// copyElements is a value to be copied: whole, to the letter and in a box of its
// own, so that a press and a drag take it and nothing else.
func copyElements(f bot.MessageField) []element {
	name := line(textRun{Text: literal(f.Name), Weight: "Bolder"})
	value := line(textRun{Text: literal(f.Value), FontType: "Monospace"})
	value.Spacing = "None"
	return []element{name, {Type: "Container", Style: "emphasis", Spacing: "Small", Items: []element{value}}}
}

// linkElements shows where a link leads to the letter. It is a link of markdown:
// a run of text with an action does not break where the line ends.
func linkElements(links []string) []element {
	var elements []element
	for _, link := range links[:min(len(links), maxLinks)] {
		link = oneLine(literal(link))
		if len(link) > maxURL || link == "" {
			continue
		}
		e := line(textRun{Text: link})
		if webAddress.MatchString(link) {
			shown := strings.ReplaceAll(strings.ReplaceAll(link, "*", `\*`), "_", `\_`)
			inner := strings.ReplaceAll(strings.ReplaceAll(link, "(", "%28"), ")", "%29")
			e = element{Type: "TextBlock", Text: "[" + shown + "](" + inner + ")", Wrap: true}
		}
		e.Spacing = "Small"
		elements = append(elements, e)
	}
	return elements
}

// webAddress is an address that may be pressed, and that holds nothing but what
// an address may.
var webAddress = regexp.MustCompile(`^https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*$`)
