package storetest

import (
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
)

// model is what a store promises, in the plainest form: everything in memory,
// every question answered by looking at everything.
type model struct {
	sessions map[string]bot.Session
	seen     map[[2]string]time.Time // session and event id: when
	queue    []*entry                // in the order of the commits
	seq      int                     // of the last effect
	graves   []tomb                  // in the order of the burials
}

// tomb is a buried effect and what is shown of it.
type tomb struct {
	effect bot.Effect
	seq    int
	grave  bot.Grave
}

// entry is an effect that is not done yet.
type entry struct {
	seq     int // grows with the commits
	effect  bot.Effect
	attempt int
	fence   int64     // of the open claim, 0 when there is none
	held    time.Time // its lane waits until then: the lease's end, or the retry's time
}

func newModel() *model {
	return &model{sessions: map[string]bot.Session{}, seen: map[[2]string]time.Time{}}
}

func (m *model) load(id string) bot.Session {
	if s, ok := m.sessions[id]; ok {
		return s
	}
	return bot.Session{ID: id}
}

func (m *model) commit(t bot.Turn) error {
	id := t.Session.ID
	event := [2]string{id, t.EventID}
	if at, ok := m.seen[event]; ok && t.At.Sub(at) < day {
		return bot.ErrDuplicate
	}
	if m.load(id).Version != t.From {
		return bot.ErrConflict
	}
	m.seen[event] = t.At
	m.sessions[id] = t.Session
	if t.Forget {
		delete(m.sessions, id)
		m.drop(func(e *entry) bool { return e.effect.Session == id })
		m.graves = slices.DeleteFunc(m.graves, func(t tomb) bool { return t.effect.Session == id })
	}
	for _, e := range t.Effects {
		m.seq++
		m.queue = append(m.queue, &entry{effect: e, seq: m.seq})
	}
	return nil
}

func (m *model) drop(which func(*entry) bool) {
	var kept []*entry
	for _, e := range m.queue {
		if !which(e) {
			kept = append(kept, e)
		}
	}
	m.queue = kept
}

// heads is the first effect of every lane and when the lane can be worked.
func (m *model) heads() (map[string]*entry, map[string]time.Time) {
	first, when := map[string]*entry{}, map[string]time.Time{}
	for _, e := range m.queue {
		lane := e.effect.Lane()
		if f := first[lane]; f == nil || e.effect.Due.Before(f.effect.Due) {
			first[lane] = e
		}
	}
	for lane, e := range first {
		when[lane] = e.effect.Due
	}
	for _, e := range m.queue {
		if lane := e.effect.Lane(); e.held.After(when[lane]) {
			when[lane] = e.held
		}
	}
	return first, when
}

// claim leases an effect. A lane has one claim: one that was open in it is over,
// and so is its wait.
func (m *model) claim(e *entry, c bot.Claim, until time.Time) {
	for _, other := range m.queue {
		if other.effect.Lane() == e.effect.Lane() {
			other.held, other.fence = time.Time{}, 0
		}
	}
	e.attempt, e.fence, e.held = c.Attempt, c.Fence, until
}

// ready is what may be claimed now, by lane; at the zero time that is nothing.
func (m *model) ready(now time.Time) map[string]*entry {
	first, when := m.heads()
	if now.IsZero() {
		return nil
	}
	for lane, at := range when {
		if at.After(now) {
			delete(first, lane)
		}
	}
	return first
}

func (m *model) next() (time.Time, bool) {
	var least time.Time
	_, when := m.heads()
	for _, at := range when {
		if least.IsZero() || at.Before(least) {
			least = at
		}
	}
	return least, len(when) > 0
}

// holder is the effect that the claim holds, nil when it is over.
func (m *model) holder(c bot.Claim) *entry {
	for _, e := range m.queue {
		if e.effect.Session == c.Effect.Session && e.fence == c.Fence {
			return e
		}
	}
	return nil
}

func (m *model) bury(e *entry, why string) {
	m.drop(func(other *entry) bool { return other == e })
	m.graves = append(m.graves, tomb{e.effect, e.seq, bot.GraveOf(e.effect, e.attempt, why, e.held.Add(-Lease))})
}

// buried is every grave, by session.
func (m *model) buried() (all []bot.Grave) {
	for _, t := range m.graves {
		all = append(all, t.grave)
	}
	slices.SortStableFunc(all, bySession)
	return all
}

func bySession(a, b bot.Grave) int { return strings.Compare(a.Session, b.Session) }

// exhume puts graves of a session back where they were.
func (m *model) exhume(session string, ids []string) (found []string) {
	var back []*entry
	var left []tomb
	for _, t := range m.graves {
		if t.effect.Session != session || !slices.Contains(ids, t.effect.ID) {
			left = append(left, t)
			continue
		}
		found, back = append(found, t.effect.ID), append(back, &entry{effect: t.effect, seq: t.seq, attempt: 1})
	}
	m.graves = left
	m.queue = append(m.queue, back...)
	slices.SortFunc(m.queue, func(a, b *entry) int { return a.seq - b.seq })
	return found
}
