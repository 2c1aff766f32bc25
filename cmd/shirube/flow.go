package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/locale"
)

type flowCmd struct {
	Check flowCheckCmd `cmd:"" help:"Find mistakes in the procedure and its texts."`
	Test  flowTestCmd  `cmd:"" help:"Play the transcripts and print the coverage."`
	Graph flowGraphCmd `cmd:"" help:"Draw the procedure."`
	Learn flowLearnCmd `cmd:"" help:"Learn from the examples of what clerks write."`
	Text  flowTextCmd  `cmd:"" help:"Say every text once, with sample values."`
}

type flowCheckCmd struct {
	Against string `help:"Refuse a version that would strand a session of this older content folder." placeholder:"FOLDER"`
}

// Run prints every problem on a line of its own.
func (c flowCheckCmd) Run(e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	g, err := loadGuide(files)
	if faults := (bot.Problems)(nil); errors.As(err, &faults) {
		return report(e, faults)
	}
	if err != nil {
		return err
	}
	problems := g.problems()
	if c.Against != "" {
		folder := os.DirFS(c.Against)
		if !holdsBook(folder) {
			return fmt.Errorf("--against %s has no flows/book.yaml; give the folder that holds flows/", c.Against)
		}
		old, err := flow.Load(folder)
		if err != nil {
			return fmt.Errorf("--against %s: %w", c.Against, err)
		}
		problems = append(problems, g.book.Against(old)...)
	}
	if len(problems) > 0 {
		return report(e, problems)
	}
	fmt.Fprintf(e.Out, "ok: %d flows, %d steps, %d ways, %d known errors, %d answers, %d facts, languages %v, from %s\n",
		len(g.book.Flows), len(g.book.Steps()), len(g.book.Ways()), len(g.book.Errors), len(g.book.Answers), len(g.book.Ledger), g.catalog.Languages(), origin(e))
	return nil
}

// report prints problems, one a line.
func report(e world, problems bot.Problems) error {
	for _, p := range problems {
		fmt.Fprintln(e.Out, p)
	}
	if len(problems) == 1 {
		fmt.Fprintln(e.Out, "1 problem")
	} else {
		fmt.Fprintf(e.Out, "%d problems\n", len(problems))
	}
	return errNo
}

type flowGraphCmd struct {
	Format string `help:"mermaid, dot or svg." default:"mermaid" enum:"mermaid,dot,svg"`
	Locale string `help:"The language of the titles: ja or en." default:"ja" enum:"ja,en"`
}

// Run prints the drawing.
func (c flowGraphCmd) Run(e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	book, err := flow.Load(files)
	if err != nil {
		return err
	}
	catalog, err := locale.Load(files)
	if err != nil {
		return err
	}
	drawing, err := book.Graph(c.Format, func(key string) string { return catalog.Say(c.Locale, bot.Phrase{Key: key}) })
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(e.Out, drawing)
	return err
}
