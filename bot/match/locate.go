package match

// locate weighs the screens by the labels in a text: those that are most of it,
// and those a clerk names to say or ask where they are.
func (m *Matcher) locate(t *text, hits []hit, best []claim) {
	for i, e := range m.entries {
		if e.kind != Screen {
			continue
		}
		if score, top, asked := m.place(t, m.labels[i], hits); score > best[i].score || top {
			score = max(score, best[i].score)
			best[i] = claim{entry: i, score: score, last: t.parts - 1, top: top, asks: asked}
		}
	}
}

// place is what a screen's labels say, and whether they are most of the text.
func (m *Matcher) place(t *text, labels [][]rune, hits []hit) (score float64, top, asked bool) {
	var buffer [256]bool
	covered := buffer[:0]
	count := 0
	for _, label := range labels {
		found := false
		mark := func(from, to int) {
			if !t.edge[from] || to <= from {
				return
			}
			found = true
			if len(covered) == 0 {
				covered = append(covered, make([]bool, len(t.runes))...)
			}
			for i := from; i < to; i++ {
				covered[i] = true
			}
		}
		t.each(label, func(at int) { mark(at, at+len(label)) })
		if !found && len(label) > 5 {
			t.near(label, len(label)/6, func(from, to, _ int) { mark(from, to) })
		}
		if found {
			count++
		}
	}
	if count == 0 {
		return 0, false, false
	}
	size := 0
	for _, c := range covered {
		if c {
			size++
		}
	}
	var said set // beside the labels
	for _, h := range hits {
		if !covered[h.from] || !covered[h.to-1] {
			said.add(h.concept)
		}
	}
	quiet := !m.trouble.meets(&said) && !m.asking.meets(&said)
	bonus := 0.01*float64(min(count, 6)) + 0.02*float64(size)/float64(len(t.runes))
	switch {
	case size*10 >= len(t.runes)*7 && quiet:
		return 0.9 + bonus, true, said.has(m.whereAmI)
	case said.has(m.whereAmI):
		return 0.88 + bonus, true, true
	case said.has(m.at) && quiet && size*4 >= len(t.runes):
		return 0.84 + bonus, count > 2, false
	}
	return 0.33 + bonus, false, false
}
