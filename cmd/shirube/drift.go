package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/deliver"
)

// drift puts replies into words and warns where clerks found a step otherwise
// than it reads. It looks into the store now and then, never while rendering.
type drift struct {
	words   deliver.Renderer
	kept    bot.Reports
	edition func(step string) string // that is played now

	mu     sync.Mutex // held while looking: what was seen last counts
	marked atomic.Pointer[map[string]bool]
}

func newDrift(words deliver.Renderer, kept bot.Reports, edition func(step string) string) *drift {
	return &drift{words: words, kept: kept, edition: edition}
}

// lookEvery is how often the marks are looked up: other replicas, and operators,
// change them as well.
const lookEvery = 30 * time.Second

// Run keeps the marks up to date until the context ends.
func (d *drift) Run(ctx context.Context) {
	again := time.NewTicker(lookEvery)
	defer again.Stop()
	for {
		_ = d.look(ctx) // the marks stay; whoever watches the store says why
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// look finds the steps that are marked.
func (d *drift) look(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	all, err := d.kept.Reports(ctx)
	if err != nil {
		return err
	}
	marked := map[string]bool{}
	for step, about := range byStep(all) {
		if bot.Drifted(about, d.edition(step)) {
			marked[step] = true
		}
	}
	d.marked.Store(&marked)
	return nil
}

func byStep(all []bot.Report) map[string][]bot.Report {
	steps := map[string][]bot.Report{}
	for _, r := range all {
		steps[r.Step] = append(steps[r.Step], r)
	}
	return steps
}

// Message implements [deliver.Renderer].
func (d *drift) Message(e bot.Effect) bot.Message {
	if d.warns(e.Say) {
		say := *e.Say
		say.Parts = append([]bot.Part{{Kind: bot.Notice, Phrase: bot.Phrase{Key: "ui.drifted"}}}, say.Parts...)
		e.Say = &say
	}
	return d.words.Message(e)
}

// warns tells whether a reply shows a step that is marked: the step itself and
// what is asked of it, not an overview, a notification or an answer that stands
// beside it.
func (d *drift) warns(say *bot.Reply) bool {
	marked := d.marked.Load()
	return marked != nil && (*marked)[say.Step] && say.Title.Key == say.Step+".title"
}

var _ bot.Reports = (*drift)(nil)

// Report implements [bot.Reports]. What it changes shows at once.
func (d *drift) Report(ctx context.Context, r bot.Report) (confirmed bool, err error) {
	confirmed, err = d.kept.Report(ctx, r)
	if err == nil && (confirmed || r.Step == "") {
		_ = d.look(ctx) // the report is kept; it shows a little later then
	}
	return confirmed, err
}

// Reports implements [bot.Reports].
func (d *drift) Reports(ctx context.Context) ([]bot.Report, error) { return d.kept.Reports(ctx) }

// Clear implements [bot.Reports]. The warning is gone at once.
func (d *drift) Clear(ctx context.Context, step string) error {
	if err := d.kept.Clear(ctx, step); err != nil {
		return err
	}
	_ = d.look(ctx) // the reports are gone; it shows a little later then
	return nil
}
