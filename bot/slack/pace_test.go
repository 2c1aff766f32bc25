package slack

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// watch is a clock that a test sets.
type watch struct{ time.Time }

func (w *watch) now() time.Time { return w.Time }

func paced(perSecond float64, burst int) (*pacer, *watch) {
	clock := &watch{time.Unix(1_764_000_000, 0)}
	return newPacer(Pace{PerSecond: perSecond, Burst: burst}, clock.now), clock
}

// TestPlaces gives those who come together a time each, one after the other, and
// lets everybody through who comes at that time: nobody waits twice.
func TestPlaces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		rate := rapid.IntRange(1, 5).Draw(r, "rate")
		burst := rapid.IntRange(1, 20).Draw(r, "burst")
		many := rapid.IntRange(1, 60).Draw(r, "messages")
		p, clock := paced(float64(rate), burst)
		step := time.Second / time.Duration(rate)
		began := clock.Time
		for n := range many {
			want := step * time.Duration(max(0, n+1-burst))
			if got := p.wait("C1", fmt.Sprint(n)); (got - want).Abs() > early {
				r.Fatalf("message %d waits %s, want %s", n, got, want)
			}
		}
		for n := burst; n < many; n++ {
			clock.Time = began.Add(step * time.Duration(n+1-burst))
			if got := p.wait("C1", fmt.Sprint(n)); got != 0 {
				r.Fatalf("message %d came at its time and waits %s more", n, got)
			}
		}
		if len(p.places) > 0 {
			r.Fatalf("%d places are left", len(p.places))
		}
	})
}

// TestPlaceIsKept tells who asks too early the rest of the time, and who comes
// later goes behind.
func TestPlaceIsKept(t *testing.T) {
	t.Parallel()
	p, clock := paced(1, 1)
	for _, c := range []struct {
		after   time.Duration
		message string
		want    time.Duration
	}{
		{0, "a", 0},
		{0, "b", time.Second},
		{0, "b", time.Second},
		{400 * time.Millisecond, "b", 600 * time.Millisecond},
		{0, "c", 1600 * time.Millisecond},
		{600 * time.Millisecond, "b", 0},
		{0, "b", 2 * time.Second}, // was refused and comes again
		{0, "c", time.Second},
		{10 * time.Second, "c", 0},
	} {
		clock.Time = clock.Add(c.after)
		if got := p.wait("C1", c.message); got != c.want {
			t.Errorf("at %s %s waits %s, want %s", clock.Format("05.000"), c.message, got, c.want)
		}
	}
	if got := p.wait("C2", "d"); got != 0 {
		t.Errorf("in another channel it takes %s", got)
	}
}

// TestPlacesAreBounded forgets who never comes, and holds no more than it may.
func TestPlacesAreBounded(t *testing.T) {
	t.Parallel()
	p, clock := paced(1000, 1)
	for n := range maxPlaces + 100 {
		p.wait("C1", fmt.Sprint(n))
	}
	if len(p.places) != maxPlaces {
		t.Errorf("%d places, want %d", len(p.places), maxPlaces)
	}
	clock.Time = clock.Add(time.Hour)
	p.wait("C2", "x")
	if len(p.places) != 0 || len(p.buckets) != 1 {
		t.Errorf("an hour later: %d places and %d buckets, want none and one", len(p.places), len(p.buckets))
	}
}
