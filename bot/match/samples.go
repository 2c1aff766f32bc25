package match

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// samples are the examples as vectors of what they are made of: pairs of runes,
// and concepts.
type samples struct {
	postings map[uint64][]posting
	rarity   map[uint64]float64
	owner    []int // the entry of each example
}

type posting struct {
	sample int
	weight float64
}

func pairKey(a, b rune) uint64  { return uint64(a)<<21 | uint64(b) }
func conceptKey(c int) uint64   { return 1<<60 | uint64(c) }
func isConcept(key uint64) bool { return key>>60 == 1 }

// features are what a stretch of a text is made of, each once.
func features(t *text, hits []hit, from, to int) []uint64 {
	f := make([]uint64, 0, to-from+8)
	for i := from; i+1 < to; i++ {
		f = append(f, pairKey(t.runes[i], t.runes[i+1]))
	}
	for _, h := range hits {
		if h.from >= from && h.to <= to {
			f = append(f, conceptKey(h.concept))
		}
	}
	slices.Sort(f)
	return slices.Compact(f)
}

// study makes the examples ready to be compared.
func (m *Matcher) study() {
	var examples []string
	for i, e := range m.entries {
		for _, lang := range []string{"ja", "en"} {
			for _, s := range e.Examples[lang] {
				examples = append(examples, s)
				m.owner = append(m.owner, i)
			}
		}
	}
	all := m.featuresOf(examples)
	m.rarity = map[uint64]float64{}
	for _, f := range all {
		for _, key := range f {
			m.rarity[key]++
		}
	}
	for key, n := range m.rarity {
		m.rarity[key] = math.Log(float64(len(all)+1) / n)
		if isConcept(key) {
			m.rarity[key] *= conceptShare
		}
	}
	m.postings = map[uint64][]posting{}
	for i, f := range all {
		norm := m.length(f)
		for _, key := range f {
			m.postings[key] = append(m.postings[key], posting{i, m.rarity[key] / norm})
		}
	}
}

// featuresOf reads texts side by side: there are a thousand, and a server waits
// for them when it starts.
func (m *Matcher) featuresOf(texts []string) [][]uint64 {
	all := make([][]uint64, len(texts))
	readers := runtime.GOMAXPROCS(0)
	var reading sync.WaitGroup
	for first := range readers {
		reading.Go(func() {
			for i := first; i < len(texts); i += readers {
				t := newText(texts[i])
				all[i] = features(t, m.spot(t), 0, len(t.runes))
			}
		})
	}
	reading.Wait()
	return all
}

// conceptShare is how much more a concept says than a pair of runes.
const conceptShare = 1.7

func (m *Matcher) length(f []uint64) float64 {
	sum := 0.0
	for _, key := range f {
		w, known := m.rarity[key]
		if !known {
			w = strange
		}
		sum += w * w
	}
	return math.Sqrt(max(sum, 1e-9))
}

// strange is the weight of what is in no example.
const strange = 2.5

// alike is how near a stretch of a text is to each entry's nearest example.
func (m *Matcher) alike(t *text, hits []hit, from, to int) []float64 {
	f := features(t, hits, from, to)
	norm := m.length(f)
	scores := make([]float64, len(m.owner))
	for _, key := range f {
		w := m.rarity[key] / norm
		for _, p := range m.postings[key] {
			scores[p.sample] += w * p.weight
		}
	}
	best := make([]float64, len(m.entries))
	for i, s := range scores {
		best[m.owner[i]] = max(best[m.owner[i]], s)
	}
	return best
}
