package match

// hit is a concept at a place of a text.
type hit struct {
	concept  int
	from, to int
}

// spot finds the concepts of a text.
func (m *Matcher) spot(t *text) []hit {
	var hits []hit
	for i := range m.words {
		w := &m.words[i]
		found := false
		t.each(w.runes, func(at int) {
			if t.whole(at, at+len(w.runes)) {
				hits = append(hits, hit{w.concept, at, at + len(w.runes)})
				found = true
			}
		})
		if !found && w.slips > 0 {
			t.near(w.runes, w.slips, func(from, to, _ int) {
				if t.whole(from, to) {
					hits = append(hits, hit{w.concept, from, to})
				}
			})
		}
	}
	return m.unmasked(hits)
}

// whole tells whether words, not parts of them, stand at a place; an ending may
// be left over.
func (t *text) whole(from, to int) bool {
	if from >= to || !t.edge[from] {
		return false
	}
	if t.runes[to-1] >= 0x80 {
		return true
	}
	for rest := 0; rest <= 3; rest++ {
		if t.edge[to] {
			return rest == 0 || to-rest-from >= 5
		}
		to++
	}
	return false
}

// unmasked leaves out what is only part of a masking concept's words: there is
// no problem in 問題ありません.
func (m *Matcher) unmasked(hits []hit) []hit {
	var masks []hit
	for _, h := range hits {
		if m.masks.has(h.concept) {
			masks = append(masks, h)
		}
	}
	left := hits[:0]
	for _, h := range hits {
		if !hidden(h, masks) {
			left = append(left, h)
		}
	}
	return left
}

func hidden(h hit, masks []hit) bool {
	for _, by := range masks {
		if by.concept != h.concept && by.from <= h.from && h.to <= by.to && by.to-by.from > h.to-h.from {
			return true
		}
	}
	return false
}
