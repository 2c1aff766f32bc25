package flow

import (
	"fmt"
	"sort"
	"strings"
)

// Against tells what would strand a session that stands in an older version of
// the book: a step that is gone and from which no migration leads on, a
// version that was not raised, an answer that became of another kind.
func (b *Book) Against(old *Book) Problems {
	var problems Problems
	for _, was := range old.Flows {
		problems = append(problems, b.stranded(was)...)
		if now := b.flow(was.ID); now != nil {
			problems = append(problems, now.outdated(was)...)
		}
	}
	names := make([]string, 0, len(old.Vars))
	for name := range old.Vars {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		was := old.Vars[name].Kind
		if now, there := b.Vars[name]; there && now.Kind != was {
			problems = append(problems, problem(bookFile, now.line, fmt.Sprintf("the variable %s was a %s and is a %s now", name, was, now.Kind),
				"give the new variable another name; sessions hold values of the old kind"))
		}
	}
	return problems
}

func (b *Book) flow(id string) *Flow {
	for _, f := range b.Flows {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// stranded are the places of an old flow where a session may stand and from
// which nothing leads into this book: its steps, and the steps before them that
// it still led on from.
func (b *Book) stranded(was *Flow) Problems {
	var gone []string
	for _, s := range was.Steps {
		if b.migrated(s.ID) == nil {
			gone = append(gone, s.ID)
		}
	}
	for from := range was.Migrate {
		if b.migrated(from) == nil {
			gone = append(gone, from)
		}
	}
	sort.Strings(gone)
	now := b.flow(was.ID)
	switch {
	case len(gone) == 0:
		return nil
	case now == nil:
		return Problems{problem(bookFile, 1, fmt.Sprintf("the flow %s is gone, and nothing leads on from %s", was.ID, strings.Join(gone, ", ")),
			"name each of them under migrate of a flow that is there")}
	}
	var problems Problems
	for _, step := range gone {
		problems = append(problems, problem(now.file, max(1, now.lines["migrate"]), fmt.Sprintf("the step %s is gone, and nothing leads on from it", step),
			fmt.Sprintf("write migrate: { %s: <the step to stand at now> }, or keep the step", step)))
	}
	return problems
}

// outdated tells whether the flow should have a higher version than it was.
func (f *Flow) outdated(was *Flow) Problems {
	line := max(1, f.lines["version"])
	if f.Version < was.Version {
		return Problems{problem(f.file, line, fmt.Sprintf("the version of %s went down from %d to %d", f.ID, was.Version, f.Version),
			fmt.Sprintf("make it %d or more", was.Version))}
	}
	there := map[string]bool{}
	for _, s := range f.Steps {
		there[s.ID] = true
	}
	for _, s := range was.Steps {
		if !there[s.ID] && f.Version == was.Version {
			return Problems{problem(f.file, line, fmt.Sprintf("%s lost the step %s and is still version %d", f.ID, s.ID, f.Version),
				fmt.Sprintf("make it version %d", f.Version+1))}
		}
	}
	return nil
}
