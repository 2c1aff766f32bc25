package match

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shirube/shirube/bot"
)

// Known is what there is to be found, by kind: the ids of the procedure.
type Known map[Kind][]string

// Check tells what is wrong with the data: an id that is not there or that
// nothing finds, an entry without examples in a language, and entries that
// cannot be told apart, because an example of one is understood as another.
func (m *Matcher) Check(known Known) bot.Problems {
	c := &checker{Matcher: m}
	for _, f := range m.faults {
		c.add(f.file, f.line, f.what, f.do)
	}
	files := map[Kind]string{Error: errorsFile, Answer: answersFile, Screen: screensFile}
	seen := map[string]bool{}
	for _, e := range m.entries {
		if seen[e.ID] {
			c.add(e.file, e.line, fmt.Sprintf("the entry %q is there twice", e.ID), "join them")
		}
		seen[e.ID] = true
		if e.kind != Other && !slices.Contains(known[e.kind], e.ID) {
			c.add(e.file, e.line, fmt.Sprintf("there is no %s %q", e.kind, e.ID), "correct the id, or write the "+string(e.kind))
		}
		c.entry(e)
	}
	for _, kind := range []Kind{Error, Answer, Screen} {
		for _, id := range known[kind] {
			if !seen[id] && len(m.entries) > 0 {
				c.add(files[kind], 1, fmt.Sprintf("nothing finds the %s %s", kind, id), "write an entry for it")
			}
		}
	}
	c.lessonsLearned()
	return c.problems
}

// lessonsLearned holds that what was learned is of the examples there are.
func (c *checker) lessonsLearned() {
	examples, err := loadExamples(c.content)
	if faults := (bot.Problems)(nil); errors.As(err, &faults) {
		c.problems = append(c.problems, faults...)
		return
	}
	for _, x := range examples {
		for _, id := range slices.Concat(x.Want, x.Or) {
			if !slices.ContainsFunc(c.entries, func(e *entry) bool { return e.ID == id }) {
				c.add(x.file, x.line, fmt.Sprintf("there is no entry %q", id), "correct the id, or write the entry")
			}
		}
	}
	if len(examples) == 0 {
		return // the program has only what was learned of them
	}
	if c.learned == nil || c.digest != digest(c.subjects(), c.lessons(examples)) {
		c.add(learnedFile, 1, "the examples or concepts have changed since it was learned", "run shirube flow learn")
	}
}

type checker struct {
	*Matcher
	problems bot.Problems
}

func (c *checker) add(file string, line int, what, do string) {
	c.problems = append(c.problems, bot.Problem{File: file, Line: line, What: what, Do: do})
}

func (c *checker) entry(e *entry) {
	texts := slices.Clone(e.Texts)
	if e.kind == Screen {
		texts = nil // a label may stand on several screens
	}
	for _, lang := range []string{"ja", "en"} {
		if len(e.Examples[lang]) == 0 {
			c.add(e.file, e.line, fmt.Sprintf("%s has no example in %s", e.ID, lang), "write what people would say")
		}
		texts = append(texts, e.Examples[lang]...)
	}
	for lang := range e.Examples {
		if lang != "ja" && lang != "en" {
			c.add(e.file, e.line, fmt.Sprintf("%s has examples in %q", e.ID, lang), "write them under ja or en")
		}
	}
	for _, text := range texts {
		c.example(e, text)
	}
}

// example holds that an entry's own words mean that entry.
func (c *checker) example(e *entry, text string) {
	screen := ""
	if e.kind == Screen {
		screen = e.ID
	}
	found := c.Find(text, screen).Match
	switch {
	case e.kind == Other && found.Kind == None, found.ID == e.ID && found.Kind == e.kind, c.twins(e.ID, found.ID):
	case e.kind == Other:
		c.add(e.file, e.lines[text], fmt.Sprintf("%q is understood as %s and not as %s", text, found.ID, e.ID), "make the two differ: in their patterns, or in this example")
	case found.Kind == None:
		c.add(e.file, e.lines[text], fmt.Sprintf("%q is not understood as %s", text, e.ID), "add what it says to a pattern or a concept")
	default:
		c.add(e.file, e.lines[text], fmt.Sprintf("%q is understood as %s and not as %s", text, found.ID, e.ID), "make the two differ: in their patterns, or in this example")
	}
}

// twins tells two sides of one thing; mpa-english-only is the symptom and
// mpa-language the question of the same.
func (m *Matcher) twins(a, b string) bool { return m.twin[a] != 0 && m.twin[a] == m.twin[b] }
