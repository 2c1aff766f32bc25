package match

import "math/bits"

// loose are the words that may have slips. Many have pieces in common, and every
// piece is looked for once.
type loose struct {
	words  []looseWord
	usedBy [][]int // the words of each piece
}

// looseWord is one of them.
type looseWord struct {
	phrase
	word   int // in the matcher
	slips  int
	pieces []piece
}

// piece is a piece of a word, and where in it.
type piece struct {
	id         int32
	begin, end int16
}

// gather finds the words that may have slips, and their pieces.
func gather(words []word) (l *loose, pieces []word) {
	l = &loose{}
	known := map[string]int32{}
	for i := range words {
		w := &words[i]
		if w.slips == 0 || len(w.runes) > maxWord {
			continue
		}
		one := looseWord{phrase: newPhrase(w.runes), word: i, slips: w.slips}
		for begin, end := range cut(len(w.runes), w.slips) {
			runes := w.runes[begin:end]
			id, found := known[string(runes)]
			if !found {
				id = int32(len(pieces))
				known[string(runes)] = id
				pieces = append(pieces, word{runes: runes})
				l.usedBy = append(l.usedBy, nil)
			}
			l.usedBy[id] = append(l.usedBy[id], len(l.words))
			one.pieces = append(one.pieces, piece{id, int16(begin), int16(end)})
		}
		l.words = append(l.words, one)
	}
	return l, pieces
}

// sightings are where the pieces stand in a text.
type sightings struct {
	newest []int32 // of each piece: one more than the index of its last place
	places []place
	words  []uint64 // those with a piece that stands there, a bit each
}

// place is where a piece stands, and one more than the index of the place before.
type place struct{ at, before int32 }

// sight makes the sightings ready for a new text.
func (l *loose) sight(s *sightings) {
	s.newest, s.places, s.words = room(s.newest, len(l.usedBy)), s.places[:0], room(s.words, len(l.words)/64+1)
}

// see notes that a piece stands at a place, which is behind all others.
func (l *loose) see(s *sightings, piece, at int) {
	if s.newest[piece] == 0 {
		for _, w := range l.usedBy[piece] {
			s.words[w/64] |= 1 << (w % 64)
		}
	}
	s.places = append(s.places, place{int32(at), s.newest[piece]})
	s.newest[piece] = int32(len(s.places))
}

// loosely calls f with the words that stand in a text with slips, save those that
// were found to the letter.
func (m *Matcher) loosely(t *text, f func(w *word, from, to int)) {
	s := &t.seen
	for i, some := range s.words {
		for ; some != 0; some &= some - 1 {
			w := &m.loose.words[i*64+bits.TrailingZeros64(some)]
			if t.found[w.word] || !t.mayHold(w.phrase, w.slips) {
				continue
			}
			for _, p := range w.pieces {
				tries := 0
				for at := s.newest[p.id]; at > 0 && tries < maxTries; at = s.places[at-1].before {
					tries++
					if from, to, slips := t.around(w.phrase, int(p.begin), int(p.end), int(s.places[at-1].at), w.slips); slips <= w.slips {
						f(&m.words[w.word], from, to)
					}
				}
			}
		}
	}
}
