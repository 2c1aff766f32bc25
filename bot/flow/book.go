package flow

import "github.com/shirube/shirube/bot"

// Step finds a step by its id, nil when there is none.
func (b *Book) Step(id string) *Step { return b.steps[id] }

// Error finds a known error by its id, nil when there is none.
func (b *Book) Error(id string) *KnownError { return b.errors[id] }

// ErrorsAt are the known errors of a screen, the likeliest first.
func (b *Book) ErrorsAt(screen string) []*KnownError { return b.screens[screen] }

// Steps are all steps in the order of the book.
func (b *Book) Steps() []*Step {
	var steps []*Step
	for _, f := range b.Flows {
		steps = append(steps, f.Steps...)
	}
	return steps
}

// Progress is how far a clerk is who stands at this step: counted along the
// path of the first edges, which the step's own path joins again.
func (b *Book) Progress(step string) bot.Progress {
	return bot.Progress{Done: b.rank[step], Total: len(b.spine) - 1}
}

// Moved is where a session of a step that is no longer there goes on: where
// the migrations lead, otherwise the start of its flow or of the book.
func (b *Book) Moved(flow, step string) *Step {
	if s := b.migrated(step); s != nil {
		return s
	}
	for _, f := range b.Flows {
		if f.ID == flow && len(f.Steps) > 0 {
			return f.Steps[0]
		}
	}
	return b.steps[b.Start]
}

// migrated is the step a name stands for now, nil when the migrations lead
// nowhere or in a circle.
func (b *Book) migrated(id string) *Step {
	for seen := map[string]bool{}; !seen[id]; {
		if s := b.steps[id]; s != nil {
			return s
		}
		seen[id] = true
		to, found := b.migration(id)
		if !found {
			return nil
		}
		id = to
	}
	return nil
}

func (b *Book) migration(step string) (string, bool) {
	for _, f := range b.Flows {
		if to, found := f.Migrate[step]; found {
			return to, true
		}
	}
	return "", false
}
