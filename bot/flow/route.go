package flow

import (
	"cmp"
	"math"
	"slices"
)

// The measures of the channels in which the ways run.
const (
	lanePitch  = 13.0
	channelPad = 24.0 // between the boxes and the first lane
	laneGap    = 14.0 // between two bundles one below the other in a lane
)

// channel is the room between or beside the columns; no box stands in it.
type channel struct {
	x     float64
	lanes [][]*bundle
}

func (c channel) width() float64 { return 2*channelPad + lanePitch*float64(max(0, len(c.lanes)-1)) }

// bundle is all ways of one channel that lead to one box: they run together.
type bundle struct {
	to      *box
	channel int
	lane    int
	exits   []exit
	color   int
}

// exit is where a way of a bundle leaves its box.
type exit struct {
	from *box
	row  row
	y    float64
}

// entry is where the bundle enters its box.
func (b *bundle) entry() float64 { return b.to.y + entryDepth }

// span is what the bundle takes of its lane.
func (b *bundle) span() (top, bottom float64) {
	top, bottom = b.entry(), b.entry()
	for _, e := range b.exits {
		top, bottom = math.Min(top, e.y), math.Max(bottom, e.y)
	}
	return top, bottom
}

// route bundles the ways, gives every bundle a lane and the columns their
// places.
func (l *layout) route() {
	for _, b := range l.order {
		for _, r := range b.rows {
			l.bundle(b, r)
		}
	}
	sorted := slices.Clone(l.bundles)
	slices.SortStableFunc(sorted, func(a, b *bundle) int {
		top, bottom := a.span()
		otherTop, otherBottom := b.span()
		return cmp.Compare(bottom-top, otherBottom-otherTop)
	})
	for _, b := range sorted {
		l.channels[b.channel].take(b)
	}
	l.widen()
}

// bundle adds a way to the bundle of its channel and goal.
func (l *layout) bundle(from *box, r row) {
	to := l.boxes[r.to]
	channel := from.column
	if r.right {
		channel++
	}
	i := slices.IndexFunc(l.bundles, func(b *bundle) bool { return b.to == to && b.channel == channel })
	if i < 0 {
		i = len(l.bundles)
		l.bundles = append(l.bundles, &bundle{to: to, channel: channel, color: i})
	}
	l.bundles[i].exits = append(l.bundles[i].exits, exit{from, r, from.y + r.y + exitDepth})
}

// take puts a bundle into the first lane where it meets no other.
func (c *channel) take(b *bundle) {
	top, bottom := b.span()
	for i, lane := range c.lanes {
		free := !slices.ContainsFunc(lane, func(other *bundle) bool {
			otherTop, otherBottom := other.span()
			return top < otherBottom+laneGap && otherTop < bottom+laneGap
		})
		if free {
			b.lane, c.lanes[i] = i, append(lane, b)
			return
		}
	}
	b.lane, c.lanes = len(c.lanes), append(c.lanes, []*bundle{b})
}

// widen lays the channels and columns beside each other.
func (l *layout) widen() {
	x := margin + gutter
	for i := range l.channels {
		l.channels[i].x = x
		x += l.channels[i].width()
		if i < len(l.columns) {
			l.columns[i] = x
			x += boxWidth
		}
	}
	l.width = x + margin
	for _, b := range l.order {
		b.x = l.columns[b.column]
	}
}

// lane is where a bundle runs: the first lanes lie next to the boxes it joins.
func (l *layout) lane(b *bundle) float64 {
	c := l.channels[b.channel]
	if b.channel == 0 {
		return c.x + c.width() - channelPad - lanePitch*float64(b.lane)
	}
	return c.x + channelPad + lanePitch*float64(b.lane)
}

// ends are where a way leaves its box and where it enters the other.
func (l *layout) ends(b *bundle, e exit) (x1, y1, x2, y2 float64) {
	x1, x2 = e.from.x, b.to.x
	if e.row.right {
		x1 += boxWidth
	}
	if b.channel > b.to.column { // it comes from the right
		x2 += boxWidth
	}
	return x1, e.y, x2, b.entry()
}
