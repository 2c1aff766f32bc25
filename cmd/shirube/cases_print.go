package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
)

// driftColumns are the columns of the table and, with the texts, of the CSV.
func driftColumns() []string {
	return []string{"step", "title", "reports", "sessions", "marked", "since"}
}

func driftRow(d drifted) []string {
	marked := "no"
	if d.Marked {
		marked = "yes"
	}
	return []string{d.Step, d.Title, strconv.Itoa(d.Reports), strconv.Itoa(d.Sessions), marked, stamp(d.Since)}
}

// writeDriftCSV gives the texts in one column, a line each.
func writeDriftCSV(w io.Writer, steps []drifted) error {
	out := csv.NewWriter(w)
	_ = out.Write(append(driftColumns(), "texts")) // Flush keeps the error
	for _, d := range steps {
		var texts []string
		for _, s := range d.Texts {
			texts = append(texts, lined(s.Text))
		}
		_ = out.Write(append(driftRow(d), inert(strings.Join(texts, "\n"))))
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking what somebody wrote for a formula; a
// Japanese one knows the wide signs as well.
func inert(text string) string {
	if sign := strings.IndexAny(strings.TrimLeft(text, " \t\n"), "=+-@＝＋－＠"); sign == 0 {
		return "'" + text
	}
	return text
}

// writeDriftTable is for people: under each step what was seen.
func writeDriftTable(w io.Writer, steps []drifted) error {
	if len(steps) == 0 {
		_, err := fmt.Fprintln(w, "nothing is reported")
		return err
	}
	table := [][]string{driftColumns()}
	for _, d := range steps {
		table = append(table, driftRow(d))
	}
	var b strings.Builder
	widths := columnWidths(table)
	b.WriteString(lipgloss.NewStyle().Bold(true).Render(aligned(table[0], widths)) + "\n")
	for i, d := range steps {
		b.WriteString(aligned(table[i+1], widths) + "\n")
		for _, s := range d.Texts {
			b.WriteString("  " + stamp(s.At) + "  " + visible(lined(s.Text)) + mended(s) + "\n")
		}
	}
	_, err := lipgloss.Fprint(w, b.String())
	return err
}

// mended marks what was seen before the step was changed.
func mended(s sight) string {
	if s.Current {
		return ""
	}
	return "  (the step was changed since)"
}

// lined is a text on one line.
func lined(text string) string { return strings.Join(strings.Fields(text), " ") }
