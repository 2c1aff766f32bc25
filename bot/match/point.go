package match

import (
	"math"
	"slices"
)

// How a screen is told. The numbers were chosen on messages not learned from.
const (
	plainly = 0.9 // from here on the labels alone tell the screen
	labels  = 3.0 // how much likelier its labels make a screen
	placed  = 0.5 // from here on a screen is told
)

// point tells which screen a text is of: by what was learned, and by the labels
// that stand there.
func (m *Matcher) point(r *reading, screen string) {
	if r.Match.Kind == Screen && r.Match.Score >= plainly {
		return
	}
	t := r.text
	t.wanted = m.where.likely(t, m.traits(t, r.hits, r.from, screen), t.wanted)
	found, all := t.ranked[:0], 0.0
	for i, e := range m.entries {
		if class := m.class[i]; class >= 0 && e.kind == Screen {
			f := Found{e.ID, Screen, (t.wanted[class] + faint) * math.Exp(labels*r.scores[i])}
			all += f.Score
			found = append(found, f)
		}
	}
	t.ranked = found
	if len(found) == 0 {
		return
	}
	for i := range found {
		found[i].Score /= all
	}
	slices.SortStableFunc(found, byScore)
	r.Also, r.Candidates = nil, nil
	if found[0].Score >= placed {
		r.Match = found[0]
		return
	}
	r.Match = Found{ID: string(None), Kind: None}
	found = slices.DeleteFunc(found, func(f Found) bool { return f.Score < possible })
	r.Candidates = slices.Clone(found[:min(len(found), most)])
}
