package deliver

import (
	"sync"

	"github.com/shirube/shirube/bot"
)

// line is where claims wait for room: so many are worked at once in all, and
// far fewer at one place, so that a slow channel does not take the others'
// room.
type line struct {
	mu     sync.Mutex
	room   int // for so many more
	narrow int // so many at one place
	places map[string]*place
	turn   []*place // have claims that only wait for room, in the order in which they came
}

// place is where messages go. It is there while something is sent to it or
// waits for it.
type place struct {
	name    string
	busy    int
	waiting []bot.Claim
	inTurn  bool
}

// maxWaiting bounds what waits for one place in the memory of this process;
// the rest waits in the outbox.
const maxWaiting = 256

func newLine(room, narrow int) *line {
	return &line{room: room, narrow: narrow, places: map[string]*place{}}
}

// placeOf is where the effect goes; reminders and reports go nowhere and never
// crowd.
func placeOf(e bot.Effect) string {
	if e.Wake != "" || e.Report != nil {
		return e.Lane()
	}
	return e.To.Platform + ":" + e.To.Tenant + ":" + e.To.Channel + ":" + e.To.User
}

// free is how much room there is.
func (l *line) free() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.room
}

// join puts a claim into the line; false when too many wait for its place.
func (l *line) join(c bot.Claim) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := placeOf(c.Effect)
	p := l.places[name]
	if p == nil {
		p = &place{name: name}
		l.places[name] = p
	}
	if len(p.waiting) >= maxWaiting {
		return false
	}
	p.waiting = append(p.waiting, c)
	l.queue(p)
	return true
}

// queue gives a place its turn when it has something that only waits for room.
func (l *line) queue(p *place) {
	if !p.inTurn && len(p.waiting) > 0 && p.busy < l.narrow {
		p.inTurn = true
		l.turn = append(l.turn, p)
	}
}

// next takes what can be worked now out of the line; ok is false when there is
// nothing, or no room. Whoever takes it must leave.
func (l *line) next() (c bot.Claim, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room == 0 || len(l.turn) == 0 {
		return bot.Claim{}, false
	}
	p := l.turn[0]
	l.turn = l.turn[1:]
	p.inTurn = false
	c, p.waiting = p.waiting[0], p.waiting[1:]
	p.busy++
	l.room--
	l.queue(p)
	return c, true
}

// leave makes room.
func (l *line) leave(c bot.Claim) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.places[placeOf(c.Effect)]
	p.busy--
	l.room++
	l.queue(p)
	if p.busy == 0 && len(p.waiting) == 0 {
		delete(l.places, p.name)
	}
}
