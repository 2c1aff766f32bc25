package flow

import (
	"maps"
	"slices"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// value is an argument of a phrase that only its place in the engine knows.
type value struct {
	name string
	arg  bot.Arg
}

func text(name, s string) value { return value{name, bot.Arg{Text: s}} }
func key(name, k string) value  { return value{name, bot.Arg{Key: k}} }

// phrase is a text of the catalogue with just the values it needs.
func (sc *scene) phrase(k string, values ...value) bot.Phrase {
	needs := sc.m.args[k]
	if len(needs) == 0 {
		return bot.Phrase{Key: k}
	}
	args := make(map[string]bot.Arg, len(needs))
	for _, name := range needs {
		args[name] = sc.arg(name, values)
	}
	return bot.Phrase{Key: k, Args: args}
}

// ArgNames are the values a text of the catalogue may use: the engine's own
// and the book's variables.
func (b *Book) ArgNames() []string {
	names := []string{"name", "company_form", "candidate", "step", "earliest", "latest", "next", "field", "value", "text"}
	return append(names, slices.Sorted(maps.Keys(b.Vars))...)
}

func (sc *scene) arg(name string, values []value) bot.Arg {
	for _, v := range values {
		if v.name == name {
			return v.arg
		}
	}
	switch name {
	case "name":
		if sc.s.Name == "" && sc.s.Home.User != "" {
			return bot.Arg{Text: sc.s.Home.User} // the platform's own name for the person
		}
		return known(sc.s.Name, "ui.somebody")
	case "company_form":
		if form := sc.s.Vars[varForm]; form != "" {
			return bot.Arg{Text: form}
		}
		return sc.known(varCompany)
	case "candidate":
		return known(sc.candidate(), unset)
	case "step":
		return bot.Arg{Key: sc.s.Step + ".title"}
	case "earliest":
		return bot.Arg{Day: sc.m.cal.AddWorkdays(sc.waitsFrom(sc.step()), sc.firstDays())}
	case "next":
		if due := sc.nextReminder(sc.step()); !due.IsZero() {
			return bot.Arg{Day: due.In(japan.Tokyo())}
		}
		return bot.Arg{Key: "ui.later"}
	case "latest":
		_, latest := sc.m.cal.Review(sc.waitsFrom(sc.step()))
		return bot.Arg{Day: latest}
	}
	if sc.m.book.Vars[name].Kind == kindDate {
		if day, err := time.ParseInLocation(time.DateOnly, sc.s.Vars[name], japan.Tokyo()); err == nil {
			return bot.Arg{Day: day}
		}
	}
	return sc.known(name)
}

// known is a variable's value, or what stands for one the clerk has not told:
// some have a wording of their own.
func (sc *scene) known(name string) bot.Arg {
	if otherwise := unset + "_" + name; sc.m.has(otherwise) {
		return known(sc.s.Vars[name], otherwise)
	}
	return known(sc.s.Vars[name], unset)
}

// unset is what stands for a value the clerk has not told.
const unset = "ui.unset"

func known(text, otherwise string) bot.Arg {
	if text == "" {
		return bot.Arg{Key: otherwise}
	}
	return bot.Arg{Text: text}
}

// firstDays is the first reminder of the step in business days.
func (sc *scene) firstDays() int {
	for _, w := range sc.step().Wait {
		if w.After.Days > 0 {
			return w.After.Days
		}
	}
	return 1
}
