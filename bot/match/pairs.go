package match

import "slices"

// buckets is how many hashes of two runes there are; the runes of a text are
// fewer, so that most stand alone.
const buckets = 1 << 13

// pairs finds where two runes stand beside each other in a text.
type pairs struct {
	hashes   []uint16 // of each place
	mirrored []rune
	before   []uint16 // of each place: one more than the place before it with the same hash
	stands   *[buckets]stand
}

// stand is how often a hash is there, and one more than its last place.
type stand struct{ last, count uint16 }

func hash(a, b rune) uint16 {
	return uint16((uint32(a)*2654435761 ^ uint32(b)*40503) >> 7 & (buckets - 1))
}

func hashes(into []uint16, runes []rune) []uint16 {
	for i := 0; i+1 < len(runes); i++ {
		into = append(into, hash(runes[i], runes[i+1]))
	}
	return into
}

func (t *text) index() {
	if t.stands == nil {
		t.stands = new([buckets]stand)
	}
	for _, h := range t.hashes { // of the text before
		t.stands[h] = stand{}
	}
	t.hashes = hashes(t.hashes[:0], t.runes)
	t.mirrored = mirror(t.mirrored[:0], t.runes)
	t.before = slices.Grow(t.before[:0], len(t.hashes))[:len(t.hashes)]
	for i, h := range t.hashes {
		t.before[i] = t.stands[h].last
		t.stands[h] = stand{uint16(i + 1), t.stands[h].count + 1}
	}
}

// holds tells whether a hash is there.
func (p *pairs) holds(hash uint16) bool { return p.stands[hash].last > 0 }

// phrase is what is looked for in a text.
type phrase struct {
	runes    []rune
	mirrored []rune   // from the end to the beginning
	hashes   []uint16 // of its pairs
}

// phrase is the whole text, to be looked for in another.
func (t *text) phrase() phrase { return phrase{t.runes, t.mirrored, t.hashes} }

func newPhrase(runes []rune) phrase {
	return phrase{runes, mirror(nil, runes), hashes(nil, runes)}
}

func mirror(into, runes []rune) []rune {
	for i := len(runes) - 1; i >= 0; i-- {
		into = append(into, runes[i])
	}
	return into
}

// piece is what of a phrase stands between two places, to the letter.
func (p phrase) piece(from, to int) phrase {
	return phrase{runes: p.runes[from:to], hashes: p.hashes[from : to-1]}
}

// each calls f with the places where a phrase of two runes or more stands to the
// letter, the last first, until f has enough of them. It looks where the rarest
// pair of the phrase stands.
func (t *text) each(p phrase, f func(at int) (more bool)) {
	if len(p.runes) > len(t.runes) {
		return
	}
	rarest, offset := stand{}, 0
	for i, h := range p.hashes {
		here := t.stands[h]
		if here.last == 0 {
			return
		}
		if i == 0 || here.count < rarest.count {
			rarest, offset = here, i
		}
	}
	for last := rarest.last; last > 0; last = t.before[last-1] {
		at := int(last-1) - offset
		if at >= 0 && at+len(p.runes) <= len(t.runes) && equal(t.runes[at:at+len(p.runes)], p.runes) && !f(at) {
			return
		}
	}
}

func equal(a, b []rune) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
