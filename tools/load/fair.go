package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"
)

// fairCmd measures what neighbours cost calm users: one that writes a lot at
// once, and a channel that answers late.
type fairCmd struct {
	Server  string        `default:"bin/shirube" help:"the program, built by make build"`
	Content string        `default:"testdata/counting" help:"a content folder whose flow tells the distributor something"`
	Rounds  int           `default:"3" help:"how often each is measured"`
	Calm    int           `default:"100" help:"calm users"`
	Every   time.Duration `default:"500ms" help:"about how often each of them writes"`
	For     time.Duration `default:"10s" help:"how long"`
	Noise   int           `default:"1000" help:"what the noisy user writes at once"`
	Wide    int           `default:"64" help:"over how many connections"`
	Slow    time.Duration `default:"2s" help:"how late the slow channel answers"`
	Pace    string        `default:"100000" help:"SLACK_PACE and SLACK_BURST; the default holds nothing back"`
}

// phase is one way of having neighbours. What the noise costs the floor is what
// the machine and the driver make of it.
type phase struct {
	name  string
	bot   bot
	alone int // the phase it is held against
	slow  time.Duration
	noise int
}

func (c fairCmd) phases() ([]phase, error) {
	floor, err := floorBot()
	server := serverBot("server", c.Server, c.Content)
	return []phase{
		{name: "alone", bot: server},
		{name: "noisy user", bot: server, noise: c.Noise},
		{name: "slow channel", bot: server, slow: c.Slow},
		{name: "floor, alone", bot: floor, alone: 3},
		{name: "floor, noisy user", bot: floor, alone: 3, noise: c.Noise},
	}, err
}

// calmness is how the calm users fared, and the noise.
type calmness struct {
	times
	refused  int64 // events of the noise that were not acknowledged
	answered int64 // replies to the noise by the end
	told     int64
	cpu      spent
}

// Run measures and prints.
func (c fairCmd) Run(ctx context.Context, w world) error {
	debug.SetGCPercent(400)
	phases, err := c.phases()
	if err != nil {
		return err
	}
	results := make([][]calmness, len(phases))
	for round := range c.Rounds {
		for i, p := range phases {
			r, err := c.measure(ctx, w, p)
			if err != nil {
				return err
			}
			results[i] = append(results[i], r)
			fmt.Fprintf(w.Err, "round %d, %s: %d replies, p99 %v, %d failed\n",
				round+1, p.name, len(r.took), r.quantile(.99).Round(time.Microsecond), r.failed)
		}
	}
	return c.report(w.Out, phases, results)
}

func (c fairCmd) measure(ctx context.Context, w world, p phase) (calmness, error) {
	st, err := raise(ctx, w, p.bot, c.Calm+1, c.Pace)
	if err != nil {
		return calmness{}, err
	}
	defer st.strike()
	st.slack.deskFor = p.slow
	start := st.meter.look()
	var r calmness
	var noise sync.WaitGroup
	noise.Go(func() {
		pause(ctx, c.For/5)
		r.refused = st.slack.shout(ctx, c.Calm, p.noise, c.Wide)
	})
	r.times = st.slack.calm(ctx, c)
	r.cpu = st.meter.look().since(start)
	noise.Wait()
	r.answered, r.told = st.slack.posts.Load()-int64(len(r.took)), st.slack.told.Load()
	return r, ctx.Err()
}

// calm has the calm users write now and then, each when the last was answered.
func (s *slack) calm(ctx context.Context, c fairCmd) times {
	var all times
	var mu sync.Mutex
	var writing sync.WaitGroup
	over, stop := context.WithTimeout(ctx, c.For)
	defer stop()
	for u := range c.Calm {
		writing.Go(func() {
			for {
				pause(over, time.Duration(float64(c.Every)*(.5+rand.Float64())))
				if over.Err() != nil {
					return
				}
				took, err := s.ask(ctx, u, "次へ")
				mu.Lock()
				all.note(took, err)
				mu.Unlock()
			}
		})
	}
	writing.Wait()
	all.in = c.For
	return all
}

// shout has one user write so much at once, as fast as so many connections take
// it; it returns how much of that was not acknowledged.
func (s *slack) shout(ctx context.Context, user, count, connections int) int64 {
	var refused atomic.Int64
	var writing sync.WaitGroup
	room := make(chan struct{}, connections)
	for range count {
		room <- struct{}{}
		writing.Go(func() {
			if s.say(ctx, user, "次へ") != nil {
				refused.Add(1)
			}
			<-room
		})
	}
	writing.Wait()
	return refused.Load()
}

func (c fairCmd) report(out io.Writer, phases []phase, results [][]calmness) error {
	fmt.Fprintf(out, "%d calm users, each about every %v, for %v; medians of %d rounds\n\n", c.Calm, c.Every, c.For, c.Rounds)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\treplies\tp50, ms\tp99, ms\tmost, ms\tfailed\tp99 to alone\tbar\t\tbot's CPUs\tothers' CPUs\tnoise replied\tnoise refused\ttold\t")
	at := func(part float64) func(calmness) float64 {
		return func(r calmness) float64 { return r.quantile(part).Seconds() * 1000 }
	}
	bar := line{side: "<=", bar: 2, ratio: true}
	for i, p := range phases {
		of := func(figure func(calmness) float64) float64 { return median(each(results[i], figure)) }
		ratio := median(ratios(each(results[i], at(.99)), each(results[p.alone], at(.99))))
		fmt.Fprintf(t, "%s\t%.0f\t%.1f\t%.1f\t%.1f\t%.0f\t%.2f\t%s\t%.2f\t%.2f\t%.0f\t%.0f\t%.0f\t\n", p.name,
			of(func(r calmness) float64 { return float64(len(r.took)) }), of(at(.5)), of(at(.99)), of(at(1)),
			of(func(r calmness) float64 { return float64(r.failed) }), ratio, bar.judge(ratio),
			of(func(r calmness) float64 { return r.cpu.bot.Seconds() / r.in.Seconds() }),
			of(func(r calmness) float64 { return r.cpu.others.Seconds() / r.in.Seconds() }),
			of(func(r calmness) float64 { return float64(r.answered) }),
			of(func(r calmness) float64 { return float64(r.refused) }),
			of(func(r calmness) float64 { return float64(r.told) }))
	}
	return t.Flush()
}
