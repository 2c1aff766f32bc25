package flow

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Check tells everything that makes a book that loads a bad procedure: steps
// no path reaches, texts that are missing or that nothing says, facts of the
// ledger that nothing carries. A text that only some languages lack is for the
// catalogue's own check. The problems come in the order of the files.
func (b *Book) Check(lex Lexicon) Problems {
	c := &checker{Book: b, lex: lex, has: map[string]bool{}}
	for _, key := range lex.Keys() {
		c.has[key] = true
	}
	c.checkVars()
	for _, f := range b.Flows {
		c.checkFlow(f)
	}
	c.checkReach()
	c.checkErrors()
	c.checkAnswers()
	c.checkTexts()
	c.checkLedger()
	c.checkOrphans()
	slices.SortFunc(c.problems, func(p, q Problem) int {
		return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.What, q.What))
	})
	return c.problems
}

// checker collects the problems of one book.
type checker struct {
	*Book
	lex      Lexicon
	has      map[string]bool // the keys of the catalogue
	problems Problems
}

func (c *checker) add(file string, line int, what, do string) {
	c.problems = append(c.problems, problem(file, line, what, do))
}

// at adds a problem of a step.
func (c *checker) at(s *Step, what, do string) { c.add(s.flow.file, s.line, what, do) }

func (c *checker) checkFlow(f *Flow) {
	if f.Version < 1 {
		c.add(f.file, max(1, f.lines["version"]), "the flow has no version", "add version: 1 and raise it whenever a step is renamed or removed")
	}
	if !named.MatchString(f.ID) || slices.Contains(reserved(), f.ID) {
		c.add(f.file, 1, fmt.Sprintf("%q cannot be the name of a flow", f.ID),
			"take small letters, digits and _, and none of "+strings.Join(reserved(), " "))
	}
	c.checkMigrations(f)
	for _, s := range f.Steps {
		c.checkID(s)
		c.checkOptions(s, "next", s.buttons())
		c.checkOptions(s, "gate", s.Gate)
		c.checkLinks(s)
	}
}

// named is the form of every name that becomes part of a text's key or of a
// button's id.
var named = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// reserved are the tops of the catalogue that are no steps'.
func reserved() []string { return append(enginePrefixes(), "errors", "answers") }

func enginePrefixes() []string {
	return []string{"ui", "words", "options", "wrong", "vars", "notify", "flows"}
}

// checkMigrations holds that every migration leads from a step that is gone to
// one that is there, over others where need be.
func (c *checker) checkMigrations(f *Flow) {
	for from, to := range f.Migrate {
		line := f.moves[from]
		if c.steps[from] != nil {
			c.add(f.file, line, from+" is migrated although it is there", "remove the migration or the step")
		}
		if c.migrated(to) == nil {
			c.add(f.file, line, fmt.Sprintf("the migration of %s leads to %q and to no step", from, to), "name a step that is there"+c.near(to))
		}
	}
}

func (c *checker) checkID(s *Step) {
	name, own := strings.CutPrefix(s.ID, s.flow.ID+".")
	if !own || !named.MatchString(name) {
		c.at(s, fmt.Sprintf("the step %q is not named after its flow", s.ID),
			fmt.Sprintf("call it %s.<name>, in small letters, digits and _", s.flow.ID))
	}
}
