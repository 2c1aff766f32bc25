package match

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// How a model is learned. The numbers were chosen on messages it had not seen.
const (
	rounds = 60   // how often each example is looked at
	pace   = 3.0  // how far one example moves the weights at first
	slower = 0.95 // by how much of that less at last
	steady = 1e-4 // what keeps a weight that was hardly moved yet from a leap
	decay  = 3e-5 // what a weight loses each time
	unseen = 0.45 // the share of traits an example hides each time, as new texts lack them
	rare   = 3    // examples a trait must be in to be kept
)

// digest is what the lessons come to; another text with the same traits teaches
// nothing else.
func digest(classes []string, lessons []lesson) [32]byte {
	sum := sha256.New()
	enc := json.NewEncoder(sum)
	_ = enc.Encode(classes)
	for _, l := range lessons {
		_ = enc.Encode([][]string{l.Want, l.Or})
		for _, one := range slices.Concat(l.topic, l.manner) {
			_ = binary.Write(sum, binary.LittleEndian, one.key)
		}
	}
	return [32]byte(sum.Sum(nil))
}

// Learn makes the file of what the content's examples and entries teach.
func (m *Matcher) Learn() ([]byte, error) {
	examples, err := loadExamples(m.content)
	if err != nil {
		return nil, err
	}
	return m.teach(m.lessons(examples)).bytes(), nil
}

// teach learns from lessons.
func (m *Matcher) teach(lessons []lesson) *learned {
	l := &learned{digest: digest(m.subjects(), lessons)}
	var all sync.WaitGroup
	for _, one := range []struct {
		model   **model
		classes []string
		read    func(*lesson) page
	}{
		{&l.topic, m.topics(), func(l *lesson) page { return page{l.topic, l.wants(m.topicOf)} }},
		{&l.manner, manners(), func(l *lesson) page { return page{l.manner, l.wants(m.mannerOf)} }},
		{&l.where, m.places(), func(l *lesson) page { return page{l.topic, l.wants(m.placeOf)} }},
	} {
		all.Go(func() {
			var pages []page
			for i := range lessons {
				if p := one.read(&lessons[i]); len(p.want) > 0 {
					pages = append(pages, p)
				}
			}
			*one.model = train(one.classes, pages)
		})
	}
	all.Wait()
	return l
}

// page is a lesson as one model sees it: what is seen, and what it means.
type page struct {
	traits []trait
	want   map[int]float32
}

func train(classes []string, pages []page) *model {
	d := &model{classes: classes, keys: kept(pages)}
	d.index()
	s := &school{model: d, weights: make([]float32, (len(d.keys)+1)*len(d.classes))}
	s.pulled = make([]float32, len(s.weights))
	known := make([]weighed, len(pages))
	for i, p := range pages {
		known[i] = d.known(&text{}, p.traits)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		s.pace = pace * (1 - slower*float32(round)/rounds)
		for _, i := range rng.Perm(len(pages)) {
			s.teach(known[i].but(rng), pages[i].want)
		}
	}
	d.round(s.weights)
	return d
}

// kept are the traits that are on enough pages.
func kept(pages []page) []uint32 {
	on, last := map[uint32]int{}, map[uint32]int{}
	for i, p := range pages {
		for _, one := range p.traits {
			if last[one.key] != i+1 {
				last[one.key] = i + 1
				on[one.key]++
			}
		}
	}
	var keys []uint32
	for key, n := range on {
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
	pace    float32
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
			weights[c] -= s.pace * pull / float32(math.Sqrt(float64(pulled[c]+steady)))
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
