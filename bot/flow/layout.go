package flow

import (
	"math"
	"slices"
)

// The measures of the drawing in pixels. Boxes stand on multiples of the unit,
// those of the side column half a unit lower, so that no two ways enter and
// leave on one line.
const (
	unit      = 12.0
	margin    = 24.0
	gutter    = 180.0 // where the chapters' names stand
	boxWidth  = 300.0
	boxPad    = 14.0
	boxGap    = 36.0 // between boxes, for the name of the way down
	bandPad   = 24.0
	legendTop = 108.0
)

// layout is where everything stands.
type layout struct {
	*graph
	boxes    map[*node]*box
	order    []*box // as in the book
	bands    []band
	bundles  []*bundle
	channels [3]channel // left of the spine, between the columns, right of them
	columns  [2]float64 // the left edges of the spine and of the side steps
	width    float64
	height   float64 // of the chapters, without the list of errors
}

// band is a chapter from side to side.
type band struct {
	*chapter
	top, height float64
}

func (g *graph) layout() *layout {
	l := &layout{graph: g, boxes: map[*node]*box{}}
	var columns [2][]*box
	for _, c := range g.chapters {
		for _, n := range c.nodes {
			l.add(n)
		}
		for _, b := range l.stacked(c) {
			columns[b.column] = append(columns[b.column], b)
		}
	}
	for _, column := range columns {
		for i, b := range column {
			if i+1 < len(column) && b.offers(column[i+1].node) {
				b.below = column[i+1]
			}
			b.fill(l)
		}
	}
	l.place()
	l.route()
	return l
}

func (l *layout) add(n *node) {
	b := &box{node: n}
	if n.rank < 0 {
		b.column = 1
	}
	l.boxes[n] = b
	l.order = append(l.order, b)
}

// stacked are the boxes of a chapter: the spine's in its order, then the others
// as they stand in the book.
func (l *layout) stacked(c *chapter) []*box {
	var columns [2][]*box
	for _, n := range c.nodes {
		b := l.boxes[n]
		columns[b.column] = append(columns[b.column], b)
	}
	slices.SortStableFunc(columns[0], func(a, b *box) int { return a.rank - b.rank })
	return append(columns[0], columns[1]...)
}

// place stacks the boxes of every chapter. A side step stands no higher than
// the step of the spine that leads there.
func (l *layout) place() {
	y := legendTop
	for _, c := range l.chapters {
		next := [2]float64{y + bandPad, y + bandPad + unit/2}
		bottom := y + l.named(c)
		for _, b := range l.stacked(c) {
			b.y = next[b.column]
			if from := l.leader(b); from != nil {
				b.y = math.Max(b.y, from.y+unit/2)
			}
			next[b.column] = b.y + b.height + boxGap
			bottom = math.Max(bottom, b.y+b.height)
		}
		height := grid(bottom + bandPad - y)
		l.bands = append(l.bands, band{c, y, height})
		y += height
	}
	l.height = y
}

// leader is the first step of the spine in the same chapter that leads to a
// side step.
func (l *layout) leader(b *box) *box {
	for _, from := range l.order {
		if b.column == 1 && from.column == 0 && from.chapter == b.chapter && from.leadsTo(b.node) {
			return from
		}
	}
	return nil
}

// grid rounds a height up to the unit.
func grid(height float64) float64 { return math.Ceil(height/unit) * unit }
