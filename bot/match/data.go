package match

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/bot"
)

// Kind is what an entry is.
type Kind string

// The kinds of entries. A text that is like an Other is answered by nobody.
const (
	Error  Kind = "error"
	Answer Kind = "answer"
	Screen Kind = "screen"
	Other  Kind = "other"
	None   Kind = "none"
)

// The files of the folder flows/match/.
const (
	conceptsFile = "flows/match/concepts.yaml"
	errorsFile   = "flows/match/errors.yaml"
	answersFile  = "flows/match/answers.yaml"
	screensFile  = "flows/match/screens.yaml"
	othersFile   = "flows/match/others.yaml"
	learnedFile  = "flows/match/learned.bin" // what was learned of all examples
	examplesDir  = "flows/match/examples"    // messages, one a line of a .jsonl
)

// Data is what is known, as it stands in the files.
type Data struct {
	concepts []concept
	masks    []string
	exact    []string
	twins    [][]string
	entries  []*entry
	things   []string
	learned  *learned // nil when nothing was learned
	content  fs.FS
}

type concept struct {
	name  string
	words []string
	line  int
}

// entry is one error, answer, screen, or other thing.
type entry struct {
	ID       string              `yaml:"id"`
	Texts    []string            `yaml:"texts"`    // the portal's words, to the letter
	When     []string            `yaml:"when"`     // concepts that together mean it
	Maybe    []string            `yaml:"maybe"`    // concepts that make it likely
	Examples map[string][]string `yaml:"examples"` // by language: what people write

	kind  Kind
	file  string
	line  int
	lines map[string]int // of its texts and examples
}

// Load reads the folder flows/match/ of a content folder; the error is a
// bot.Problems when a file is at fault. A folder without it knows nothing.
func Load(content fs.FS) (*Data, error) {
	d := &Data{content: content}
	if err := d.loadConcepts(content); err != nil {
		return nil, err
	}
	for _, f := range []struct {
		file string
		kind Kind
	}{{errorsFile, Error}, {answersFile, Answer}, {screensFile, Screen}, {othersFile, Other}} {
		if err := d.loadEntries(content, f.file, f.kind); err != nil {
			return nil, err
		}
	}
	var err error
	d.learned, err = loadLearned(content)
	return d, err
}

func (d *Data) loadConcepts(content fs.FS) error {
	var file struct {
		Concepts yaml.Node  `yaml:"concepts"`
		Masks    []string   `yaml:"masks"` // what lies inside their words is not spotted
		Exact    []string   `yaml:"exact"` // their words are spotted without a slip only
		Twins    [][]string `yaml:"twins"`
		Things   []string   `yaml:"things"` // what the procedure is about, and not how something is said
	}
	if err := decode(content, conceptsFile, &file); err != nil {
		return err
	}
	d.masks, d.exact, d.twins, d.things = file.Masks, file.Exact, file.Twins, file.Things
	for i := 0; i+1 < len(file.Concepts.Content); i += 2 {
		key, value := file.Concepts.Content[i], file.Concepts.Content[i+1]
		c := concept{name: key.Value, line: key.Line}
		if err := value.Decode(&c.words); err != nil {
			return bot.Problems{{File: conceptsFile, Line: value.Line, What: "the concept " + c.name + " is no list", Do: "write its words as a list"}}
		}
		d.concepts = append(d.concepts, c)
	}
	return nil
}

func (d *Data) loadEntries(content fs.FS, name string, kind Kind) error {
	var file struct {
		Entries []yaml.Node `yaml:"entries"`
	}
	if err := decode(content, name, &file); err != nil {
		return err
	}
	for i := range file.Entries {
		e := &entry{kind: kind, file: name, line: file.Entries[i].Line, lines: map[string]int{}}
		number(&file.Entries[i], e.lines)
		if err := strict(&file.Entries[i], e); err != nil {
			return problems(name, e.line, err)
		}
		d.entries = append(d.entries, e)
	}
	return nil
}

// number notes the lines of everything that is written under a node.
func number(node *yaml.Node, lines map[string]int) {
	if node.Kind == yaml.ScalarNode {
		lines[node.Value] = node.Line
	}
	for _, under := range node.Content {
		number(under, lines)
	}
}

// decode reads a YAML file strictly; nothing when there is none.
func decode(content fs.FS, name string, v any) error {
	data, err := fs.ReadFile(content, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read content: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return problems(name, 0, err)
	}
	return nil
}

// strict decodes a node and refuses keys the value does not have; a node by
// itself cannot, so it is written and read again.
func strict(node *yaml.Node, v any) error {
	data, err := yaml.Marshal(node)
	if err != nil {
		return fmt.Errorf("read an entry: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	return dec.Decode(v)
}

// problems puts a decoder's error, which counts lines from the entry's first,
// into the words for an author.
func problems(name string, line int, err error) bot.Problems {
	what := strings.TrimPrefix(err.Error(), "yaml: ")
	what = strings.TrimSpace(strings.TrimPrefix(what, "unmarshal errors:"))
	what, _, _ = strings.Cut(what, "\n")
	inner := 0
	if _, scan := fmt.Sscanf(what, "line %d:", &inner); scan == nil {
		_, what, _ = strings.Cut(what, ": ")
		line = max(line-1, 0) + inner
	}
	return bot.Problems{{File: name, Line: line, What: what, Do: "see the other entries for its form"}}
}
