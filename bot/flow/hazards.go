package flow

import "fmt"

// hazards are the mistakes that would stop a clerk dead in the middle of the
// play: no way on, a way that names no step, a wait that never waits.
func (b *Book) hazards() Problems {
	var problems Problems
	var end *Step
	for _, s := range b.Steps() {
		problems = append(problems, s.hazards()...)
		switch {
		case s.End && end != nil:
			problems = append(problems, s.problem(s.ID+" is a second end", "lead it on to "+end.ID))
		case s.End:
			end = s
		}
		if b.whirls(s) {
			problems = append(problems, s.problem("the waits from "+s.ID+" come round to it at once when their day is over",
				"let one of them lead to a step without since"))
		}
	}
	return problems
}

func (s *Step) hazards() Problems {
	var problems Problems
	add := func(line int, what, do string) { problems = append(problems, problem(s.flow.file, line, what, do)) }
	switch {
	case s.End && (len(s.Next) > 0 || len(s.Gate) > 0 || len(s.Wait) > 0 || s.Ask != "" || s.Unless != ""):
		add(s.line, "the end "+s.ID+" leads on", "keep only end: true and facts and links, or take end: true away")
	case !s.End && len(s.Next) == 0:
		add(s.line, s.ID+" has no way on", "add next; the last step of all says end: true")
	}
	for _, e := range append(append([]Edge{}, s.Next...), s.Gate...) {
		if e.Go == "" {
			add(e.line, fmt.Sprintf("the option %q of %s leads nowhere", e.Option(), s.ID), "add go with the step it leads to")
		}
	}
	for _, w := range s.Wait {
		if w.After == (Span{}) {
			add(w.line, "a wait of "+s.ID+" has no length", "add after, such as 3bd or 24h")
		}
	}
	return problems
}

func (s *Step) problem(what, do string) Problem { return problem(s.flow.file, s.line, what, do) }

// whirls tells whether arriving at the step can lead straight back to it: over
// steps that are skipped, and over waits that count from a day gone by.
func (b *Book) whirls(from *Step) bool {
	seen := map[string]bool{}
	ahead := from.hops()
	for len(ahead) > 0 {
		id := ahead[0]
		ahead = ahead[1:]
		if id == from.ID {
			return true
		}
		if s := b.steps[id]; s != nil && !seen[id] {
			seen[id] = true
			ahead = append(ahead, s.hops()...)
		}
	}
	return false
}

// hops are the steps that an arrival at this one may pass on to by itself.
func (s *Step) hops() []string {
	var to []string
	if s.Unless != "" && len(s.Next) > 0 {
		to = append(to, s.Next[0].Go)
	}
	for _, w := range s.Wait {
		if s.Since != "" && w.Go != "" {
			to = append(to, w.Go)
		}
	}
	return to
}
