package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What the chaos test does. All of it together takes about half a minute.
const (
	chaosClerks  = 12
	chaosSteps   = 12
	chaosFaults  = .15 // of the bot's calls go wrong, in one of five ways
	chaosUnheard = .05 // of the bot's answers do not reach Slack
	chaosKills   = 8   // of replicas; Redis is killed once in between
)

// chaos is two replicas on one Redis, a Slack that fails, and a seed from which
// everything is drawn. How processes run is not drawn, so no run is like
// another.
type chaos struct {
	seed     uint64
	slack    *workspace
	db       *database
	replicas []*replica
	began    time.Time

	mu    sync.Mutex
	calls map[string]int
	trace []string
}

// drawn is the stream of random choices for one purpose; the streams do not
// disturb each other.
func (c *chaos) drawn(purpose string) *rand.Rand {
	sum := uint64(14695981039346656037)
	for _, b := range []byte(purpose) {
		sum = (sum ^ uint64(b)) * 1099511628211
	}
	return rand.New(rand.NewPCG(c.seed, sum))
}

// note adds a line to the trace, of which a failing test shows what is about a
// clerk.
func (c *chaos) note(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trace = append(c.trace, fmt.Sprintf("%6.2fs ", time.Since(c.began).Seconds())+fmt.Sprintf(format, args...))
}

// about is the end of the trace of one clerk and of what was killed.
func (c *chaos) about(clerk string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var lines []string
	for _, line := range c.trace {
		if strings.Contains(line, " "+clerk+" ") || strings.Contains(line, "kill") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}

// fault draws how a call goes.
func (c *chaos) fault(_ context.Context, method, channel string) fault {
	c.mu.Lock()
	c.calls[channel]++
	r := c.drawn(fmt.Sprint("call ", channel, " ", c.calls[channel]))
	c.mu.Unlock()
	how := fine
	if r.Float64() < chaosFaults {
		how = limited + fault(r.IntN(int(slowly)))
	}
	c.note("%s to %s goes %s", method, strings.TrimPrefix(channel, "D"), [...]string{"fine", "429", "500", "cut before", "cut after", "slow"}[how])
	return how
}

// redelivered are the pauses after which Slack delivers again what was not
// answered. Slack gives up then; here it goes on with the last one, for it is
// not Slack that is tested.
func redelivered() []time.Duration {
	return []time.Duration{200 * time.Millisecond, time.Second, 3 * time.Second}
}

// deliver brings an event to one replica after the other until it is taken.
func (c *chaos) deliver(clerk string, n int, r *rand.Rand) error {
	body := event(clerk, fmt.Sprint("Ev", clerk, "-", n), fmt.Sprint(n))
	pauses := redelivered()
	for attempt := range 12 {
		to := r.IntN(len(c.replicas))
		got := knock(c.replicas[to].base, body)
		unheard := r.Float64() < chaosUnheard
		c.note("event %d of %s at replica %d: %d, unheard: %v", n, clerk, to, got, unheard)
		if got == http.StatusOK && !unheard {
			return nil
		}
		<-time.After(pauses[min(attempt, len(pauses)-1)])
	}
	return fmt.Errorf("clerk %s: event %d was never taken", clerk, n)
}

// write is one clerk, who now and then writes several messages before the reply
// to the first.
func (c *chaos) write(clerk string) error {
	r := c.drawn("clerk " + clerk)
	for n := 1; n <= chaosSteps; {
		many := min(chaosSteps+1-n, 1+r.IntN(5)/4*2) // three, one time in five
		var sent sync.WaitGroup
		failed := make(chan error, many)
		for next := n; next < n+many; next++ {
			own := rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
			sent.Go(func() { failed <- c.deliver(clerk, next, own) })
		}
		n += many
		sent.Wait()
		for range many {
			if err := <-failed; err != nil {
				return err
			}
		}
		if !c.slack.hears("D"+clerk, n-1) {
			return fmt.Errorf("clerk %s: lost: the reply to message %d", clerk, n-1)
		}
		<-time.After(time.Duration(r.IntN(1200)) * time.Millisecond)
	}
	return nil
}

// unleash kills replicas, and Redis once.
func (c *chaos) unleash(ctx context.Context) error {
	r := c.drawn("kills")
	for n := range chaosKills {
		select {
		case <-time.After(time.Duration(1200+r.IntN(800)) * time.Millisecond):
		case <-ctx.Done():
			return nil
		}
		if n == chaosKills/2 {
			c.note("kill redis")
			if err := c.db.server.Kill(); err != nil {
				return err
			}
			<-time.After(500 * time.Millisecond)
			if err := c.db.server.Start(); err != nil {
				return err
			}
		}
		which := r.IntN(len(c.replicas))
		c.note("kill replica %d", which)
		c.replicas[which].kill()
		<-time.After(500 * time.Millisecond)
		if err := c.replicas[which].start(); err != nil {
			return err
		}
	}
	return nil
}

// TestChaos kills, cuts, delays and repeats, and looks whether every clerk was
// led through all steps, in order, with nothing lost, skipped or said twice.
// CHAOS_SEED draws another run.
func TestChaos(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	seed, err := strconv.ParseUint(os.Getenv("CHAOS_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	c := &chaos{seed: seed, slack: newWorkspace(t), db: newDatabase(t), began: time.Now(), calls: map[string]int{}}
	c.slack.draw = c.fault
	for range 2 {
		c.replicas = append(c.replicas, newReplica(t, counting(c.slack, c.db.server.URL())))
	}
	ctx, calm := context.WithCancel(t.Context())
	var killing, writing sync.WaitGroup
	killing.Go(func() {
		if err := c.unleash(ctx); err != nil {
			t.Error(err)
		}
	})
	for n := range chaosClerks {
		writing.Go(func() {
			if err := c.write(fmt.Sprint(n)); err != nil {
				t.Error(err)
			}
		})
	}
	writing.Wait()
	calm()
	killing.Wait()
	until(t, "nothing waits to be sent", func() bool { return c.empty(t) })
	for n := range chaosClerks {
		c.judge(t, fmt.Sprint(n))
	}
	c.notices(t)
}

// empty tells whether the outbox has nothing that could still be said.
func (c *chaos) empty(t *testing.T) bool {
	keys, err := c.db.admin.Keys(t.Context(), "*:due").Result()
	return err == nil && len(keys) == 0
}

// judge compares what a clerk read with what had to be said.
func (c *chaos) judge(t *testing.T, clerk string) {
	t.Helper()
	var want []string
	for n := range chaosSteps {
		want = append(want, fmt.Sprintf("手順 %d/40", n+1))
	}
	got := stepsIn(c.slack.said("D" + clerk))
	if slices.Equal(got, want) {
		return
	}
	what := "out of order"
	switch {
	case len(got) < len(want):
		what = "lost"
	case len(got) > len(want):
		what = "said too often"
	}
	t.Errorf("seed %d, clerk %s: %s: read %q\n%s", c.seed, clerk, what, got, c.about(clerk))
}

// notices checks that the distributor was told of each clerk once.
func (c *chaos) notices(t *testing.T) {
	t.Helper()
	if got := c.slack.said("C9"); len(got) != chaosClerks {
		t.Errorf("seed %d: %d notices of %d clerks: %q\n%s", c.seed, len(got), chaosClerks, got, c.about("C9"))
	}
}
