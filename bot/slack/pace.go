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

// pacer holds a bucket for each channel that was written to lately, and the
// places of the messages that wait for their turn. It is one process's:
// replicas keep the pace each on its own, and a message that waits here and
// comes due there takes its turn there.
type pacer struct {
	mu      sync.Mutex
	pace    Pace
	now     func() time.Time
	buckets map[string]*rate.Limiter
	places  map[string]time.Time // by message: when its turn is
	swept   time.Time
}

// The bounds of what the pacer remembers.
const (
	maxPlaces  = 10_000
	sweptEvery = time.Minute
	// early is by how much a message may come before its turn: outboxes keep
	// times less exactly.
	early = time.Millisecond
)

func newPacer(pace Pace, now func() time.Time) *pacer {
	return &pacer{pace: pace, now: now, buckets: map[string]*rate.Limiter{}, places: map[string]time.Time{}, swept: now()}
}

// wait is 0 when it is the message's turn in the channel. Otherwise it is how
// long it takes until then: the message has a place of its own, so that those
// who wait for one channel do not come back all at once.
func (p *pacer) wait(channel, message string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.sweep(now)
	if at, waits := p.places[message]; waits {
		if left := at.Sub(now); left > early {
			return left
		}
		delete(p.places, message)
		return 0
	}
	place := p.bucket(channel).ReserveN(now, 1)
	delay := place.DelayFrom(now)
	switch {
	case delay <= 0:
		return 0
	case len(p.places) < maxPlaces:
		p.places[message] = now.Add(delay)
	default:
		place.CancelAt(now) // it asks again
	}
	return delay
}

func (p *pacer) bucket(channel string) *rate.Limiter {
	bucket := p.buckets[channel]
	if bucket == nil {
		bucket = rate.NewLimiter(rate.Limit(p.pace.PerSecond), p.pace.Burst)
		p.buckets[channel] = bucket
	}
	return bucket
}

// sweep forgets now and then full buckets, which are as good as new ones, and
// the places of messages that did not come: another process sent them, or they
// were taken back.
func (p *pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < sweptEvery {
		return
	}
	p.swept = now
	for channel, bucket := range p.buckets {
		if bucket.TokensAt(now) >= float64(p.pace.Burst) {
			delete(p.buckets, channel)
		}
	}
	for message, at := range p.places {
		if now.Sub(at) > sweptEvery {
			delete(p.places, message)
		}
	}
}
