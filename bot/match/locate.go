package match

import (
	"slices"
	"strings"
)

// label is what stands on some screens.
type label struct {
	phrase
	entries []int // of the screens
	open    bool  // a name follows: ようこそ ○○
}

// mark is a label at a place of a text.
type mark struct {
	label    *label
	from, to int
}

// print adds the labels of a screen; one that stands on several is looked for once.
func (m *Matcher) print(entry int, texts []string) {
	for _, s := range texts {
		l := m.printed(fold(s))
		l.open = l.open || strings.HasSuffix(s, "○○")
		if !slices.Contains(l.entries, entry) {
			l.entries = append(l.entries, entry)
		}
	}
}

func (m *Matcher) printed(runes []rune) *label {
	for _, l := range m.labels {
		if len(l.runes) == len(runes) && equal(l.runes, runes) {
			return l
		}
	}
	l := &label{phrase: newPhrase(runes)}
	m.labels = append(m.labels, l)
	return l
}

// locate weighs the screens by the labels in a text, after all that is settled:
// those that are most of it, and those a clerk names to say or ask where they are.
func (m *Matcher) locate(t *text, hits []hit, from int, best []claim) {
	marks := m.marks(t, from)
	if len(marks) == 0 {
		return
	}
	t.covered, t.standings = room(t.covered, len(t.runes)), slices.Grow(t.standings[:0], len(best))[:len(best)]
	for i := range t.standings {
		t.standings[i].labels = t.standings[i].labels[:0]
	}
	for _, k := range marks {
		for _, entry := range k.label.entries {
			s := &t.standings[entry]
			if len(s.labels) == 0 {
				s.covered = room(s.covered, len(t.runes))
			}
			s.stand(k)
		}
		cover(t.covered, k)
	}
	said := m.beside(hits, t.covered)
	for entry := range t.standings {
		s := &t.standings[entry]
		if len(s.labels) == 0 {
			continue
		}
		score, top, asked := m.place(t, s, &said)
		if score > best[entry].score || top {
			score = max(score, best[entry].score)
			best[entry] = claim{entry: entry, score: score, last: t.parts - 1, top: top, asks: asked}
		}
	}
}

// marks finds the labels in a text; one inside another is only part of it.
func (m *Matcher) marks(t *text, from int) []mark {
	all := t.marks[:0]
	for _, l := range m.labels {
		found := false
		add := func(begin, end int) {
			if l.open {
				end = t.name(end)
			}
			if end > begin && t.edge[begin] && t.part[begin] >= from {
				all = append(all, mark{l, begin, end})
				found = true
			}
		}
		t.each(l.phrase, func(at int) bool {
			add(at, at+len(l.runes))
			return true
		})
		if !found && len(l.runes) > 5 {
			t.near(l.phrase, len(l.runes)/6, func(begin, end, _ int) { add(begin, end) })
		}
		if !found && l.torn(t) {
			add(0, len(t.runes))
		}
	}
	t.marks = all
	var left []mark
	for _, k := range all {
		if !k.inside(all) {
			left = append(left, k)
		}
	}
	return left
}

// name is where a name ends that begins at a place.
func (t *text) name(from int) int {
	end := from
	for end < len(t.runes) && end < from+maxName && t.part[end] == t.part[max(from-1, 0)] && (t.noun(end) || t.script[end] == latinScript) {
		end++
	}
	return end
}

// maxName is how long such a name may be.
const maxName = 14

// torn tells whether a text is a good part of the label and nothing else.
func (l *label) torn(t *text) bool {
	n := len(t.runes)
	if n < minTorn || n >= len(l.runes) || n*5 < len(l.runes)*2 {
		return false
	}
	for at := range len(l.runes) - n + 1 {
		if equal(l.runes[at:at+n], t.runes) {
			return true
		}
	}
	return false
}

// minTorn is the shortest piece of a label that says where it comes from.
const minTorn = 6

func (k mark) inside(all []mark) bool {
	for _, by := range all {
		if by.from <= k.from && k.to <= by.to && by.to-by.from > k.to-k.from {
			return true
		}
	}
	return false
}

// standing is what of a text stands on one screen.
type standing struct {
	covered []bool
	labels  []*label
}

func (s *standing) stand(k mark) {
	cover(s.covered, k)
	for _, l := range s.labels {
		if l == k.label {
			return
		}
	}
	s.labels = append(s.labels, k.label)
}

func cover(covered []bool, k mark) {
	for i := k.from; i < k.to; i++ {
		covered[i] = true
	}
}

// beside are the concepts outside the labels.
func (m *Matcher) beside(hits []hit, covered []bool) set {
	var said set
	for _, h := range hits {
		if !covered[h.from] || !covered[h.to-1] {
			said.add(h.concept)
		}
	}
	return said
}

// place is what a screen's labels say, and whether they are most of the text.
// A label that stands on few screens says more.
func (m *Matcher) place(t *text, s *standing, said *set) (score float64, top, asked bool) {
	size, rare := 0, 0.0
	for _, c := range s.covered {
		if c {
			size++
		}
	}
	for _, l := range s.labels {
		rare += 1 / float64(len(l.entries))
	}
	count := len(s.labels)
	quiet := !m.loud.meets(said) && !m.asking.meets(said)
	bonus := 0.005*(float64(min(count, 6))+min(rare, 6)) + 0.02*float64(size)/float64(len(t.runes))
	switch {
	case size == len(t.runes):
		return 0.915 + bonus, true, said.has(m.whereAmI)
	case size*10 >= len(t.runes)*7 && quiet:
		return 0.9 + bonus, true, said.has(m.whereAmI)
	case said.has(m.whereAmI):
		return 0.88 + bonus, true, true
	case said.has(m.at) && quiet && size*4 >= len(t.runes):
		return 0.84 + bonus, count > 2, false
	}
	return 0.33 + bonus, false, false
}

// noun tells kanji and katakana, which nouns are written in.
func (t *text) noun(i int) bool { return t.script[i] == kanji || t.script[i] == katakana }
