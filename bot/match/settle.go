package match

import "slices"

// maxTail is how many runes of politeness may follow the words for an outcome.
const maxTail = 7

// settled is the first part after the last that says that all is well, or that
// something was done and nothing is the matter.
func (m *Matcher) settled(t *text, hits []hit) int {
	from := 0
	for _, h := range hits {
		part := t.part[h.to-1]
		over := m.well(t, hits, h) || h.concept == m.progress && !m.troubled(t, hits, m.clause(t, hits, h), part)
		if over && !t.asks[part] && !t.questions(part) {
			from = max(from, part+1)
		}
	}
	return from
}

// well tells whether a hit says that something came out well.
func (m *Matcher) well(t *text, hits []hit, h hit) bool {
	return h.concept == m.solved || h.concept == m.outcome && m.closes(t, hits, h)
}

// mood is what a text says that asks nothing and in which nothing is the matter
// any more.
func (m *Matcher) mood(t *text, hits []hit) Mood {
	from := m.settled(t, hits)
	good, thanks := false, false
	for _, h := range hits {
		good = good || m.well(t, hits, h)
		thanks = thanks || h.concept == m.thanks
		if t.part[h.to-1] >= from && (m.told.has(h.concept) || m.asking.has(h.concept)) || h.concept == m.alien {
			return ""
		}
	}
	for p := range t.parts {
		if t.asks[p] {
			return ""
		}
	}
	switch {
	case good && from > 0:
		return Well
	case thanks:
		return Thankful
	}
	return ""
}

// troubled tells whether anything is the matter in a part from a place on.
func (m *Matcher) troubled(t *text, hits []hit, from, part int) bool {
	for _, h := range hits {
		if h.from >= from && t.part[h.to-1] == part && m.told.has(h.concept) {
			return true
		}
	}
	return false
}

// closes tells whether an outcome ends its part, and nothing is the matter in
// its clause: だめだったので会社のアドレスにしたら受け付けてくれました.
func (m *Matcher) closes(t *text, hits []hit, h hit) bool {
	part := t.part[h.to-1]
	end := t.finish[part] + 1
	if end-h.to > maxTail {
		return false
	}
	if n := end - h.to; n >= 2 && t.runes[end-2] == 'の' && t.runes[end-1] == 'に' || n > 0 && t.runes[h.to] == 'い' {
		return false // はじめて入れたのに, やり直したいです
	}
	for _, r := range t.runes[h.to:end] {
		if scriptOf(r) == kanji || contains([]rune("からりんなほ"), r) {
			return false // できたか確認したい, 入れたらええん, 完了いたしません, しといたほうがいい
		}
	}
	clause := m.clause(t, hits, h)
	for _, by := range hits {
		if by.concept == m.otherAccount && by.from >= clause && t.part[by.from] == part {
			return false
		}
		if by.concept == m.asks && by.to > h.to && t.part[by.from] == part {
			return false // 入れたらええん
		}
	}
	return !m.troubled(t, hits, clause, part)
}

// clause is where the clause of a hit begins within its part.
func (m *Matcher) clause(t *text, hits []hit, h hit) int {
	part := t.part[h.to-1]
	from := t.begin(part)
	for _, by := range hits {
		if by.concept == m.hence && by.to <= h.to && t.part[by.to-1] == part {
			from = max(from, by.to)
		}
	}
	return from
}

// begin is where a part begins.
func (t *text) begin(part int) int {
	if part == 0 {
		return 0
	}
	return t.finish[part-1] + 1
}

// negated takes out the troubles that are denied by what follows them: 拒否 of
// 拒否ではなく承認でした, unless that is asked.
func (m *Matcher) negated(t *text, hits []hit) []hit {
	denials := t.masks[:0]
	for _, h := range hits {
		switch part := t.part[h.to-1]; {
		case t.asks[part] || t.questions(part):
		case h.concept == m.notSo && m.denies(h, hits):
			denials = append(denials, h)
		case h.concept == m.notDone:
			h.from = m.clause(t, hits, h) // 間違えてMAICPPを選んだりはしてません
			denials = append(denials, h)
		}
	}
	t.masks = denials
	if len(denials) == 0 {
		return hits
	}
	left := hits[:0]
	for _, h := range hits {
		if !m.deniable.has(h.concept) || !slices.ContainsFunc(denials, func(by hit) bool { return by.holds(h) || by.concept != m.notDone && h.precedes(by) }) {
			left = append(left, h)
		}
	}
	return left
}

// denies tells whether a trouble stands just before a denial.
func (m *Matcher) denies(by hit, hits []hit) bool {
	for _, h := range hits {
		if m.deniable.has(h.concept) && h.precedes(by) {
			return true
		}
	}
	return false
}

// maxGap is how many runes may stand between a trouble and its denial.
const maxGap = 3

func (h hit) precedes(by hit) bool {
	return h.from < by.from && h.to <= by.to && by.from-h.to <= maxGap
}

func (h hit) holds(o hit) bool { return h.from <= o.from && o.to <= h.to }
