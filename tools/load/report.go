package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// line is one measured thing.
type line struct {
	name string
	of   func(run) float64
	form string
	// bar is what the server should reach: at least or at most so much, or so
	// much of the floor's. Without a side it is not judged.
	side  string
	bar   float64
	ratio bool
}

func lines(c compareCmd) []line {
	share := func(of func(spent) time.Duration) func(run) float64 {
		return func(r run) float64 { return float64(of(r.cpu).Microseconds()) / float64(c.Events) }
	}
	milliseconds := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	return []line{
		{name: "events a second", of: func(r run) float64 { return r.rate() }, form: "%.0f", side: ">=", bar: .75, ratio: true},
		{name: "reply p50, ms", of: func(r run) float64 { return milliseconds(r.quantile(.5)) }, form: "%.1f"},
		{name: "reply p99, ms", of: func(r run) float64 { return milliseconds(r.quantile(.99)) }, form: "%.1f", side: "<=", bar: 2, ratio: true},
		{name: "failed events", of: func(r run) float64 { return float64(r.failed) }, form: "%.0f", side: "<=", bar: 0},
		{name: "bot's CPU an event, µs", of: share(func(s spent) time.Duration { return s.bot }), form: "%.0f"},
		{name: "Redis's CPU an event, µs", of: share(func(s spent) time.Duration { return s.redis }), form: "%.0f"},
		{name: "driver's CPU an event, µs", of: share(func(s spent) time.Duration { return s.driver }), form: "%.0f"},
		{name: "events a CPU second", of: func(r run) float64 { return float64(c.Events) / r.cpu.ours().Seconds() }, form: "%.0f"},
		{name: "others on the machine, CPUs", of: func(r run) float64 { return r.cpu.others.Seconds() / r.in.Seconds() }, form: "%.2f"},
		{name: "resident memory, MB", of: func(r run) float64 { return float64(r.resident) / 1e6 }, form: "%.1f", side: "<", bar: 60},
		{name: "Redis a session, bytes", of: func(r run) float64 { return r.session }, form: "%.0f", side: "<", bar: 2048},
		{name: "start to ready, ms", of: func(r run) float64 { return milliseconds(r.ready) }, form: "%.0f", side: "<", bar: 200},
	}
}

// report prints the medians, and the medians of the ratios: each run of the
// server is held against the floor's of its round.
func report(out io.Writer, c compareCmd, results [][]run, size int64) error {
	fmt.Fprintf(out, "%d events of %d users, %d at once, medians of %d rounds\n\n", c.Events, c.Users, c.C, c.Rounds)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\tfloor\tcounting\tratio\tembedded\tratio\tbar\t\t")
	for _, l := range lines(c) {
		floor := each(results[0], l.of)
		fmt.Fprintf(t, "%s\t"+l.form+"\t", l.name, median(floor))
		met := true
		for _, runs := range results[1:] {
			own := each(runs, l.of)
			ratio := median(ratios(own, floor))
			fmt.Fprintf(t, l.form+"\t%.2f\t", median(own), ratio)
			judged := median(own)
			if l.ratio {
				judged = ratio
			}
			met = met && l.reached(judged)
		}
		fmt.Fprintln(t, l.verdict(met)+"\t")
	}
	binary := line{side: "<", bar: 30}
	megabytes := float64(size) / 1e6
	fmt.Fprintf(t, "program, MB\t\t%.1f\t\t%.1f\t\t%s\t\n", megabytes, megabytes, binary.judge(megabytes))
	return t.Flush()
}

// each is a figure of each.
func each[T any](runs []T, of func(T) float64) []float64 {
	var list []float64
	for _, r := range runs {
		list = append(list, of(r))
	}
	return list
}

func ratios(own, floor []float64) []float64 {
	var list []float64
	for i := range own {
		list = append(list, own[i]/floor[i])
	}
	return list
}

// median is the one in the middle, of two the mean.
func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func (l line) reached(figure float64) bool {
	switch l.side {
	case ">=":
		return figure >= l.bar
	case "<=":
		return figure <= l.bar
	case "<":
		return figure < l.bar
	}
	return true
}

// judge is the bar and whether a figure reaches it.
func (l line) judge(figure float64) string { return l.verdict(l.reached(figure)) }

// verdict is the bar and whether it was reached: two cells.
func (l line) verdict(met bool) string {
	if l.side == "" {
		return "\t"
	}
	bar := fmt.Sprintf("%s %g", l.side, l.bar)
	if l.ratio {
		bar += "×"
	}
	if !met {
		return bar + "\tnot met"
	}
	return bar + "\tmet"
}
