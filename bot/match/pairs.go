package match

import "slices"

// buckets is how many hashes of two runes there are; the runes of a text are
// fewer, so that most stand alone.
const buckets = 1 << 13

// pairs finds where two runes stand beside each other in a text.
type pairs struct {
	hashes   []uint16 // of each place
	mirrored []rune
	places   []uint16 // those of the first hash, then those of the next
	starts   *[buckets + 1]uint16
}

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
	t.hashes = hashes(t.hashes[:0], t.runes)
	t.mirrored = mirror(t.mirrored[:0], t.runes)
	if t.starts == nil {
		t.starts = new([buckets + 1]uint16)
	}
	*t.starts = [buckets + 1]uint16{}
	for _, h := range t.hashes {
		t.starts[h]++
	}
	sum := uint16(0)
	for h, n := range t.starts {
		sum += n
		t.starts[h] = sum
	}
	t.places = slices.Grow(t.places[:0], len(t.hashes))[:len(t.hashes)]
	for i := len(t.hashes) - 1; i >= 0; i-- {
		h := t.hashes[i]
		t.starts[h]--
		t.places[t.starts[h]] = uint16(i)
	}
}

// of are the places of a hash.
func (t *text) of(hash uint16) []uint16 { return t.places[t.starts[hash]:t.starts[hash+1]] }

// holds tells whether a hash is there.
func (p *pairs) holds(hash uint16) bool { return p.starts[hash] < p.starts[hash+1] }

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
	var rarest []uint16
	offset := 0
	for i, h := range p.hashes {
		places := t.of(h)
		if len(places) == 0 {
			return
		}
		if i == 0 || len(places) < len(rarest) {
			rarest, offset = places, i
		}
	}
	for i := len(rarest) - 1; i >= 0; i-- {
		at := int(rarest[i]) - offset
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
