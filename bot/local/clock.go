package local

import (
	"sync"
	"time"
)

// Clock is a clock that can travel forward. It may be read from many
// goroutines.
type Clock struct {
	mu     sync.Mutex
	real   func() time.Time
	offset time.Duration
	frozen time.Time // set: the clock stands still here
}

// NewClock makes a clock that runs as real does, moved by offset.
func NewClock(real func() time.Time, offset time.Duration) *Clock {
	return &Clock{real: real, offset: offset}
}

// NewFrozenClock makes a clock that stands at t and moves only by travelling.
func NewFrozenClock(t time.Time) *Clock { return &Clock{frozen: t} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen.IsZero() {
		return c.frozen
	}
	return c.real().Add(c.offset)
}

// Set moves the clock to t; never back.
func (c *Clock) Set(t time.Time) {
	now := c.Now()
	if !t.After(now) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen.IsZero() {
		c.frozen = t
		return
	}
	c.offset += t.Sub(now)
}
