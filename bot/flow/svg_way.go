package flow

import (
	"fmt"
	"math"
)

// down draws the straight way from a box to the one below, with its name.
func (c *canvas) down(b *box) {
	if b.below == nil {
		return
	}
	x, top, bottom := b.x+boxWidth/2, b.y+b.height, b.below.y
	colour, width := faint, 1.6
	if b.rank >= 0 {
		colour, width = mainWay, 2.8
	}
	if b.below.end {
		bottom -= 5
	}
	c.printf("<path d=\"M%.1f %.1f V%.1f\" stroke=\"%s\" stroke-width=\"%.1f\" fill=\"none\"/>\n", x, top, bottom-6, colour, width)
	c.printf("<path d=\"M%.1f %.1f l-5 -9 h10 z\" fill=\"%s\"/>\n", x, bottom, colour)
	c.text(x+9, top+20, textSize, ` fill="`+ink+`"`, clip(b.label, textSize, boxWidth/2+channelPad-20))
}

// bundleShape draws the ways of a bundle and the one arrow they end in.
func (c *canvas) bundleShape(b *bundle) {
	colour := colour(b.color)
	for _, e := range b.exits { // a light edge sets it off from what it crosses
		x1, y1, x2, y2 := c.ends(b, e)
		c.printf("<path d=\"%s\" stroke=\"#fff\" stroke-width=\"5.5\" fill=\"none\"/>\n", bend(x1, y1, c.lane(b), x2, y2))
	}
	for _, e := range b.exits {
		x1, y1, x2, y2 := c.ends(b, e)
		c.printf("<path d=\"%s\" stroke=\"%s\" stroke-width=\"1.7\" fill=\"none\"%s><title>%s → %s</title></path>\n",
			bend(x1, y1, c.lane(b), x2, y2), colour, e.dash(b.to), escape(e.from.title+" ・ "+e.row.label), escape(b.to.title))
		c.printf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", x1, y1, e.port(colour))
	}
	_, _, x, y := c.ends(b, b.exits[0])
	tail := 9.0
	if c.lane(b) < x {
		tail = -9
	}
	c.printf("<path d=\"M%.1f %.1f l%.1f -4.5 v9 z\" fill=\"%s\"/>\n", x, y, tail, colour)
}

const (
	dashed = ` stroke-dasharray="7 4"`
	dotted = ` stroke-dasharray="2 4" stroke-linecap="round"`
)

// dash sets apart what nobody presses, and what leads back.
func (e exit) dash(to *box) string {
	switch {
	case e.row.kind == arcWait:
		return dotted
	case to.order <= e.from.order:
		return dashed
	}
	return ""
}

// port is the colour of the dot where a way leaves: a question before an
// irreversible press has its own.
func (e exit) port(colour string) string {
	if e.row.kind == arcGate {
		return amber
	}
	return colour
}

// bend is a path that goes aside to a lane, along it and aside again, with
// rounded corners.
func bend(x1, y1, lane, x2, y2 float64) string {
	r := math.Min(9, math.Abs(y2-y1)/2)
	down := math.Copysign(r, y2-y1)
	out, in := math.Copysign(r, lane-x1), math.Copysign(r, x2-lane)
	return fmt.Sprintf("M%.1f %.1f H%.1f q%.1f 0 %.1f %.1f V%.1f q0 %.1f %.1f %.1f H%.1f",
		x1, y1, lane-out, out, out, down, y2-down, down, in, down, x2-math.Copysign(6, x2-lane))
}
