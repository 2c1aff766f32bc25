package flow

import "fmt"

// checkAnswers holds that every answer can be told apart from the others and
// has its texts.
func (c *checker) checkAnswers() {
	screens := map[string]bool{}
	for _, s := range c.Steps() {
		screens[s.Screen] = true
	}
	seen := map[string]*Answer{}
	for _, a := range c.Answers {
		at := func(what, do string) { c.add(answersFile, a.line, what, do) }
		if twin := seen[a.ID]; twin != nil {
			at(fmt.Sprintf("the answer %q is there twice", a.ID), fmt.Sprintf("rename it or the one in line %d", twin.line))
		}
		seen[a.ID] = a
		if !errorNamed.MatchString(a.ID) || c.errors[a.ID] != nil {
			at(fmt.Sprintf("%q is no name for an answer", a.ID), "take small letters, digits and -, and no error's name")
		}
		for _, screen := range a.Screens {
			if !screens[screen] {
				at(fmt.Sprintf("the answer %s is asked on the screen %q, which no step shows", a.ID, screen), "name the screen of a step")
			}
		}
		for _, end := range []string{"name", "do"} {
			c.want(answersFile, a.line, answerKey(a.ID)+"."+end, "the answer "+a.ID)
		}
	}
}
