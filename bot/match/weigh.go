package match

import (
	"slices"
	"strings"
)

// The weights. They were chosen on testdata/match/tune.jsonl.
const (
	certain   = 0.78 // of a pattern, and what its concepts add
	likely    = 0.58
	perWeight = 0.035
	maxWeight = 4.0
	perPart   = 0.015 // what a wider window costs
	prior     = 0.05  // of the screen the clerk stands at
	widest    = 4     // parts of a window
	maxParts  = 96
)

// window is what stands in some neighbouring parts of a text.
type window struct {
	first, last int
	from        int // the first part after all was well
	set, before set // the concepts of all parts, and of those before from
	around      set // of the sentences it stands in, where an answer's never holds
	asks        bool
}

// weigh gives every entry its best window.
func (m *Matcher) weigh(t *text, hits []hit, screen string) []claim {
	parts := min(t.parts, maxParts)
	from := m.settled(t, hits)
	if m.foreign(t, hits) {
		return nil
	}
	best := room(t.best, len(m.entries))
	t.best = best
	for i := range best {
		best[i].entry = i
	}
	v := m.survey(t, hits, parts, screen)
	for first := max(from-1, 0); first < parts; first++ {
		v.look(t, first)
		for last := max(first, from); last < min(parts, first+widest); last++ {
			if last == first || !v.empty(first) && !v.empty(last) {
				m.weighWindow(t, v, window{first: first, last: last, from: from}, best)
			}
		}
	}
	m.read(t, from, best)
	m.locate(t, hits, from, best)
	for i := range best {
		m.adjust(&best[i], screen)
	}
	return m.quiet(best)
}

// questions tells whether a part ends as a question does without its mark.
func (t *text) questions(part int) bool {
	last := t.last(part)
	return last == 'か' || last == 'は'
}

// terse tells a question in a hurry: a few words that end as nothing does that
// is told.
func (t *text) terse() bool {
	if t.parts != 1 || len(t.runes) > maxTerse || t.digits >= shortNumber {
		return false
	}
	last := t.last(0)
	if last < 0x80 {
		return t.kanji // 登録のURL
	}
	return t.questions(0) || !strings.ContainsRune(told, last)
}

// told are the runes that a telling ends in.
const told = "たすだねよるんいりなてしがどろ"

// A number of so many digits is told rather than asked; a long one is what the
// clerk was asked for.
const (
	shortNumber = 3
	longNumber  = 6
)

// maxTerse is how long such a text may be.
const maxTerse = 24

// last is the rune a part ends in.
func (t *text) last(part int) rune { return t.runes[t.finish[part]] }

// foreign tells a text about other systems and not about ours, or about the
// trade that begins when all is done.
func (m *Matcher) foreign(t *text, hits []hit) bool {
	alien, ours := false, false
	for _, h := range hits {
		if h.concept == m.trade && len(t.runes) <= maxAside {
			return true
		}
		alien = alien || h.concept == m.alien
		ours = ours || h.concept == m.ours
	}
	return alien && !ours && !m.quotes(t)
}

// quotes tells whether a text is hardly more than a message of the portal,
// whatever a scanner made of it.
func (m *Matcher) quotes(t *text) bool {
	for _, lit := range m.literals {
		size, found := len(lit.runes), false
		if len(t.runes)*4 > size*5 {
			continue
		}
		t.near(lit.phrase(), size/5, func(int, int, int) { found = true })
		if found {
			return true
		}
	}
	return false
}

// maxAside is how long a text may be to be about the trade; a longer one may
// mention it by the way.
const maxAside = 60

// weighWindow claims the entries whose patterns fit a window.
func (m *Matcher) weighWindow(t *text, v *view, w window, best []claim) {
	v.fill(t, &w)
	w.asks = w.set.has(m.asks) || slices.Contains(t.asks[w.first:w.last+1], true) || t.terse()
	if w.asks {
		w.set.add(m.asks)
	}
	cost := perPart * float64(w.last-w.first)
	for _, p := range v.near {
		if !p.fits(&w.set) || p.answer && w.around.meets(&p.never) || w.first < w.from && p.fits(&w.before) {
			continue
		}
		score := certain
		if p.likely {
			score = likely
		}
		score += perWeight*min(p.weight, maxWeight) - cost + m.bent(p.entry, w)
		m.claim(best, p.entry, score, w)
	}
}

func (p *pattern) fits(s *set) bool { return p.meets(s) && !s.meets(&p.never) }

// meets tells whether one concept of each group is there.
func (p *pattern) meets(s *set) bool {
	for i := range p.groups {
		if !s.meets(&p.groups[i]) {
			return false
		}
	}
	return true
}
