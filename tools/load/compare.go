package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// compareCmd measures the floor and the server in turn.
type compareCmd struct {
	Server  string `default:"bin/shirube" help:"the program, built by make build"`
	Content string `default:"testdata/counting" help:"the content folder of the second server"`
	Rounds  int    `default:"3" help:"how often each is measured"`
	Events  int    `default:"20000" help:"events that are measured"`
	Warm    int    `default:"500" help:"events before that"`
	Users   int    `default:"1000" help:"who write them"`
	C       int    `short:"c" default:"64" help:"events under way at once"`
	Durable bool   `help:"Redis writes every commit to the disk before it answers"`
}

// run is what one run showed.
type run struct {
	times
	cpu      spent
	resident int64
	session  float64 // bytes of Redis
	ready    time.Duration
	posts    int64
}

// Run measures and prints; that a bar is missed is no error.
func (c compareCmd) Run(ctx context.Context, w world) error {
	debug.SetGCPercent(400) // the driver takes its time from the measured
	floor, err := floorBot()
	if err != nil {
		return err
	}
	size, err := os.Stat(c.Server)
	if err != nil {
		return fmt.Errorf("the server is missing; run make build: %w", err)
	}
	bots := []bot{floor, serverBot("counting", c.Server, c.Content), serverBot("embedded", c.Server, "")}
	results := make([][]run, len(bots))
	for round := range c.Rounds {
		for i, b := range bots {
			r, err := c.measure(ctx, w, b)
			if err != nil {
				return err
			}
			results[i] = append(results[i], r)
			fmt.Fprintf(w.Err, "round %d, %s: %.0f events/s, p99 %v, %d failed, %d messages\n",
				round+1, b.name, r.rate(), r.quantile(.99).Round(time.Microsecond), r.failed, r.posts)
		}
	}
	return report(w.Out, c, results, size.Size())
}

func (c compareCmd) measure(ctx context.Context, w world, b bot) (run, error) {
	var settings []string
	if c.Durable {
		settings = redistest.Durable()
	}
	st, err := raise(ctx, w, b, c.Users, "100000", settings...)
	if err != nil {
		return run{}, err
	}
	defer st.strike()
	st.slack.loop(ctx, 1, 1) // scripts and connections are no session's
	before := st.data.bytes()
	st.slack.loop(ctx, c.Warm, c.C)
	st.slack.posts.Store(0)
	start := st.meter.look()
	r := run{times: st.slack.loop(ctx, c.Events, c.C), ready: st.ready}
	r.cpu = st.meter.look().since(start)
	r.resident = resident(st.meter.bot)
	r.session = float64(st.data.bytes()-before) / float64(c.Users)
	r.posts = st.slack.posts.Load()
	return r, ctx.Err()
}
