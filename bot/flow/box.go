package flow

import (
	"slices"
	"strings"
)

// The sizes of what stands in a box.
const (
	titleSize  = 15.0
	textSize   = 12.5
	smallSize  = 11.0
	titleLine  = 20.0
	smallLine  = 15.0
	rowLine    = 2 * unit
	iconWidth  = 22.0
	entryDepth = 2 * unit        // where ways enter a box, from its top
	exitDepth  = unit + unit/4.0 // where a way leaves its row, from the row's top
)

// box is a step of the drawing.
type box struct {
	*node
	column int
	x, y   float64
	height float64
	lines  []string // of the title
	notes  []string // small lines under it
	rows   []row    // the ways that leave at a side
	below  *box     // where the way straight down leads
	label  string   // its name
}

// row is a way that leaves a box at its side.
type row struct {
	arc
	right bool     // leaves to the right
	y     float64  // its top, from the top of the box
	lines []string // its name; where it leads, when that is another chapter
}

func (r row) height() float64 { return rowLine + unit*float64(len(r.lines)-1) }

func (n *node) leadsTo(to *node) bool {
	return slices.ContainsFunc(n.arcs, func(a arc) bool { return a.to == to })
}

// offers tells whether a button of the step leads to another.
func (n *node) offers(to *node) bool {
	return slices.ContainsFunc(n.arcs, func(a arc) bool { return a.kind == arcNext && a.to == to })
}

// icons are the marks at the upper right corner of a box.
func (n *node) icons() []string {
	var marks []string
	for _, mark := range []struct {
		on   bool
		name string
	}{{n.gate, "gate"}, {n.ask != "", "ask"}, {n.waits, "wait"}} {
		if mark.on {
			marks = append(marks, mark.name)
		}
	}
	return marks
}

// fill sets the texts of a box and its height.
func (b *box) fill(l *layout) {
	b.lines = typeset(b.title, titleSize, boxWidth-2*boxPad-iconWidth*float64(len(b.icons())), 3)
	b.notes = b.remarks(l.words)
	y := grid(boxPad + titleLine*float64(len(b.lines)) + smallLine*float64(len(b.notes)) + 6)
	for _, a := range b.arcs {
		switch {
		case a.kind == arcUnless:
			continue
		case a.kind == arcNext && b.below != nil && a.to == b.below.node:
			b.label = a.label
			continue
		}
		// Within the column of the spine ways run at its left, within the
		// side column at its right, the others between them.
		r := row{arc: a, right: l.boxes[a.to].column == 1, y: y}
		r.lines = append(r.lines, clip(a.label, textSize, boxWidth-3*boxPad))
		if a.to.chapter != b.chapter {
			r.lines = append(r.lines, clip("→ "+a.to.title, smallSize, boxWidth-3*boxPad))
		}
		y += r.height()
		b.rows = append(b.rows, r)
	}
	b.height = y
	if len(b.rows) > 0 {
		b.height += unit / 2
	}
	b.height = grid(b.height)
}

// remarks are the small lines under the title: the step's id, what is typed,
// what skips the step, when the clerk is reminded, which errors are known.
func (b *box) remarks(w words) []string {
	notes := []string{b.id}
	add := func(name, what string) {
		if what != "" {
			notes = append(notes, clip(w.graph(name)+": "+what, smallSize, boxWidth-2*boxPad))
		}
	}
	add("ask", b.ask)
	add("skip", b.skip)
	for _, after := range b.reminders {
		add("remind", after)
	}
	add("errors", strings.Join(b.errors, ", "))
	return notes
}
