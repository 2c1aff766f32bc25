package bot

import (
	"context"
	"maps"
	"slices"
	"time"
)

// Report is what a clerk saw in place of what a step says.
type Report struct {
	// ID is the same whenever the report is made again.
	ID      string `json:"id"`
	Session string `json:"session"`
	// Step is what the report is about. Empty withdraws all that the session
	// reported until At, so that nothing a forgotten person wrote stays.
	Step string `json:"step,omitempty"`
	// Edition names what the step said when it was found wrong: once the author
	// has mended the step, the report no longer counts.
	Edition string    `json:"edition,omitempty"`
	Text    string    `json:"text,omitempty"`
	At      time.Time `json:"at"`
}

// Reports keeps what clerks saw in place of what a step says.
type Reports interface {
	// Report keeps one report for each session and step: a later one replaces
	// it, one that is made again changes nothing. confirmed is true for the
	// report that makes it two sessions of the same edition, also when that
	// report is made again, and for no other.
	Report(ctx context.Context, r Report) (confirmed bool, err error)
	// Reports are all that are kept, by step, the oldest first.
	Reports(ctx context.Context) ([]Report, error)
	// Clear drops all reports about a step.
	Clear(ctx context.Context, step string) error
}

// The bounds of what is kept about a step.
const (
	MaxReport  = 200 // characters of one report
	maxReports = 50  // the newest
)

// confirming is how many sessions make a report more than one clerk's mistake.
const confirming = 2

// Drifted tells whether, by these reports about a step, its edition is no longer
// what the portal shows: two sessions said so.
func Drifted(about []Report, edition string) bool {
	sessions := map[string]bool{}
	for _, r := range about {
		if r.Edition == edition {
			sessions[r.Session] = true
		}
	}
	return len(sessions) >= confirming
}

// Reported is all that is kept about one step. It is what stores keep; how it
// changes is the same for all of them.
type Reported struct {
	// List has one report for each session, the oldest first.
	List []Report `json:"list"`
	// By is for every edition that has drifted the report that told so.
	By map[string]string `json:"by,omitempty"`
}

// With is what is kept once the report is made, and whether it confirms those
// before.
func (k Reported) With(r Report) (next Reported, confirmed bool) {
	runes := []rune(r.Text)
	r.Text = string(runes[:min(len(runes), MaxReport)])
	later := func(old Report) bool { return old.Session == r.Session && old.At.After(r.At) }
	if slices.ContainsFunc(k.List, later) {
		return k, k.By[r.Edition] == r.ID
	}
	next = k.without(func(old Report) bool { return old.Session == r.Session })
	next.List = append(next.List, r)
	slices.SortStableFunc(next.List, func(a, b Report) int { return a.At.Compare(b.At) })
	next.List = next.List[max(0, len(next.List)-maxReports):]
	next.settle()
	if Drifted(next.List, r.Edition) && next.By[r.Edition] == "" {
		next.By[r.Edition] = r.ID
	}
	return next, next.By[r.Edition] == r.ID
}

// Without is what is kept once the session has withdrawn what it reported until
// then.
func (k Reported) Without(session string, until time.Time) Reported {
	next := k.without(func(r Report) bool { return r.Session == session && !r.At.After(until) })
	next.settle()
	return next
}

func (k Reported) without(gone func(Report) bool) Reported {
	by := maps.Clone(k.By)
	if by == nil {
		by = map[string]string{}
	}
	return Reported{List: slices.DeleteFunc(slices.Clone(k.List), gone), By: by}
}

// settle forgets who confirmed an edition that is not confirmed any more.
func (k Reported) settle() {
	maps.DeleteFunc(k.By, func(edition, _ string) bool { return !Drifted(k.List, edition) })
}
