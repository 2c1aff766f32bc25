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
	enough   = 0.5  // from here on an entry is answered
	apparent = 0.9  // from here on it goes before a screen
	located  = 1.0  // how likely a screen must be beside nothing to be told
	possible = 0.15 // from here on it is asked whether it is meant
	hinted   = 0.01 // the same when a pattern says so too
	shown    = 0.3  // how likely a screen must be to be told without its labels
	glimpse  = 4    // how many runes that takes
	faint    = 1e-4 // everything is at least so likely
	unlikely = 1e-3 // what is less likely is not thought of
	tone     = 0.5  // how much the manner says of the topic
	moot     = 0.9  // from here on the manner alone says that nothing is wanted
)

// decide weighs what the patterns say against what was learned. An entry that
// is newer than what was learned is left to the patterns.
func (m *Matcher) decide(r *reading, screen string) {
	told := r.Match.Kind == Error || r.Match.Kind == Answer
	if m.learned == nil || len(r.text.runes) < 2 || r.from >= r.text.parts || told && !slices.Contains(m.topic.classes, r.Match.ID) {
		return
	}
	likely, manner := m.judge(r, screen)
	found := m.together(r.text, likely, r.scores)
	top := Found{}
	if len(found) > 0 {
		top = found[0]
	}
	screens, none := likely[len(likely)-2], likely[len(likely)-1]
	switch {
	case top.Score < apparent && r.Match.Kind == Screen && screens >= located*none,
		top.Score < enough && min(screens, manner[asScreen]) >= shown && len(r.text.runes) >= glimpse:
		m.point(r, screen)
	case top.Score >= enough && manner[asNothing] < moot:
		if !r.names(top.ID) {
			r.Also = nil
		}
		if len(r.Also) == 0 {
			r.Match = top
		}
		r.Candidates = nil
	default:
		r.Match, r.Also = Found{ID: string(None), Kind: None}, nil
		found = slices.DeleteFunc(found, func(f Found) bool { return f.Score < possible && (f.Score < hinted || m.score(r, f.ID) < doubtful) })
		r.Candidates = slices.Clone(found[:min(len(found), most)])
	}
}

// judge is how likely each topic is, and each manner. What is said in the manner
// of a topic's kind is likelier that topic.
func (m *Matcher) judge(r *reading, screen string) (likely, manner []float64) {
	t := r.text
	t.likely = m.topic.likely(t, m.traits(t, r.hits, r.from, screen), t.likely)
	t.wanted = m.manner.likely(t, m.manners(t, r.hits, r.from), t.wanted)
	var tones [asNothing + 1]float64
	for manner := range tones {
		tones[manner] = math.Pow(t.wanted[manner]+faint, tone)
	}
	all := 0.0
	for class := range t.likely {
		t.likely[class] *= tones[m.said[class]]
		all += t.likely[class]
	}
	for class := range t.likely {
		t.likely[class] /= all
	}
	return t.likely, t.wanted
}

// names tells whether an id is among what the patterns found.
func (r *reading) names(id string) bool {
	return r.Match.ID == id || slices.ContainsFunc(r.Also, func(f Found) bool { return f.ID == id })
}

// score is what the patterns make of an entry.
func (m *Matcher) score(r *reading, id string) float64 {
	return r.scores[slices.IndexFunc(m.entries, func(e *entry) bool { return e.ID == id })]
}

func byScore(a, b Found) int { return cmp.Compare(b.Score, a.Score) }

// together are the errors and answers, the likeliest first. Of two sides of one
// thing the likelier one has what speaks for both.
func (m *Matcher) together(t *text, likely, scores []float64) []Found {
	all := math.Exp(trust*even) * (likely[len(likely)-1] + likely[len(likely)-2] + faint)
	found := t.ranked[:0]
	for i, e := range m.entries {
		if class := m.class[i]; class >= 0 && e.kind != Screen {
			f := Found{e.ID, e.kind, (likely[class] + faint) * math.Exp(trust*scores[i])}
			all += f.Score
			found = append(found, f)
		}
	}
	for i := range found {
		found[i].Score /= all
	}
	found = slices.DeleteFunc(found, func(f Found) bool { return f.Score < unlikely })
	slices.SortStableFunc(found, byScore)
	for i := range found {
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
