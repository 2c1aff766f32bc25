package match

import "slices"

// The signs of what an outline leaves out.
const (
	aBegin  = '^'
	anEnd   = '$'
	aThing  = '◆'
	aNumber = '0'
	aWord   = 'A' // in Latin letters
)

// outline is a text without what it is about: one sign stands for each thing of
// the procedure, each number, and each foreign word in Japanese. How something is
// said is left over; of English, a sign for each word.
func (m *Matcher) outline(t *text, hits []hit, begin int) []rune {
	t.spotted = m.signs(t, hits)
	english := !slices.ContainsFunc(t.script, script.japanese)
	out := append(t.outline[:0], aBegin)
	last := rune(0)
	for i := begin; i < len(t.runes); i++ {
		r, sign := t.runes[i], t.spotted[i]
		switch {
		case sign == aThing:
		case r >= '0' && r <= '9':
			sign = aNumber
		case english:
			word := t.word(i)
			i += len(word) - 1
			out, sign = append(out, rune(joined(word)>>33)), 0 // as many bits as a rune has
		case sign == 0 && r < 0x80:
			sign = aWord
		default:
			out, sign = append(out, r), 0
		}
		if sign != 0 && sign != last {
			out = append(out, sign)
		}
		last = sign
	}
	t.outline = append(out, anEnd)
	return t.outline
}

// signs are those of what was spotted, by the place: aThing, or less than zero.
func (m *Matcher) signs(t *text, hits []hit) []rune {
	signs := room(t.spotted, len(t.runes))
	for _, h := range hits {
		for i := h.from; i < h.to; i++ {
			if m.things.has(h.concept) {
				signs[i] = aThing
			} else if signs[i] == 0 {
				signs[i] = -1
			}
		}
	}
	return signs
}

// word is what stands from a place up to where the next word begins, or a thing.
func (t *text) word(from int) []rune {
	to := from + 1
	for to < len(t.runes) && !t.edge[to] && t.spotted[to] != aThing {
		to++
	}
	return t.runes[from:to]
}

// The longest pieces of an outline that are looked at, anywhere and at its end.
const (
	maxPiece = 3
	maxClose = 10
)

// manners are what can be seen of how a text is said: the pieces of its outline,
// whether it asks, and its concepts that are no things, one and two together.
func (m *Matcher) manners(t *text, hits []hit, from int) []trait {
	all := t.traits[:0]
	add := func(sort, what uint64, weight float32) { all = append(all, trait{hashed(sort, what), weight}) }
	outline := m.outline(t, hits, t.begin(from))
	n := len(outline)
	for i := range outline {
		for size := 1; size <= min(maxPiece, n-i); size++ {
			add(ofPiece, joined(outline[i:i+size]), 1)
		}
	}
	for size := maxPiece + 1; size <= min(maxClose, n); size++ {
		add(ofPiece, joined(outline[n-size:]), 1)
	}
	for manner, is := range []bool{slices.Contains(t.asks[min(from, len(t.asks)):], true), t.terse()} {
		if is {
			add(ofManner, uint64(manner), 1)
		}
	}
	var there set
	seen := t.names[:0]
	for _, h := range hits {
		if h.from >= t.begin(from) && !m.things.has(h.concept) && !there.has(h.concept) {
			there.add(h.concept)
			seen = append(seen, m.names[h.concept])
		}
	}
	for i, a := range seen {
		add(ofConcept, a, conceptShare)
		for _, b := range seen[i+1:] {
			if len(seen) <= maxPaired {
				add(ofTwoConcepts, a^b, conceptShare)
			}
		}
	}
	t.names, t.traits = seen, all
	return all
}
