package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shirube/shirube/bot"
)

type casesCmd struct {
	Drift casesDriftCmd `cmd:"" help:"List the steps whose screens clerks found otherwise."`
}

// Help says which store is meant.
func (casesCmd) Help() string {
	return "The store is the one that STORE_URL names, as for shirube serve. With file:PATH a running server is asked over PATH.sock."
}

type casesDriftCmd struct {
	JSON   bool   `help:"As a JSON array." xor:"form"`
	CSV    bool   `help:"As CSV." xor:"form"`
	Clear  string `help:"Drop all reports about this step in place of listing them." xor:"form" placeholder:"STEP"`
	Locale string `help:"The language of the titles: ja or en." default:"ja" enum:"ja,en"`
}

// drifted is what is known of one step.
type drifted struct {
	Step  string `json:"step"`
	Title string `json:"title"` // empty when the step is no longer there
	// Reports is how many are kept, Sessions how many clerks found the step
	// otherwise as it reads now.
	Reports  int       `json:"reports"`
	Sessions int       `json:"sessions"`
	Marked   bool      `json:"marked"` // the next clerks are warned
	Since    time.Time `json:"since"`  // the oldest report
	Texts    []sight   `json:"texts"`  // the oldest first
}

// sight is what one clerk saw. Who it was is not told.
type sight struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	// Current tells that the step still reads as it did then.
	Current bool `json:"current"`
}

// Run lists or clears. The answer is no when there is nothing to clear.
func (c casesDriftCmd) Run(ctx context.Context, e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	g, err := loadGuide(files)
	if err != nil {
		return err
	}
	kept, closer, err := openRecords(ctx, e)
	if err != nil {
		return err
	}
	defer closer.Close()
	all, err := kept.Reports(ctx)
	if err != nil {
		return err
	}
	if c.Clear != "" {
		return c.clear(ctx, e, kept, all)
	}
	steps := g.drifted(all, c.Locale)
	switch {
	case c.JSON:
		return writeJSON(e.Out, steps)
	case c.CSV:
		return writeDriftCSV(e.Out, steps)
	}
	return writeDriftTable(e.Out, steps)
}

func (c casesDriftCmd) clear(ctx context.Context, e world, kept records, all []bot.Report) error {
	if !slices.ContainsFunc(all, func(r bot.Report) bool { return r.Step == c.Clear }) {
		fmt.Fprintf(e.Err, "shirube: there is no report about %s; see shirube cases drift\n", c.Clear)
		return errNo
	}
	if err := kept.Clear(ctx, c.Clear); err != nil {
		return err
	}
	fmt.Fprintf(e.Out, "cleared: %s\n", c.Clear)
	return nil
}

// drifted is what is known of the steps with reports: those that are marked
// first, then as the procedure goes.
func (g *guide) drifted(all []bot.Report, lang string) []drifted {
	machine, places := g.machine(nil), map[string]int{}
	for i, s := range g.book.Steps() {
		places[s.ID] = i - len(g.book.Steps()) // before those that are no longer there
	}
	about := byStep(all)
	steps := []drifted{}
	for _, step := range slices.Sorted(maps.Keys(about)) {
		d := driftedOf(step, about[step], machine.Edition(step))
		if g.book.Step(step) != nil {
			d.Title = g.catalog.Say(lang, bot.Phrase{Key: step + ".title"})
		}
		steps = append(steps, d)
	}
	slices.SortStableFunc(steps, func(a, b drifted) int {
		return cmp.Or(rank(b.Marked)-rank(a.Marked), places[a.Step]-places[b.Step])
	})
	return steps
}

func rank(marked bool) int {
	if marked {
		return 1
	}
	return 0
}

func driftedOf(step string, about []bot.Report, edition string) drifted {
	d := drifted{Step: step, Reports: len(about), Marked: bot.Drifted(about, edition), Since: about[0].At}
	sessions := map[string]bool{}
	for _, r := range about {
		current := r.Edition == edition
		if current {
			sessions[r.Session] = true
		}
		d.Texts = append(d.Texts, sight{At: r.At, Text: r.Text, Current: current})
	}
	d.Sessions = len(sessions)
	return d
}
