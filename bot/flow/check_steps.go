package flow

import (
	"fmt"
	"slices"
	"strings"
)

// buttons are the edges a step shows as buttons: the first one of a question
// is taken by answering.
func (s *Step) buttons() []Edge {
	if s.Ask != "" && len(s.Next) > 0 {
		return s.Next[1:]
	}
	return s.Next
}

// engineChoices are the buttons the engine adds to a step's own.
func engineChoices() []string {
	return []string{choiceError, choiceMissing, choiceHuman, choiceStuck, choiceResume, choiceBack}
}

func (c *checker) checkOptions(s *Step, kind string, edges []Edge) {
	if len(edges) > maxChoices-1 {
		c.add(s.flow.file, edges[maxChoices-1].line, fmt.Sprintf("%s has %d options under %s", s.ID, len(edges), kind),
			fmt.Sprintf("keep %d at most; the fourth button is the engine's", maxChoices-1))
	}
	seen := map[string]bool{optionConfirm: kind == "gate"}
	for _, e := range edges {
		option := e.Option()
		switch {
		case seen[option]:
			c.add(s.flow.file, e.line, fmt.Sprintf("%s has the option %q twice", s.ID, option), "give one of them another name in when")
		case slices.Contains(engineChoices(), option):
			c.add(s.flow.file, e.line, fmt.Sprintf("the option %q of %s is one of the engine's own", option, s.ID), "give it another name in when")
		case !named.MatchString(option):
			c.add(s.flow.file, e.line, fmt.Sprintf("%q is no name for an option of %s", option, s.ID), "take small letters, digits and _")
		}
		seen[option] = true
	}
}

func (c *checker) checkLinks(s *Step) {
	for _, url := range s.Links {
		if !strings.HasPrefix(url, "https://") {
			c.at(s, fmt.Sprintf("the link %q of %s does not begin with https://", url, s.ID), "write the whole address")
		}
	}
}

// checkReach holds that a path leads from the start to every step.
func (c *checker) checkReach() {
	reached := c.reach()
	for _, s := range c.Steps() {
		if !reached[s.ID] {
			c.at(s, "no path reaches "+s.ID, "lead an option, a wait or an error to it, or remove it")
		}
	}
}

func (c *checker) reach() map[string]bool {
	reached := map[string]bool{c.Start: true}
	for ahead := []*Step{c.steps[c.Start]}; len(ahead) > 0; ahead = ahead[1:] {
		for _, to := range c.onward(ahead[0]) {
			if s := c.steps[to]; s != nil && !reached[to] {
				reached[to] = true
				ahead = append(ahead, s)
			}
		}
	}
	return reached
}

// onward are the steps that a step leads to by any way, repairs of the errors
// of its screen included.
func (c *checker) onward(s *Step) []string {
	var to []string
	for _, way := range s.ways() {
		to = append(to, way.To)
	}
	for _, e := range c.ErrorsAt(s.Screen) {
		to = append(to, e.Go)
	}
	return to
}
