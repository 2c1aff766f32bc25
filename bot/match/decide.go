package match

import (
	"cmp"
	"math"
	"slices"
)

// What was learned and the patterns decide together. The numbers were chosen on
// messages neither had seen.
const (
	trust    = 2.0  // how much likelier a pattern makes an entry
	even     = 0.5  // the score of a pattern that speaks for nothing as much as for an entry
	enough   = 0.65 // from here on an entry is answered
	apparent = 0.9  // from here on it goes before a screen
	located  = 0.25 // how likely a screen must be beside nothing to be told
	possible = 0.15 // from here on it is asked whether it is meant
	hinted   = 0.01 // the same when a pattern says so too
	faint    = 1e-4 // everything is at least so likely
	calm     = 0.05 // how much likelier an answer is made by a text that asks nothing
)

// decide weighs what the patterns say against what was learned. An entry that
// is newer than what was learned is left to the patterns.
func (m *Matcher) decide(r *reading, screen string) {
	told := r.Match.Kind == Error || r.Match.Kind == Answer
	if m.model == nil || len(r.text.runes) < 2 || r.from >= r.text.parts || told && !slices.Contains(m.classes, r.Match.ID) {
		return
	}
	likely := m.likely(r.text, m.traits(r.text, r.hits, r.from, screen))
	m.hush(r, likely)
	screens, none := likely[len(likely)-2], likely[len(likely)-1]
	found := m.together(r.text, likely, r.scores)
	if len(found) == 0 {
		return
	}
	switch {
	case r.Match.Kind == Screen && found[0].Score < apparent && screens >= located*none:
	case found[0].Score >= enough:
		if !r.names(found[0].ID) {
			r.Also = nil
		}
		if len(r.Also) == 0 {
			r.Match = found[0]
		}
		r.Candidates = nil
	default:
		r.Match, r.Also = Found{ID: string(None), Kind: None}, nil
		found = slices.DeleteFunc(found, func(f Found) bool { return f.Score < possible && (f.Score < hinted || m.score(r, f.ID) < doubtful) })
		r.Candidates = slices.Clone(found[:min(len(found), most)])
	}
}

// hush makes answers unlikely where nothing is asked and nothing is the matter.
func (m *Matcher) hush(r *reading, likely []float64) {
	if !m.idle(r.text, r.hits, r.from) {
		return
	}
	for i, e := range m.entries {
		if class := m.class[i]; class >= 0 && e.kind == Answer {
			likely[class] *= calm
		}
	}
}

// names tells whether an id is among what the patterns found.
func (r *reading) names(id string) bool {
	return r.Match.ID == id || slices.ContainsFunc(r.Also, func(f Found) bool { return f.ID == id })
}

// score is what the patterns make of an entry.
func (m *Matcher) score(r *reading, id string) float64 {
	return r.scores[slices.IndexFunc(m.entries, func(e *entry) bool { return e.ID == id })]
}

// together are the errors and answers, the likeliest first. Of two sides of one
// thing the likelier one has what speaks for both.
func (m *Matcher) together(t *text, likely, scores []float64) []Found {
	all := math.Exp(trust*even) * (likely[len(likely)-1] + likely[len(likely)-2] + faint)
	found := t.ranked[:0]
	for i, e := range m.entries {
		if class := m.class[i]; class >= 0 {
			f := Found{e.ID, e.kind, (likely[class] + faint) * math.Exp(trust*scores[i])}
			all += f.Score
			found = append(found, f)
		}
	}
	byScore := func(a, b Found) int { return cmp.Compare(b.Score, a.Score) }
	slices.SortStableFunc(found, byScore)
	for i := range found {
		found[i].Score /= all
		twin := m.twin[found[i].ID]
		for j := range i {
			if twin != 0 && m.twin[found[j].ID] == twin {
				found[j].Score += found[i].Score
				found[i].Score = 0
			}
		}
	}
	slices.SortStableFunc(found, byScore)
	t.ranked = found
	return found
}
