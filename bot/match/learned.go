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

// learned is what the examples taught: what a text is about, by all that can be
// seen of it; what it wants, by how it is said alone; and which screen it is of.
// Two that look at different things are seldom wrong together.
type learned struct {
	digest [32]byte // of what it was learned from
	topic  *model   // each error and answer, a screen, nothing
	manner *model   // the kinds of them
	where  *model   // each screen
}

// The classes of the topic besides the errors and answers.
const (
	aScreen = "a screen"
	nothing = "nothing"
)

// The classes of manner.
const (
	asError = iota
	asAnswer
	asScreen
	asNothing
)

func manners() []string { return []string{string(Error), string(Answer), aScreen, nothing} }

// topics are what a text may be about.
func (m *Matcher) topics() []string {
	return append(slices.Concat(m.idsOf(Error), m.idsOf(Answer)), aScreen, nothing)
}

// places are the screens a text may be of.
func (m *Matcher) places() []string { return m.idsOf(Screen) }

// subjects are all that is learned.
func (m *Matcher) subjects() []string { return slices.Concat(m.topics(), m.places()) }

func (m *Matcher) idsOf(kind Kind) []string {
	var ids []string
	for _, e := range m.entries {
		if e.kind == kind {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// topicOf is the class of an entry as a topic.
func (m *Matcher) topicOf(id string) int {
	topics := m.topics()
	if class := slices.Index(topics, id); class >= 0 {
		return class
	}
	if m.standsOn(id) {
		return len(topics) - 2
	}
	return len(topics) - 1
}

// mannerOf is the class of an entry's manner.
func (m *Matcher) mannerOf(id string) int {
	for _, e := range m.entries {
		switch {
		case e.ID != id:
		case e.kind == Error:
			return asError
		case e.kind == Answer:
			return asAnswer
		case e.kind == Screen:
			return asScreen
		}
	}
	if id == aScreen {
		return asScreen
	}
	return asNothing
}

// placeOf is the class of a screen as a place; less than zero for all else.
func (m *Matcher) placeOf(id string) int { return slices.Index(m.places(), id) }

// magic begins the file; it changes with what traits there are.
const magic = "shirube learned 3\n"

// bytes is what was learned as its file holds it.
func (l *learned) bytes() []byte {
	out := append([]byte(magic), l.digest[:]...)
	for _, d := range []*model{l.topic, l.manner, l.where} {
		out = d.append(out)
	}
	return out
}

func (d *model) append(out []byte) []byte {
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

// loadLearned reads what was learned of a content folder; nil when nothing was.
func loadLearned(content fs.FS) (*learned, error) {
	data, err := fs.ReadFile(content, learnedFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // a folder without it
	}
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	l, ok := parseLearned(data)
	if !ok {
		return nil, bot.Problems{{File: learnedFile, Line: 1, What: "this is nothing that was learned, or by another version", Do: "run shirube flow learn"}}
	}
	return l, nil
}

func parseLearned(data []byte) (*learned, bool) {
	in := &reader{rest: data}
	if string(in.take(len(magic))) != magic {
		return nil, false
	}
	l := &learned{digest: [32]byte(in.take(32))}
	l.topic, l.manner, l.where = in.model(), in.model(), in.model()
	if in.short || len(in.rest) > 0 || len(l.topic.classes) < 2 || !slices.Equal(l.manner.classes, manners()) {
		return nil, false
	}
	return l, true
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

func (r *reader) model() *model {
	d := &model{}
	for range min(r.number(), maxClasses) {
		d.classes = append(d.classes, string(r.take(int(r.take(1)[0]))))
	}
	d.step = math.Float32frombits(r.number())
	d.keys = make([]uint32, min(r.number(), maxTraits))
	for i := range d.keys {
		d.keys[i] = r.number()
	}
	d.weights = r.take((len(d.keys) + 1) * len(d.classes))
	d.index()
	return d
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.short = nil, true
		return make([]byte, n)
	}
	out := r.rest[:n:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) number() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }

// enrol makes what was learned ready for the entries and concepts there are.
func (m *Matcher) enrol(d *Data) {
	m.content, m.learned = d.content, d.learned
	m.names = make([]uint64, maxConcepts)
	for name, id := range m.ids {
		m.names[id] = named(name)
	}
	for _, e := range m.entries {
		class := -1
		switch {
		case m.learned == nil:
		case e.kind == Error, e.kind == Answer:
			class = slices.Index(m.topic.classes, e.ID)
		case e.kind == Screen:
			class = slices.Index(m.where.classes, e.ID)
		}
		m.class = append(m.class, class)
	}
	if m.learned != nil {
		for _, topic := range m.topic.classes {
			m.said = append(m.said, m.mannerOf(topic))
		}
	}
}
