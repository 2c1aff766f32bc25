package flow

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shirube/shirube/bot/japan"
)

// errorNamed is the form of an error's id.
var errorNamed = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

func (c *checker) checkErrors() {
	screens := map[string]bool{}
	for _, s := range c.Steps() {
		screens[s.Screen] = true
	}
	said := map[string]*KnownError{} // by screen and message
	seen := map[string]*KnownError{}
	for _, e := range c.Errors {
		c.checkError(e, seen[e.ID], screens)
		seen[e.ID] = e
		c.checkMessages(e, said)
	}
}

func (c *checker) checkError(e, twin *KnownError, screens map[string]bool) {
	at := func(what, do string) { c.add(errorsFile, e.line, what, do) }
	if twin != nil {
		at(fmt.Sprintf("the error %q is there twice", e.ID), fmt.Sprintf("rename it or the one in line %d", twin.line))
	}
	if !errorNamed.MatchString(e.ID) {
		at(fmt.Sprintf("%q is no name for an error", e.ID), "take small letters, digits and -")
	}
	for _, screen := range e.Screens {
		if screen == "" || !screens[screen] {
			at(fmt.Sprintf("the error %s occurs on the screen %q, which no step shows", e.ID, screen), "name the screen of a step")
		}
	}
	if len(e.Screens) == 0 && len(e.Texts) == 0 {
		at("nobody can meet the error "+e.ID, "add the screens where it occurs or the texts that are shown")
	}
	if e.Offer != "" && e.Offer != offerNames {
		at(fmt.Sprintf("the error %s offers %q, which nothing computes", e.ID, e.Offer), "write "+offerNames+" or remove offer")
	}
	if i := slices.IndexFunc(e.Links, func(url string) bool { return !strings.HasPrefix(url, "https://") }); i >= 0 {
		at(fmt.Sprintf("the link %q of %s does not begin with https://", e.Links[i], e.ID), "write the whole address")
	}
}

// checkMessages holds that a message on a screen means one error.
func (c *checker) checkMessages(e *KnownError, said map[string]*KnownError) {
	for _, text := range e.Texts {
		folded := japan.Fold(text)
		if folded == "" {
			c.add(errorsFile, e.line, "the error "+e.ID+" has an empty text", "write the message or remove it")
			continue
		}
		for _, screen := range e.Screens {
			key := screen + "\x00" + folded
			if first := said[key]; first != nil && first != e {
				c.add(errorsFile, e.line, fmt.Sprintf("%q on the screen %s is %s and %s", text, screen, first.ID, e.ID), "keep it with one of them")
			}
			said[key] = e
		}
	}
}
