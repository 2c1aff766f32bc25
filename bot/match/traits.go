package match

import (
	"hash/fnv"
	"slices"
)

// trait is something that can be seen of a text, as a hash, and how much it
// counts.
type trait struct {
	key    uint32
	weight float32
}

// The sorts of traits.
const (
	ofRune uint64 = iota + 1
	ofPair
	ofEnding
	ofBeginning
	ofManner
	ofConcept
	ofTwoConcepts
	ofOrder
	ofScreen
	ofScreenConcept
	ofPiece
)

// conceptShare is how much more a concept says than a rune.
const conceptShare = 1.7

// maxPaired is how many concepts may stand in a text to be taken two by two; a
// longer text has all of them.
const maxPaired = 40

// maxEnding is how much of the end of a text is looked at as a whole: there it
// says whether something is asked, told or denied.
const maxEnding = 8

// traits are what can be seen of a text: its runes, one and two together; how it
// begins and ends; whether it asks; its concepts, one, two together and in their
// order; and the screen the clerk stands at. A trait may be there twice.
func (m *Matcher) traits(t *text, hits []hit, from int, screen string) []trait {
	begin := t.begin(from)
	runes := t.runes[begin:]
	t.inOrder = slices.DeleteFunc(append(t.inOrder[:0], hits...), func(h hit) bool { return h.from < begin })
	n := len(runes)
	all := t.traits[:0]
	add := func(sort, what uint64) { all = append(all, trait{hashed(sort, what), 1}) }
	for i, r := range runes {
		add(ofRune, uint64(r))
		if i > 0 {
			add(ofPair, packed(runes[i-1:i+1]))
		}
	}
	for size := 1; size <= min(maxEnding, n); size++ {
		add(ofEnding, joined(runes[n-size:]))
	}
	add(ofBeginning, packed(runes[:min(2, n)]))
	for manner, is := range []bool{slices.Contains(t.asks[min(from, len(t.asks)):], true), t.digits >= longNumber, t.terse()} {
		if is {
			add(ofManner, uint64(manner))
		}
	}
	if screen != "" {
		add(ofScreen, named(screen))
	}
	t.traits = m.conceptTraits(t, all, t.inOrder, screen)
	return t.traits
}

func (m *Matcher) conceptTraits(t *text, all []trait, hits []hit, screen string) []trait {
	add := func(sort, what uint64) { all = append(all, trait{hashed(sort, what), conceptShare}) }
	slices.SortStableFunc(hits, func(a, b hit) int { return a.from - b.from })
	var there set
	seen := t.names[:0]
	last, end := uint64(0), 0
	for _, h := range hits {
		name := m.names[h.concept]
		if !there.has(h.concept) {
			there.add(h.concept)
			seen = append(seen, name)
		}
		if h.from >= end {
			add(ofOrder, last*3+name)
			last, end = name, h.to
		}
	}
	t.names = seen
	add(ofOrder, last*3)
	for i, a := range seen {
		add(ofConcept, a)
		if screen != "" {
			add(ofScreenConcept, a+3*named(screen))
		}
		for _, b := range seen[i+1:] {
			if len(seen) <= maxPaired {
				add(ofTwoConcepts, a^b)
			}
		}
	}
	return all
}

// joined is the hash of some runes.
func joined(runes []rune) uint64 {
	h := uint64(14695981039346656037) // FNV-1a, a rune at a time
	for _, r := range runes {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return h
}

// packed puts up to three runes into a number.
func packed(runes []rune) uint64 {
	var all uint64
	for _, r := range runes {
		all = all<<21 | uint64(r)
	}
	return all
}

// named is the hash of a name; a number would change with each new concept.
func named(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64()
}

func hashed(sort, what uint64) uint32 {
	what = (what ^ sort<<58) * 0x9e3779b97f4a7c15
	what = (what ^ what>>32) * 0xd6e8feb86659fd93
	return uint32(what >> 32)
}
