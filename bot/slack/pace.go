package slack

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Pace is how fast one channel takes messages: Slack allows about one a second
// and short bursts. https://docs.slack.dev/apis/web-api/rate-limits
type Pace struct {
	PerSecond float64
	Burst     int
}

// DefaultPace is what Slack allows.
func DefaultPace() Pace { return Pace{PerSecond: 1, Burst: 20} }

// pacer holds a bucket for each channel that was written to lately.
type pacer struct {
	mu      sync.Mutex
	pace    Pace
	now     func() time.Time
	buckets map[string]*bucket
	swept   time.Time
}

// bucket has places in it, and knows when the last of those who found none comes
// back.
type bucket struct {
	*rate.Limiter
	last time.Time
}

// maxBehind is for so many places those who wait are told to come back one after
// the other; those after them come back together with the first ones. Many
// conversations may wait for the distributor's channel: they must not all ask
// for every place.
const maxBehind = 32

func newPacer(pace Pace, now func() time.Time) *pacer {
	return &pacer{pace: pace, now: now, buckets: map[string]*bucket{}, swept: now()}
}

// wait takes a place in the channel's bucket; when there is none it returns how
// long it takes until there is one, behind those who wait already, and takes
// nothing.
func (p *pacer) wait(channel string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.sweep(now)
	b := p.buckets[channel]
	if b == nil {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(p.pace.PerSecond), p.pace.Burst)}
		p.buckets[channel] = b
	}
	place := b.ReserveN(now, 1)
	delay := place.DelayFrom(now)
	if delay <= 0 {
		return 0
	}
	place.CancelAt(now)
	return b.behind(now, delay, time.Duration(float64(time.Second)/p.pace.PerSecond))
}

// behind is how long to wait behind those who wait already, when there are
// places from the given delay on, one in each step.
func (b *bucket) behind(now time.Time, delay, step time.Duration) time.Duration {
	first := now.Add(delay)
	b.last = b.last.Add(step)
	if b.last.Before(first) || b.last.After(first.Add(maxBehind*step)) {
		b.last = first
	}
	return b.last.Sub(now)
}

// sweep forgets full buckets now and then: they are as good as new ones.
func (p *pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < time.Minute {
		return
	}
	p.swept = now
	for channel, b := range p.buckets {
		if b.TokensAt(now) >= float64(p.pace.Burst) {
			delete(p.buckets, channel)
		}
	}
}
