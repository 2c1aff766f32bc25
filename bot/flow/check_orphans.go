package flow

import (
	"fmt"
	"slices"
	"strings"
)

// placed is a lexicon that knows the file and the line of its texts.
type placed interface {
	Place(key string) (file string, line int)
}

// checkOrphans holds that every text is said somewhere, and uses the values
// that are known there. Values that exist nowhere are for the catalogue's own
// check.
func (c *checker) checkOrphans() {
	speakers := c.speakers()
	for _, key := range c.lex.Keys() {
		top, _, _ := strings.Cut(key, ".")
		o, known := speakers[key]
		switch {
		case known:
			c.checkArgs(key, o)
		case !slices.Contains(enginePrefixes(), top):
			c.orphan(key, "remove it, or correct its key")
		case top == "notify" || top == "flows" || top == "vars":
			c.orphan(key, "remove it, or correct its key to a milestone, flow or variable that is there")
		}
	}
}

func (c *checker) orphan(key, do string) {
	file, line := c.place(key)
	c.add(file, line, fmt.Sprintf("nothing says the text %q", key), do)
}

func (c *checker) place(key string) (file string, line int) {
	if p, knows := c.lex.(placed); knows {
		return p.Place(key)
	}
	top, _, _ := strings.Cut(key, ".")
	return "locales/" + c.lex.Languages()[0] + "/" + top + ".yaml", 0
}

// speaker is what says a text: it decides the values that are known there.
type speaker struct {
	step  *Step
	error *KnownError
	own   bool // the engine itself
}

// speakers are all texts of flows, steps, errors, variables and milestones, by
// the convention of their keys.
func (c *checker) speakers() map[string]speaker {
	speakers := map[string]speaker{}
	for _, f := range c.Flows {
		speakers["flows."+f.ID+".name"], speakers["flows."+f.ID+".about"] = speaker{}, speaker{}
		for _, s := range f.Steps {
			for _, end := range s.ends() {
				speakers[s.ID+"."+end] = speaker{step: s}
			}
		}
	}
	for _, e := range c.Errors {
		for _, end := range e.ends() {
			speakers["errors."+e.ID+"."+end] = speaker{error: e}
		}
	}
	for _, a := range c.Answers {
		for _, end := range []string{"name", "do"} {
			speakers[answerKey(a.ID)+"."+end] = speaker{}
		}
	}
	for name := range c.Vars {
		speakers["vars."+name+".name"] = speaker{}
	}
	for _, milestone := range c.milestones() {
		speakers["notify."+milestone] = speaker{}
	}
	speakers["notify."+noticeDrift] = speaker{own: true}
	return speakers
}

// ends are the ends of the keys a step can say.
func (s *Step) ends() []string {
	ends := append(s.texts(), "see", "avoid", "missing")
	if s.Gate != nil {
		ends = append(ends, "options."+optionConfirm)
	}
	for _, e := range append(append([]Edge{}, s.buttons()...), s.Gate...) {
		ends = append(ends, "options."+e.Option())
	}
	return ends
}

// ends are the ends of the keys an error can say.
func (e *KnownError) ends() []string {
	ends := append(errorTexts(e), "see", "avoid", "options.solved")
	if e.Offer == offerNames {
		ends = append(ends, "options.still", "options.registered", "options.unregistered")
	}
	if e.Go != "" {
		ends = append(ends, "options.fix")
	}
	return ends
}

// checkArgs holds that a text uses values that mean something where it is said.
func (c *checker) checkArgs(key string, o speaker) {
	for _, name := range c.lex.Args(key) {
		if do := o.misuses(name); do != "" {
			file, line := c.place(key)
			c.add(file, line, fmt.Sprintf("{{.%s}} has no value in the text %q", name, key), do)
		}
	}
}

// misuses tells where a value belongs that a text uses out of its place; empty
// when the value is known there.
func (o speaker) misuses(name string) string {
	switch {
	case name == "candidate" && (o.error == nil || o.error.Offer != offerNames):
		return "use it in the texts of an error that offers " + offerNames
	case (name == "earliest" || name == "latest") && (o.step == nil || !o.step.countsDays()):
		return "use it at a step with a wait of business days"
	case (name == "field" || name == "value" || name == "text") && !o.own:
		return "it is for the engine's own texts; use a variable"
	}
	return ""
}

func (s *Step) countsDays() bool {
	return slices.ContainsFunc(s.Wait, func(w Wait) bool { return w.After.Days > 0 })
}
