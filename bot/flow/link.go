package flow

import (
	"fmt"
	"strings"
)

// link builds the indexes and tells what makes them impossible.
func (b *Book) link() Problems {
	b.steps, b.errors, b.screens = map[string]*Step{}, map[string]*KnownError{}, map[string][]*KnownError{}
	var problems Problems
	for _, s := range b.Steps() {
		if first := b.steps[s.ID]; first != nil {
			problems = append(problems, problem(s.flow.file, s.line, fmt.Sprintf("step %q is there twice", s.ID),
				fmt.Sprintf("rename it or the one in %s:%d", first.flow.file, first.line)))
		}
		b.steps[s.ID] = s
	}
	for _, e := range b.Errors {
		b.errors[e.ID] = e
		for _, screen := range e.Screens {
			b.screens[screen] = append(b.screens[screen], e)
		}
	}
	if b.steps[b.Start] == nil {
		problems = append(problems, problem(bookFile, 1, fmt.Sprintf("the start %q is no step", b.Start), "name the step that begins"))
	}
	problems = append(append(problems, b.dangling()...), b.hazards()...)
	if len(problems) == 0 {
		problems = b.measure()
	}
	return problems
}

// dangling are the ways that lead to no step.
func (b *Book) dangling() Problems {
	var problems Problems
	want := func(file string, line int, from, to string) {
		if to != "" && b.steps[to] == nil {
			problems = append(problems, problem(file, line, fmt.Sprintf("%s goes to %q, which is no step", from, to),
				"name a step that is there"+b.near(to)))
		}
	}
	for _, s := range b.Steps() {
		for _, e := range append(append([]Edge{}, s.Next...), s.Gate...) {
			want(s.flow.file, e.line, s.ID, e.Go)
		}
		for _, w := range s.Wait {
			want(s.flow.file, w.line, s.ID, w.Go)
		}
	}
	for _, e := range b.Errors {
		want(errorsFile, e.line, e.ID, e.Go)
	}
	return problems
}

// near names a step that is called alike, best of the same flow, for a slip of
// the pen.
func (b *Book) near(id string) string {
	chapter, name, _ := strings.Cut(id, ".")
	found := ""
	for _, s := range b.Steps() {
		where, other, _ := strings.Cut(s.ID, ".")
		if name == "" || !strings.HasPrefix(other, name) && !strings.HasPrefix(name, other) {
			continue
		}
		if where == chapter {
			return " (" + s.ID + "?)"
		}
		if found == "" {
			found = " (" + s.ID + "?)"
		}
	}
	return found
}

// measure lays the spine and ranks every step by where it joins the spine.
func (b *Book) measure() Problems {
	b.rank = map[string]int{}
	for s := b.steps[b.Start]; s != nil; s = b.first(s) {
		if _, seen := b.rank[s.ID]; seen {
			return Problems{problem(s.flow.file, s.line, "the first buttons lead in a circle through "+s.ID, "let the first edge lead towards the end")}
		}
		b.rank[s.ID] = len(b.spine)
		b.spine = append(b.spine, s)
	}
	for _, s := range b.Steps() {
		if !b.join(s) {
			return Problems{problem(s.flow.file, s.line, "the first buttons from "+s.ID+" never reach the end", "let each first edge lead towards the end")}
		}
	}
	return nil
}

// join ranks a side step as the step of the spine its first edges lead to;
// false when they lead nowhere.
func (b *Book) join(from *Step) bool {
	var way []*Step
	for s := from; ; s = b.first(s) {
		if s == nil || len(way) > len(b.steps) {
			return false
		}
		if rank, found := b.rank[s.ID]; found {
			for _, side := range way {
				b.rank[side.ID] = rank
			}
			return true
		}
		way = append(way, s)
	}
}

func (b *Book) first(s *Step) *Step {
	if len(s.Next) == 0 {
		return nil
	}
	return b.steps[s.Next[0].Go]
}
