package local

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/shirube/shirube/bot"
)

// columns is how wide the chat is drawn.
const columns = 80

// The chat's colours, readable on dark and light terminals; without colours
// everything still reads.
var (
	titleStyle  = lipgloss.NewStyle().Bold(true)
	quietStyle  = lipgloss.NewStyle().Faint(true)
	noticeStyle = lipgloss.NewStyle().Foreground(lipgloss.Color("6"))
	avoidStyle  = lipgloss.NewStyle().Foreground(lipgloss.Color("3"))
	buttonStyle = lipgloss.NewStyle().Foreground(lipgloss.Color("2")).Bold(true)
	laneStyle   = lipgloss.NewStyle().Foreground(lipgloss.Color("5"))
)

// laneIndent is how far to the right the distributor's lane stands.
const laneIndent = 24

// clerkView draws a message to the clerk.
func clerkView(m bot.Message) string {
	blocks := []string{header(m)}
	for _, p := range m.Parts {
		text := wrap(p.Text, columns-2)
		switch p.Kind {
		case bot.Notice:
			text = paint(noticeStyle, text)
		case bot.Avoid:
			text = paint(avoidStyle, text)
		}
		blocks = append(blocks, text)
	}
	if len(m.Fields) > 0 {
		blocks = append(blocks, fieldLines(m.Fields))
	}
	if len(m.Links) > 0 {
		blocks = append(blocks, strings.Join(m.Links, "\n"))
	}
	if len(m.Buttons) > 0 {
		blocks = append(blocks, buttonLines(m.Buttons))
	}
	return "\n" + strings.Join(blocks, "\n\n") + "\n"
}

// header is a rule with the progress, then chapter and title.
func header(m bot.Message) string {
	rule := quietStyle.Render(strings.Repeat("─", columns))
	if m.Progress.Total > 0 {
		tail := fmt.Sprintf(" %s %d/%d", bar(m.Progress), m.Progress.Done, m.Progress.Total)
		rule = quietStyle.Render(strings.Repeat("─", columns-lipgloss.Width(tail)) + tail)
	}
	head := m.Title
	if m.Chapter != "" && m.Title != "" {
		head = quietStyle.Render(m.Chapter+"  ") + titleStyle.Render(m.Title)
	}
	if head == "" {
		return rule
	}
	return rule + "\n" + head
}

// barWidth is the width of the progress bar.
const barWidth = 20

func bar(p bot.Progress) string {
	full := barWidth * p.Done / p.Total
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

func fieldLines(fields []bot.MessageField) string {
	widest := 0
	for _, f := range fields {
		widest = max(widest, lipgloss.Width(f.Name))
	}
	lines := make([]string, len(fields))
	for i, f := range fields {
		lines[i] = f.Name + strings.Repeat(" ", widest-lipgloss.Width(f.Name)+2) + f.Value
		if f.Copy {
			lines[i] = quietStyle.Render(f.Name) + "\n" + f.Value // nothing beside what is selected with the mouse
		}
	}
	return strings.Join(lines, "\n")
}

// buttonLines numbers the buttons, as many on a line as fit.
func buttonLines(buttons []bot.Button) string {
	var lines []string
	line, width := "", 0
	for i, b := range buttons {
		cell := fmt.Sprintf("[%d] %s", i+1, b.Label)
		if width > 0 && width+3+lipgloss.Width(cell) > columns-2 {
			lines = append(lines, line)
			line, width = "", 0
		}
		if width > 0 {
			line, width = line+"   ", width+3
		}
		line, width = line+buttonStyle.Render(cell), width+lipgloss.Width(cell)
	}
	return strings.Join(append(lines, line), "\n")
}

// laneView draws a message to the distributor in its own lane.
func laneView(heading string, m bot.Message) string {
	edge := strings.Repeat(" ", laneIndent) + laneStyle.Render("│") + " "
	text := wrap(m.Text(), columns-laneIndent-2)
	return "\n" + edge + titleStyle.Render(heading) + "\n" + edge + strings.ReplaceAll(text, "\n", "\n"+edge) + "\n"
}

// paint colours every line by itself: a style laid over several lines would
// fill them up to the same width.
func paint(style lipgloss.Style, text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = style.Render(line)
	}
	return strings.Join(lines, "\n")
}
