package main

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// times are how long things took, and how many failed.
type times struct {
	took   []time.Duration
	failed int
	in     time.Duration // all of them
}

// quantile is the time that so large a part of them did not exceed; 0 without
// any.
func (t times) quantile(part float64) time.Duration {
	if len(t.took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t.took))
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}

// rate is how many succeeded a second.
func (t times) rate() float64 { return float64(len(t.took)) / t.in.Seconds() }

// maxFailed is how many events may fail before one of those who write gives up:
// a bot that is silent is not waited for ten thousand times.
const maxFailed = 3

// word is what the users write: it is taken everywhere.
const word = "次へ"

// loop keeps so many events under way until all are done; the users write in
// turn, each one thing at a time.
func (s *slack) loop(ctx context.Context, events, width int) times {
	free := make(chan int, len(s.heard))
	for u := range s.heard {
		free <- u
	}
	var all times
	var mu sync.Mutex
	var running sync.WaitGroup
	var begun atomic.Int64
	start := s.now()
	for range width {
		running.Go(func() {
			var mine times
			for int(begun.Add(1)) <= events && ctx.Err() == nil && mine.failed < maxFailed {
				u := <-free
				took, err := s.ask(ctx, u, word)
				free <- u
				mine.note(took, err)
			}
			mu.Lock()
			defer mu.Unlock()
			all.add(mine)
		})
	}
	running.Wait()
	all.in = s.now().Sub(start)
	return all
}

func (t *times) note(took time.Duration, err error) {
	if err != nil {
		t.failed++
		return
	}
	t.took = append(t.took, took)
}

func (t *times) add(other times) {
	t.took = append(t.took, other.took...)
	t.failed += other.failed
}
