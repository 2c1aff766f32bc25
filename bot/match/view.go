package match

// view is what stands in each part of a text.
type view struct {
	sets     []set
	spanning []hit // over the border of two parts
	asks     []bool
	question int // the concept
	here     set // of the screen the clerk stands at
	patterns []*pattern
	some     []*pattern // those that can fit the parts before ahead
	ahead    int
	near     []*pattern // those that can fit a window from a part on
}

// survey sorts the concepts by part and keeps the patterns that can fit at all.
func (m *Matcher) survey(t *text, hits []hit, parts int, screen string) *view {
	v := &t.view
	*v = view{sets: room(v.sets, parts), spanning: v.spanning[:0], asks: t.asks, question: m.asks, patterns: v.patterns[:0], some: v.some, near: v.near}
	var all set
	for _, h := range hits {
		first, last := t.part[h.from], t.part[h.to-1]
		if last >= parts {
			continue
		}
		all.add(h.concept)
		if first == last {
			v.sets[first].add(h.concept)
		} else {
			v.spanning = append(v.spanning, h)
		}
	}
	all.add(m.asks)
	if here, found := m.ids["@"+screen]; found {
		v.here.add(here)
		all.add(here)
	}
	for i := range m.patterns {
		if p := &m.patterns[i]; p.meets(&all) {
			v.patterns = append(v.patterns, p)
		}
	}
	return v
}

// look keeps the patterns that can fit a window from a part on. They are looked
// for among those that can fit the next parts.
func (v *view) look(t *text, part int) {
	if part >= v.ahead {
		v.ahead = part + stretch
		v.some = v.among(v.some[:0], v.patterns, t, part, v.ahead+widest)
	}
	v.near = v.among(v.near[:0], v.some, t, part, part+widest)
}

// stretch is how many parts are looked ahead.
const stretch = 8

// among appends the patterns that can fit windows of the parts before last.
func (v *view) among(into, patterns []*pattern, t *text, first, last int) []*pattern {
	w := window{first: first, last: min(last, len(v.sets)) - 1}
	v.fill(t, &w)
	w.set.add(v.question)
	for _, p := range patterns {
		if p.meets(&w.set) {
			into = append(into, p)
		}
	}
	return into
}

// empty tells a part that says nothing and asks nothing.
func (v *view) empty(part int) bool {
	return len(v.spanning) == 0 && v.sets[part] == set{} && !v.asks[part]
}

// window fills in the concepts of a window's parts.
func (v *view) fill(t *text, w *window) {
	for p := w.first; p <= w.last; p++ {
		for i := range w.set {
			w.set[i] |= v.sets[p][i]
			if p < w.from {
				w.before[i] |= v.sets[p][i]
			}
		}
	}
	w.set.join(&v.here)
	w.before.join(&v.here)
	for p := max(w.first-1, w.from); p < len(v.sets) && t.sentence[p] <= t.sentence[w.last]; p++ {
		if t.sentence[p] == t.sentence[w.first] || p > w.first {
			w.around.join(&v.sets[p])
		}
	}
	for _, h := range v.spanning {
		if t.part[h.from] >= w.first && t.part[h.to-1] <= w.last {
			w.set.add(h.concept)
			if t.part[h.to-1] < w.from {
				w.before.add(h.concept)
			}
		}
	}
}
