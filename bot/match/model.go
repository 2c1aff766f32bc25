package match

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"github.com/shirube/shirube/bot"
)

// The classes of a model besides the errors and answers.
const (
	aScreen = "a screen"
	nothing = "nothing"
)

// model tells how likely it is that a text means each class: every trait speaks
// for some classes and against others, and what all say is added up.
type model struct {
	digest  [32]byte // of what it was learned from
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

// likely is how likely each class is.
func (d *model) likely(t *text, traits []trait) []float64 {
	sums := room(t.sums, len(d.classes))
	w := d.known(t, traits)
	for k, row := range w.rows {
		share := w.shares[k] * d.step
		weights := d.weights[row*len(sums):][:len(sums)]
		for c := range sums {
			sums[c] += share * float32(int8(weights[c]))
		}
	}
	t.sums, t.likely = sums, shares(t.likely, sums)
	return t.likely
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

// magic begins a model's file; it changes with what traits there are.
const magic = "shirube learned 2\n"

// bytes is the model as its file holds it.
func (d *model) bytes() []byte {
	out := append([]byte(magic), d.digest[:]...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(d.classes)))
	for _, name := range d.classes {
		out = append(append(out, byte(len(name))), name...)
	}
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(d.step))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(d.keys)))
	for _, key := range d.keys {
		out = binary.LittleEndian.AppendUint32(out, key)
	}
	return append(out, d.weights...)
}

// loadModel reads the model of a content folder; nil when it has none.
func loadModel(content fs.FS) (*model, error) {
	data, err := fs.ReadFile(content, modelFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // a folder without one
	}
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	d, ok := parseModel(data)
	if !ok {
		return nil, bot.Problems{{File: modelFile, Line: 1, What: "this is nothing that was learned, or by another version", Do: "run shirube flow learn"}}
	}
	return d, nil
}

func parseModel(data []byte) (*model, bool) {
	in := reader{rest: data}
	d := &model{}
	if string(in.take(len(magic))) != magic {
		return nil, false
	}
	copy(d.digest[:], in.take(len(d.digest)))
	for range min(in.number(), maxClasses) {
		d.classes = append(d.classes, string(in.take(int(in.take(1)[0]))))
	}
	d.step = math.Float32frombits(in.number())
	d.keys = make([]uint32, min(in.number(), maxTraits))
	for i := range d.keys {
		d.keys[i] = in.number()
	}
	d.weights = in.rest
	if in.short || len(d.classes) < 2 || len(d.weights) != (len(d.keys)+1)*len(d.classes) {
		return nil, false
	}
	d.index()
	return d, true
}

// More than any model has.
const (
	maxClasses = 1 << 10
	maxTraits  = 1<<16 - 2
)

// reader takes numbers off a file; of one that is too short, zeros.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.short = nil, true
		return make([]byte, n)
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) number() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }

// enrol makes a model ready for the entries and concepts there are.
func (m *Matcher) enrol(d *Data) {
	m.content, m.model = d.content, d.model
	m.names = make([]uint64, maxConcepts)
	for name, id := range m.ids {
		m.names[id] = named(name)
	}
	for _, e := range m.entries {
		class := -1
		if m.model != nil && (e.kind == Error || e.kind == Answer) {
			class = slices.Index(m.classes, e.ID)
		}
		m.class = append(m.class, class)
	}
}
