package flow

import (
	"fmt"
	"slices"
	"sort"

	"github.com/shirube/shirube/bot/japan"
)

func (c *checker) checkVars() {
	given := map[string]bool{}
	for _, s := range c.Steps() {
		c.checkUses(s, given)
	}
	names := make([]string, 0, len(c.Vars))
	for name := range c.Vars {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		c.checkVar(name, given[name])
	}
}

// engineArgs are the values the engine knows in every book, and its marks.
func engineArgs() []string { return append((&Book{}).ArgNames(), passedMark, markTried, markAsked) }

func (c *checker) checkVar(name string, given bool) {
	v := c.Vars[name]
	at := func(what, do string) { c.add(bookFile, v.line, what, do) }
	switch {
	case !slices.Contains(kinds(), v.Kind):
		at(fmt.Sprintf("the variable %s is of the kind %q, which is none", name, v.Kind), fmt.Sprintf("take one of %v", kinds()))
	case !accepts(v.Kind, v.Example):
		at(fmt.Sprintf("the example %q of %s would not be taken as an answer", v.Example, name), "give one that a clerk could type")
	}
	if !named.MatchString(name) || slices.Contains(engineArgs(), name) {
		at(fmt.Sprintf("%q cannot be the name of a variable", name), fmt.Sprintf("take small letters, digits and _, and none of %v", engineArgs()))
	}
	if !given {
		at("no step asks for or sets the variable "+name, "ask for it, set it or remove it")
	}
}

// accepts tells whether an example is an answer of its kind. The example of a
// date is computed.
func accepts(kind, example string) bool {
	var reason string
	switch kind {
	case kindCompany:
		_, reason = japan.Company(example)
	case kindPartnerID:
		_, _, reason = japan.PartnerID(example)
	case kindPerson:
		_, reason = japan.Person(example)
	default:
		_, _, reason = read(kind, example)
	}
	return reason == ""
}

// checkUses holds that a step names variables that are declared, and notes
// those it gives a value.
func (c *checker) checkUses(s *Step, given map[string]bool) {
	for _, use := range []struct{ key, name string }{{"ask", s.Ask}, {"unless", s.Unless}, {"since", s.Since}} {
		if v, declared := c.Vars[use.name]; use.name == "" {
			continue
		} else if !declared {
			c.at(s, fmt.Sprintf("%s of %s names %q, which is no variable", use.key, s.ID, use.name), "declare it in "+bookFile+" or correct its spelling")
		} else if use.key == "since" && v.Kind != kindDate {
			c.at(s, fmt.Sprintf("since of %s names %s, which is no date", s.ID, use.name), "name a variable of the kind date")
		}
	}
	for _, name := range s.Copy {
		if _, declared := c.Vars[name]; !declared && name != varForm {
			c.at(s, fmt.Sprintf("copy of %s names %q, which is no variable", s.ID, name), "declare it in "+bookFile+" or correct its spelling")
		}
	}
	given[s.Ask] = true
	for _, e := range append(append([]Edge{}, s.Next...), s.Gate...) {
		for name, value := range e.Set {
			given[name] = true
			c.checkSet(s, e, name, value)
		}
	}
}

func (c *checker) checkSet(s *Step, e Edge, name, to string) {
	at := func(what, do string) { c.add(s.flow.file, e.line, what, do) }
	kind := map[string]string{"@today": kindDate, "@name": kindPerson}[to]
	v, declared := c.Vars[name]
	switch {
	case !declared:
		at(fmt.Sprintf("set of %s names %q, which is no variable", s.ID, name), "declare it in "+bookFile+" or correct its spelling")
	case len(to) > 0 && to[0] == '@' && kind == "":
		at(fmt.Sprintf("%s sets %s to %q, which nothing computes", s.ID, name, to), "write @today, @name or the value itself")
	case kind != "" && v.Kind != kind:
		at(fmt.Sprintf("%s sets %s to %s, which is a %s", s.ID, name, to, kind), fmt.Sprintf("%s is a %s; set another variable or another value", name, v.Kind))
	}
}
