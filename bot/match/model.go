package match

import (
	"math"
	"slices"
)

// model tells how likely it is that a text means each class: every trait speaks
// for some classes and against others, and what all say is added up.
type model struct {
	classes []string
	keys    []uint32 // of the traits
	weights []byte   // int8s, of each trait for each class; the last row is every text's
	step    float32  // what a weight of one is worth
	slots   []uint16 // where a trait with this hash is, plus one
}

// always is how much the row counts that every text has.
const always = 0.3

// index makes the table of traits.
func (d *model) index() {
	size := 1024
	for size < 2*len(d.keys) {
		size *= 2
	}
	d.slots = make([]uint16, size)
	for i, key := range d.keys {
		at := key & uint32(size-1)
		for d.slots[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		d.slots[at] = uint16(i + 1)
	}
}

// row is the number of a trait; -1 when no example has it.
func (d *model) row(key uint32) int {
	mask := uint32(len(d.slots) - 1)
	for at := key & mask; d.slots[at] != 0; at = (at + 1) & mask {
		if i := int(d.slots[at]) - 1; d.keys[i] == key {
			return i
		}
	}
	return -1
}

// weighed are traits that are known, by their rows, with their shares of the
// whole.
type weighed struct {
	rows   []int
	shares []float32
}

func (d *model) known(t *text, traits []trait) weighed {
	w := weighed{t.known.rows[:0], t.known.shares[:0]}
	seen := room(t.twice, len(d.keys))
	sum := float32(0)
	for _, one := range traits {
		if i := d.row(one.key); i >= 0 && !seen[i] {
			seen[i] = true
			w.rows, w.shares = append(w.rows, i), append(w.shares, one.weight)
			sum += one.weight * one.weight
		}
	}
	length := float32(math.Sqrt(float64(max(sum, 1))))
	for i := range w.shares {
		w.shares[i] /= length
	}
	t.twice, t.known = seen, weighed{append(w.rows, len(d.keys)), append(w.shares, always)}
	return t.known
}

// likely is how likely each class is, in the room of another time.
func (d *model) likely(t *text, traits []trait, before []float64) []float64 {
	sums := room(t.sums, len(d.classes))
	w := d.known(t, traits)
	for k, row := range w.rows {
		share := w.shares[k] * d.step
		weights := d.weights[row*len(sums):][:len(sums)]
		for c := range sums {
			sums[c] += share * float32(int8(weights[c]))
		}
	}
	t.sums = sums
	return shares(before, sums)
}

// shares makes of what speaks for each how likely it is.
func shares(likely []float64, sums []float32) []float64 {
	likely = room(likely, len(sums))
	top, all := slices.Max(sums), 0.0
	for c, s := range sums {
		likely[c] = math.Exp(float64(s - top))
		all += likely[c]
	}
	for c := range likely {
		likely[c] /= all
	}
	return likely
}
