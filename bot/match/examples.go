package match

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"sync"

	"github.com/shirube/shirube/bot"
)

// example is what a clerk wrote, and the ids it means; none when it is nothing
// of ours. Or are ids that would be right as well.
type example struct {
	Text   string   `json:"text"`
	Screen string   `json:"screen"`
	Want   []string `json:"want"`
	Or     []string `json:"or"`

	file string
	line int
}

// loadExamples reads the examples of a content folder; the error is a
// bot.Problems when a line is at fault.
func loadExamples(content fs.FS) ([]example, error) {
	files, err := fs.Glob(content, path.Join(examplesDir, "*.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	var all []example
	var problems bot.Problems
	for _, file := range files {
		data, err := fs.ReadFile(content, file)
		if err != nil {
			return nil, fmt.Errorf("read content: %w", err)
		}
		line := 0
		for text := range bytes.Lines(data) {
			line++
			x := example{file: file, line: line}
			if err := json.Unmarshal(text, &x); err != nil || x.Text == "" {
				problems = append(problems, bot.Problem{File: file, Line: line, What: fmt.Sprintf("this is no example (%v)", cmp.Or(err, errors.New("it has no text"))), Do: `write {"text":"…","want":["id"]}`})
				continue
			}
			all = append(all, x)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return all, nil
}

// lesson is an example as the learning sees it.
type lesson struct {
	example
	topic, manner []trait
}

// stand gives half of the examples that have no screen one, mostly one where they
// belong: whether a screen is known says nothing by itself.
func (m *Matcher) stand(examples []example) {
	rng := rand.New(rand.NewPCG(1, 0))
	var everywhere []string
	for _, e := range m.entries {
		if e.kind == Screen {
			everywhere = append(everywhere, e.ID)
		}
	}
	for i := range examples {
		x := &examples[i]
		places := everywhere
		if own := m.placesOf(x.Want); len(own) > 0 && rng.IntN(10) < 7 {
			places = own
		}
		if x.Screen == "" && len(places) > 0 && rng.IntN(2) == 0 {
			x.Screen = places[rng.IntN(len(places))]
		}
	}
}

// placesOf are the screens where entries are likelier.
func (m *Matcher) placesOf(ids []string) []string {
	var places []string
	for i, e := range m.entries {
		if slices.Contains(ids, e.ID) {
			places = slices.AppendSeq(places, maps.Keys(m.screens[i]))
		}
	}
	slices.Sort(places)
	return places
}

// alsoGood is what an id counts that would be right as well.
const alsoGood = 0.5

// lessons are the examples, and those of the entries.
func (m *Matcher) lessons(examples []example) []lesson {
	examples = slices.Clone(examples)
	for _, e := range m.entries {
		for _, s := range slices.Concat(e.Texts, e.Examples["ja"], e.Examples["en"]) {
			examples = append(examples, example{Text: s, Want: []string{e.ID}})
		}
	}
	m.stand(examples)
	all := make([]lesson, len(examples))
	readers := runtime.GOMAXPROCS(0)
	var reading sync.WaitGroup
	for first := range readers {
		reading.Go(func() {
			for i := first; i < len(examples); i += readers {
				x := examples[i]
				t := newText(japanese(plain(x.Text)))
				hits := m.spot(t)
				from := m.settled(t, hits)
				if from >= t.parts {
					from = 0
				}
				topic := slices.Clone(m.traits(t, hits, from, x.Screen))
				all[i] = lesson{x, topic, slices.Clone(m.manners(t, hits, from))}
			}
		})
	}
	reading.Wait()
	return all
}

// wants is what an example means, in shares of one; class is that of an id, or
// less than zero. An example of nothing has the id "".
func (x *example) wants(class func(id string) int) map[int]float32 {
	want, sum := map[int]float32{}, float32(0)
	add := func(id string, share float32) {
		if c := class(id); c >= 0 {
			want[c] += share
			sum += share
		}
	}
	for _, id := range x.Want {
		add(id, 1)
	}
	if len(x.Want) == 0 {
		add("", 1)
	}
	for _, id := range x.Or {
		add(id, alsoGood)
	}
	for c := range want {
		want[c] /= sum
	}
	return want
}
