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
	buckets map[string]*rate.Limiter
	swept   time.Time
}

func newPacer(pace Pace, now func() time.Time) *pacer {
	return &pacer{pace: pace, now: now, buckets: map[string]*rate.Limiter{}, swept: now()}
}

// wait takes a place in the channel's bucket; when there is none it returns how
// long it takes until there is one, and takes nothing.
func (p *pacer) wait(channel string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.sweep(now)
	bucket := p.buckets[channel]
	if bucket == nil {
		bucket = rate.NewLimiter(rate.Limit(p.pace.PerSecond), p.pace.Burst)
		p.buckets[channel] = bucket
	}
	place := bucket.ReserveN(now, 1)
	delay := place.DelayFrom(now)
	if delay > 0 {
		place.CancelAt(now)
	}
	return delay
}

// sweep forgets full buckets now and then: they are as good as new ones.
func (p *pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < time.Minute {
		return
	}
	p.swept = now
	for channel, bucket := range p.buckets {
		if bucket.TokensAt(now) >= float64(p.pace.Burst) {
			delete(p.buckets, channel)
		}
	}
}
