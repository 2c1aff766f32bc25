package transcript

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
)

func (p *player) said(effects []bot.Effect) {
	// Lanes do not wait for each other; the clerk's is written first.
	slices.SortStableFunc(effects, func(a, b bot.Effect) int { return rank(a) - rank(b) })
	for _, e := range effects {
		switch {
		case e.Report != nil:
			p.report(e.Report)
			continue
		case rank(e) > 0:
			p.write("desk", e.Say)
			continue
		}
		p.write("user", e.Say)
		if len(e.Say.Options) > 0 {
			p.before, p.newest = p.newest, e.Say.Options
		}
	}
}

func rank(e bot.Effect) int {
	switch {
	case e.Report != nil:
		return 2
	case e.To.User == "":
		return 1
	}
	return 0
}

// report puts a report on one line: about which step, and the words.
func (p *player) report(r *bot.Report) {
	if r.Step == "" {
		p.out.WriteString(markOutput + "reports withdrawn\n")
		return
	}
	fmt.Fprintf(&p.out, "%sreport %s: %s\n", markOutput, r.Step, strings.ReplaceAll(r.Text, "\n", `\n`))
}

// write puts a reply on one line: where, how far, the keys, the buttons.
func (p *player) write(to string, r *bot.Reply) {
	fmt.Fprintf(&p.out, "%s%s %s %d/%d:", markOutput, to, r.Step, r.Progress.Done, r.Progress.Total)
	if r.Title.Key != "" && r.Title.Key != r.Step+".title" {
		p.out.WriteString(" " + phrase(r.Title))
	}
	for _, part := range r.Parts {
		p.out.WriteString(" " + phrase(part.Phrase))
	}
	for _, f := range r.Fields {
		p.out.WriteString(" " + phrase(f.Name) + "=" + phrase(f.Value))
	}
	if len(r.Links) > 0 {
		fmt.Fprintf(&p.out, " +%d links", len(r.Links))
	}
	if len(r.Options) > 0 {
		ids := make([]string, len(r.Options))
		for i, o := range r.Options {
			ids[i] = optionOf(o.ID)
		}
		p.out.WriteString(" [" + strings.Join(ids, " ") + "]")
	}
	if r.Ask != nil {
		p.out.WriteString(" ask " + r.Ask.Field)
	}
	p.out.WriteString("\n")
}

func phrase(f bot.Phrase) string {
	if len(f.Args) == 0 {
		return f.Key
	}
	var args []string
	for name, a := range f.Args {
		text := a.Text + a.Key
		if !a.Day.IsZero() {
			text = a.Day.Format(time.DateOnly)
		}
		args = append(args, name+"="+text)
	}
	sort.Strings(args)
	return f.Key + "{" + strings.Join(args, ", ") + "}"
}

// optionOf is the choice inside a button's id.
func optionOf(id string) string {
	if parts := strings.Split(id, ":"); len(parts) > 1 {
		return parts[1]
	}
	return id
}

func find(options []bot.Option, choice string) (string, error) {
	var there []string
	for _, o := range options {
		if optionOf(o.ID) == choice {
			return o.ID, nil
		}
		there = append(there, optionOf(o.ID))
	}
	return "", fmt.Errorf("there is no button %q, only %v", choice, there)
}

// unescape lets a line of a transcript hold what cannot stand in it.
func unescape(text string) string {
	if n := len("long:"); strings.HasPrefix(text, "long:") {
		return strings.Repeat(text[n:], 100_000/max(1, len(text)-n))
	}
	return strings.NewReplacer(`\n`, "\n", `\0`, "\x00", `\x07`, "\x07", `\xff`, "\xff").Replace(text)
}
