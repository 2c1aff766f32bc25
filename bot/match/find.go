package match

import (
	"cmp"
	"slices"
)

// Found is an entry and how sure it is, from 0 to 1.
type Found struct {
	ID    string
	Kind  Kind
	Score float64
}

// Result is what a text means. Match is of the kind None when nothing is sure;
// Candidates are then what it might be, the likeliest first. Also are further
// things of the same message.
type Result struct {
	Match      Found
	Also       []Found
	Candidates []Found
	Mood       Mood
}

// Mood is what a text says that is about nothing of the book.
type Mood string

// The moods; most texts have none.
const (
	Thankful Mood = "thankful"
	Well     Mood = "well" // what was asked for was done, or what was the matter is over
)

// The bounds of what is said.
const (
	sure     = 0.74 // from here on an entry is answered
	doubtful = 0.40 // from here on it is asked whether it is meant
	second   = 0.78 // from here on it is a second thing of the message
	beside   = 0.87 // from here on a question of its own is answered as well
	rival    = 0.65 // from here on an error speaks against a screen
	most     = 3    // candidates
)

// Find tells what a text means, written at a screen; the screen may be empty.
func (m *Matcher) Find(s, screen string) Result {
	s = plain(s)
	as := m.find(s, screen)
	if spelt := japanese(s); spelt != s {
		other := m.find(spelt, screen)
		if other.Match.Score <= as.Match.Score && (as.Match.Kind != None || len(as.Candidates) > 0) {
			other.Result = as.Result
		}
		for i, score := range as.scores {
			other.scores[i] = max(other.scores[i], score)
		}
		m.done.Put(as)
		as = other
	}
	m.decide(as, screen)
	if as.Match.Kind == None {
		as.Mood = m.mood(as.text, as.hits)
	}
	result := as.Result
	m.done.Put(as)
	return result
}

// japanese writes Japanese in Latin letters in kana; all else stays as it is.
func japanese(s string) string {
	if latinOnly(s) {
		if spelt, ok := kana(s); ok {
			return spelt
		}
	}
	return s
}

// reading is a text and what the patterns say of it.
type reading struct {
	text *text
	hits []hit
	Result
	scores []float64 // of each entry
	from   int       // the first part after all was well
}

// claim is an entry seen in a window of a text's parts.
type claim struct {
	entry       int
	score       float64
	first, last int  // the parts
	top         bool // the message is hardly anything else
	asks        bool
	plain       bool // neither a question nor a trouble
}

func (m *Matcher) find(s, screen string) *reading {
	r := m.reading()
	t := r.text
	t.read(s)
	r.hits, r.from = nil, 0
	r.Result, r.scores = Result{Match: Found{ID: string(None), Kind: None}}, room(r.scores, len(m.entries))
	if len(t.runes) < 2 {
		return r
	}
	r.hits = m.spot(t)
	r.from = m.settled(t, r.hits)
	best := m.weigh(t, r.hits, screen)
	slices.SortStableFunc(best, func(a, b claim) int { return cmp.Compare(m.rank(b), m.rank(a)) })
	for _, c := range best {
		r.scores[c.entry] = c.score
	}
	if chosen := m.choose(t, best); chosen.Match.Kind != "" {
		r.Result = chosen
	} else {
		r.Candidates = chosen.Candidates
	}
	return r
}

// rank is a claim's score for the order: what is sure of an error or an answer
// goes before a screen, whose labels stand in many messages.
func (m *Matcher) rank(c claim) float64 {
	kind := m.entries[c.entry].kind
	switch {
	case c.score < sure:
		return c.score
	case kind == Screen && !c.top:
		return c.score + 0.1
	case kind == Screen && c.asks:
		return c.score + 1.2
	case kind == Answer && c.plain:
		return c.score
	}
	return c.score + 1
}

// choose takes the surest claim, then the sure ones of other parts.
func (m *Matcher) choose(t *text, best []claim) Result {
	var r Result
	var taken []claim
	for _, c := range best {
		f := Found{m.entries[c.entry].ID, m.entries[c.entry].kind, c.score}
		switch {
		case c.score < doubtful:
		case c.score >= sure && len(taken) == 0 && f.Kind == Screen && !c.top && m.rivals(best):
			r.Candidates = append(r.Candidates, f)
		case c.score >= sure && len(taken) == 0:
			r.Match = f
			taken = append(taken, c)
		case c.score >= second && f.Kind != Screen && m.further(t, c, taken):
			r.Also = append(r.Also, f)
			taken = append(taken, c)
		case len(r.Candidates) < most:
			r.Candidates = append(r.Candidates, f)
		}
	}
	return r
}

// rivals tells whether an error may be meant just as well as a screen.
func (m *Matcher) rivals(best []claim) bool {
	for _, c := range best {
		if m.entries[c.entry].kind == Error && c.score >= rival {
			return true
		}
	}
	return false
}

// further tells whether a claim is about something else than those before: an
// error of other words, or a question of a sentence of its own.
func (m *Matcher) further(t *text, c claim, taken []claim) bool {
	if len(taken) == 0 || len(taken) > most {
		return false
	}
	answer := m.entries[c.entry].kind == Answer
	for _, by := range taken {
		if m.twins(m.entries[c.entry].ID, m.entries[by.entry].ID) || c.first <= by.last && by.first <= c.last || by.top {
			return false
		}
		if answer && (!c.asks || c.score < beside || t.sentence[c.first] <= t.sentence[by.last] && t.sentence[by.first] <= t.sentence[c.last]) {
			return false
		}
	}
	return true
}
