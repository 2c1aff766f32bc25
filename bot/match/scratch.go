package match

import "slices"

// scratch is the room that reading a text takes. It is kept for the next text,
// so that many texts make little work for the garbage collector.
type scratch struct {
	normal    []byte // the text in the usual form of each sign
	found     []bool // of each word, whether it stands there to the letter
	seen      sightings
	hits      []hit
	left      []hit // of the hits
	masks     []hit
	inOrder   []hit
	best      []claim
	view      view
	covered   []bool
	marks     []mark
	standings []standing
	traits    []trait
	names     []uint64
	known     weighed
	twice     []bool // of each trait of a model, whether it was seen
	sums      []float32
	likely    []float64 // of each topic
	wanted    []float64 // of each manner
	spotted   []rune    // the signs of what was spotted
	outline   []rune
	ranked    []Found
}

// room is n zeros, where there were others before if they had the room.
func room[T any](before []T, n int) []T {
	before = slices.Grow(before[:0], n)[:n]
	clear(before)
	return before
}

// reading takes a text that Find is done with, or a new one.
func (m *Matcher) reading() *reading {
	if r, ok := m.done.Get().(*reading); ok {
		return r
	}
	return &reading{text: &text{}}
}
