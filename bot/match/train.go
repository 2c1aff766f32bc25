package match

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
)

// How a model is learned. The numbers were chosen on messages it had not seen.
const (
	rounds = 25   // how often each example is looked at
	pace   = 1.0  // how far one example moves the weights
	decay  = 3e-5 // what a weight loses each time
	unseen = 0.6  // the share of traits an example hides each time, as new texts lack them
	rare   = 2    // examples a trait must be in to be kept
)

// digest is what the lessons come to; another text with the same traits makes no
// other model.
func digest(names []string, lessons []lesson) [32]byte {
	sum := sha256.New()
	put := func(v any) { _ = binary.Write(sum, binary.LittleEndian, v) }
	for _, name := range names {
		sum.Write([]byte(name + "\n"))
	}
	for _, l := range lessons {
		for _, one := range l.traits {
			put(one.key)
		}
		for class := range names {
			put(l.want[class])
		}
	}
	return [32]byte(sum.Sum(nil))
}

// Learn makes the model's file of the content's examples and entries.
func (m *Matcher) Learn() ([]byte, error) {
	examples, err := loadExamples(m.content)
	if err != nil {
		return nil, err
	}
	return m.train(m.lessons(examples)).bytes(), nil
}

func (m *Matcher) train(lessons []lesson) *model {
	d := &model{classes: m.classNames()}
	d.digest = digest(d.classes, lessons)
	d.keys = kept(lessons)
	d.index()
	s := &school{model: d, weights: make([]float32, (len(d.keys)+1)*len(d.classes))}
	s.pulled = make([]float32, len(s.weights))
	pages := make([]weighed, len(lessons))
	for i, l := range lessons {
		pages[i] = d.known(&text{}, l.traits)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		for _, i := range rng.Perm(len(lessons)) {
			s.teach(pages[i].but(rng), lessons[i].want)
		}
	}
	d.round(s.weights)
	return d
}

// kept are the traits that are in enough examples.
func kept(lessons []lesson) []uint32 {
	in, last := map[uint32]int{}, map[uint32]int{}
	for i, l := range lessons {
		for _, one := range l.traits {
			if last[one.key] != i+1 {
				last[one.key] = i + 1
				in[one.key]++
			}
		}
	}
	var keys []uint32
	for key, n := range in {
		if n >= rare {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys[:min(len(keys), maxTraits)]
}

// but hides some traits.
func (w weighed) but(rng *rand.Rand) weighed {
	var left weighed
	for k, row := range w.rows {
		if k == len(w.rows)-1 || rng.Float64() >= unseen {
			left.rows, left.shares = append(left.rows, row), append(left.shares, w.shares[k])
		}
	}
	return left
}

// school is a model while it is learned.
type school struct {
	*model
	weights []float32
	pulled  []float32 // how much each weight was moved so far: it is moved less and less
}

// teach moves the weights towards what an example means.
func (s *school) teach(w weighed, want map[int]float32) {
	n := len(s.classes)
	sums := make([]float32, n)
	for k, row := range w.rows {
		for c, weight := range s.weights[row*n:][:n] {
			sums[c] += w.shares[k] * weight
		}
	}
	wrong := make([]float32, n)
	for c, likely := range shares(nil, sums) {
		wrong[c] = float32(likely) - want[c]
	}
	for k, row := range w.rows {
		weights, pulled := s.weights[row*n:][:n], s.pulled[row*n:][:n]
		for c := range weights {
			pull := w.shares[k]*wrong[c] + decay*weights[c]
			pulled[c] += pull * pull
			weights[c] -= pace * pull / float32(math.Sqrt(float64(pulled[c])+1e-6))
		}
	}
}

// round makes whole numbers of the weights, as its file holds them.
func (d *model) round(weights []float32) {
	most := float32(1e-9)
	for _, w := range weights {
		most = max(most, w, -w)
	}
	d.step = most / math.MaxInt8
	d.weights = make([]byte, len(weights))
	for i, w := range weights {
		d.weights[i] = byte(int8(math.Round(float64(w / d.step))))
	}
}
