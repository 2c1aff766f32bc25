package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"charm.land/lipgloss/v2"

	"github.com/shirube/shirube/bot"
)

func writeJSON(w io.Writer, list any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(list)
}

// graveColumns are the columns of the table and of the CSV.
func graveColumns() []string {
	return []string{"id", "buried", "reason", "attempts", "due", "to", "session"}
}

func graveRow(g bot.Grave) []string {
	return []string{
		g.ID, stamp(g.Buried), g.Reason, strconv.Itoa(g.Attempts), stamp(g.Due), target(g), g.Session,
	}
}

// stamp is a time in UTC, to the second.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// target is where a message goes, as DISTRIBUTOR names a place; reminders and
// reports go to nobody.
func target(g bot.Grave) string {
	if g.Kind != bot.GraveMessage {
		return g.Kind
	}
	place := g.To.Channel
	if g.To.User != "" {
		place = g.To.User
	}
	if g.To.Tenant != "" {
		place = g.To.Tenant + "/" + place
	}
	return g.To.Platform + ":" + place
}

func writeCSV(w io.Writer, graves []bot.Grave) error {
	out := csv.NewWriter(w)
	_ = out.Write(graveColumns()) // Flush keeps the error
	for _, g := range graves {
		_ = out.Write(graveRow(g))
	}
	out.Flush()
	return out.Error()
}

// writeTable is for people. Where it does not go to a terminal, lipgloss leaves
// its styles out.
func writeTable(w io.Writer, graves []bot.Grave) error {
	if len(graves) == 0 {
		_, err := fmt.Fprintln(w, "nothing is buried")
		return err
	}
	table := [][]string{graveColumns()}
	for _, g := range graves {
		table = append(table, graveRow(g))
	}
	var b strings.Builder
	widths := columnWidths(table)
	for i, row := range table {
		line := aligned(row, widths)
		if i == 0 {
			line = lipgloss.NewStyle().Bold(true).Render(line)
		}
		b.WriteString(line + "\n")
	}
	_, err := lipgloss.Fprint(w, b.String())
	return err
}

// columnWidths is the width of every column in terminal cells: a Japanese
// character takes two.
func columnWidths(table [][]string) []int {
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], lipgloss.Width(visible(cell)))
		}
	}
	return widths
}

func aligned(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		cell = visible(cell)
		b.WriteString(cell + strings.Repeat(" ", widths[i]-lipgloss.Width(cell)+2))
	}
	return strings.TrimRight(b.String(), " ")
}

// visible keeps what came from outside from steering the terminal, or from
// turning a line round.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
