package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

type flowTextCmd struct {
	Locale string `help:"The language of the texts: ja or en." default:"ja" enum:"ja,en"`
	Out    string `help:"Write every text into a file of its own, KEY.txt, in this folder." placeholder:"FOLDER"`
}

// words are what people may type, separated by bars: lists and not sentences.
const words = "words."

// Run says every text of a language once, with sample values, for those who
// read them through and for a checker of prose.
func (c flowTextCmd) Run(e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	g, err := loadGuide(files)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.MkdirAll(c.Out, 0o755); err != nil {
			return fmt.Errorf("make the folder: %w", err)
		}
	}
	args := g.samples()
	for _, key := range g.catalog.Keys() {
		if _, found := g.catalog.Text(c.Locale, key); !found || strings.HasPrefix(key, words) {
			continue
		}
		if err := c.write(e.Out, key, g.catalog.Say(c.Locale, bot.Phrase{Key: key, Args: args})); err != nil {
			return err
		}
	}
	return nil
}

func (c flowTextCmd) write(out io.Writer, key, text string) error {
	if c.Out == "" {
		_, err := fmt.Fprintf(out, "# %s\n%s\n\n", key, text)
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Out, key+".txt"), []byte(text+"\n"), 0o600); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// samples are plausible values for everything a text may name; the same ones
// every day.
func (g *guide) samples() map[string]bot.Arg {
	day := time.Date(2026, time.December, 3, 0, 0, 0, 0, japan.Tokyo())
	args := map[string]bot.Arg{
		"name":     {Text: "山田 太郎"},
		"step":     {Key: g.book.Start + ".title"},
		"earliest": {Day: g.cal.AddWorkdays(day, 3)},
		"latest":   {Day: g.cal.AddWorkdays(day, 5)},
		"next":     {Day: g.cal.AddWorkdays(day, 6)},
		"field":    {Key: "vars.company.name"},
		"value":    {Text: "12"},
		"text":     {Text: "38"},
	}
	for name, v := range g.book.Vars {
		args[name] = bot.Arg{Text: v.Example}
		if v.Kind == "date" {
			args[name] = bot.Arg{Day: day}
		}
	}
	if names := japan.Names(g.book.Vars["company"].Example); len(names) > 0 {
		args["company_form"], args["candidate"] = bot.Arg{Text: names[0]}, bot.Arg{Text: names[0]}
	}
	return args
}
