package slack

import (
	"context"
	"sync"
	"time"
)

// shelfLife is how long a record that was read is believed.
const shelfLife = time.Minute

// shelf is what this process knows of installations: records read lately, and
// renewed ones the vault has yet to take. It holds no more than are installed.
type shelf struct {
	now   func() time.Time
	mu    sync.Mutex
	read  map[string]reading
	owed  map[string]debt
	turns map[string]chan struct{}
	epoch int // counts the changes, so that none is undone by a slow reader
}

type reading struct {
	install
	until time.Time
}

// debt is a renewed record; used is the refresh token that was given for it.
type debt struct {
	install
	used string
}

func newShelf(now func() time.Time) *shelf {
	return &shelf{now: now, read: map[string]reading{}, owed: map[string]debt{}, turns: map[string]chan struct{}{}}
}

func (s *shelf) get(tenant string) (install, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, found := s.read[tenant]
	return r.install, found && s.now().Before(r.until) && r.usable(s.now())
}

// age is to be asked before reading what is then put on the shelf.
func (s *shelf) age() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.epoch
}

// put keeps a record, unless something has changed since it was read, or the
// vault is still to be paid: then every use is a chance to.
func (s *shelf) put(tenant string, known install, epoch int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, owing := s.owed[tenant]; owing || epoch != s.epoch {
		return
	}
	s.read[tenant] = reading{known, s.now().Add(shelfLife)}
}

// drop forgets a record that was changed.
func (s *shelf) drop(tenant string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.read, tenant)
	s.epoch++
}

func (s *shelf) owe(tenant string, d debt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owed[tenant] = d
}

func (s *shelf) paid(tenant string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.owed, tenant)
}

func (s *shelf) debt(tenant string) (debt, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, found := s.owed[tenant]
	return d, found
}

func (s *shelf) owes(tenant string) bool {
	_, found := s.debt(tenant)
	return found
}

// turn waits until nobody else in this process renews the tenant's token.
func (s *shelf) turn(ctx context.Context, tenant string) (leave func(), err error) {
	s.mu.Lock()
	turn := s.turns[tenant]
	if turn == nil {
		turn = make(chan struct{}, 1)
		s.turns[tenant] = turn
	}
	s.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
