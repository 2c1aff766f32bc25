package match

func (m *Matcher) claim(best []claim, entry int, score float64, w window) {
	if score > best[entry].score {
		best[entry] = claim{entry: entry, score: score, first: w.first, last: w.last, asks: w.asks || m.asking.meets(&w.set), plain: !w.asks && !m.asking.meets(&w.set) && !m.trouble.meets(&w.set)}
	}
}

// bent is what a question makes of a window: an answer is for a question, an
// error for a symptom.
func (m *Matcher) bent(entry int, w window) float64 {
	switch kind := m.entries[entry].kind; {
	case kind == Answer && !w.asks && !m.asking.meets(&w.set):
		if m.trouble.meets(&w.set) {
			return -0.1
		}
		return -0.2
	case kind == Answer && m.hard.meets(&w.set):
		return -0.06
	case kind == Error && !w.asks:
		return 0.03
	case kind == Error && !m.trouble.meets(&w.set) && !m.told.meets(&w.set) && !w.set.has(m.mistake):
		return -0.04
	}
	return 0
}

// read looks for messages of the portal, whole or in part.
func (m *Matcher) read(t *text, from int, best []claim) {
	for _, lit := range m.literals {
		size := len(lit.runes)
		t.near(lit.phrase(), size/5, func(begin, end, slips int) {
			if t.part[begin] < from || end <= begin || !t.edge[begin] {
				return
			}
			score := 0.97 - 0.9*float64(slips)/float64(size)
			m.claim(best, lit.entry, score, window{first: t.part[begin], last: t.part[end-1]})
		})
		if n := len(t.runes); from == 0 && n < size && n*2 > size && n > 5 {
			lit.near(t.phrase(), n/6, func(begin, end, slips int) {
				score := 0.72 + 0.25*float64(n)/float64(size) - 0.9*float64(slips)/float64(n)
				m.claim(best, lit.entry, score, window{last: t.parts - 1})
			})
		}
	}
}

// adjust weighs in the screen, and that a screen's name alone says little.
func (m *Matcher) adjust(c *claim, screen string) {
	if c.score > 0.2 && screen != "" && m.screens[c.entry][screen] {
		c.score += prior
	}
	c.score = min(max(c.score, 0), 1)
}

// quiet takes away what is better explained by something that is not ours.
func (m *Matcher) quiet(best []claim) []claim {
	var left []claim
	for _, c := range best {
		if m.entries[c.entry].kind == Other || c.score < doubtful {
			continue
		}
		for _, o := range best {
			over := c.first <= o.last && o.first <= c.last
			if m.entries[o.entry].kind == Other && over && o.score >= c.score-0.02 && o.score > 0.5 {
				c.score = 0
			}
		}
		if c.score >= doubtful {
			left = append(left, c)
		}
	}
	return left
}
