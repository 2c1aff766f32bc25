package flow

import "fmt"

// checkTexts holds that everything that is said has a text.
func (c *checker) checkTexts() {
	for _, f := range c.Flows {
		for _, end := range []string{"name", "about"} {
			c.want(f.file, 1, "flows."+f.ID+"."+end, "the flow "+f.ID)
		}
		for _, s := range f.Steps {
			c.checkStepTexts(s)
		}
	}
	for _, e := range c.Errors {
		for _, end := range errorTexts(e) {
			c.want(errorsFile, e.line, "errors."+e.ID+"."+end, "the error "+e.ID)
		}
	}
	for name, v := range c.Vars {
		c.want(bookFile, v.line, "vars."+name+".name", "the variable "+name)
	}
	c.want(bookFile, 1, "notify."+milestoneHelp, "the call for a person")
}

// want holds that the catalogue has a text.
func (c *checker) want(file string, line int, key, whose string) {
	if !c.has[key] {
		c.add(file, line, fmt.Sprintf("%s has no text %q", whose, key), "write it in every language of locales/")
	}
}

func (c *checker) checkStepTexts(s *Step) {
	for _, end := range s.texts() {
		c.want(s.flow.file, s.line, s.ID+"."+end, "the step "+s.ID)
	}
	for _, e := range s.buttons() {
		c.wantLabel(s, e.line, e.Option())
	}
	if s.Gate != nil {
		c.wantLabel(s, s.line, optionConfirm)
	}
	for _, e := range append(append([]Edge{}, s.Next...), s.Gate...) {
		c.wantNotice(s, e.line, e.Tell)
	}
	for _, e := range s.Gate {
		c.wantLabel(s, e.line, e.Option())
	}
	for _, w := range s.Wait {
		c.wantNotice(s, w.line, w.Tell)
	}
}

// texts are the ends of the keys a step cannot do without.
func (s *Step) texts() []string {
	ends := []string{"title", "do", "why"}
	if s.Screen != "" {
		ends = append(ends, "see")
	}
	if s.Gate != nil {
		ends = append(ends, "gate")
	}
	if s.reminds() {
		ends = append(ends, "remind")
	}
	return ends
}

// reminds tells whether a wait of the step ends in a reminder.
func (s *Step) reminds() bool {
	for _, w := range s.Wait {
		if w.Go == "" {
			return true
		}
	}
	return false
}

// errorTexts are the ends of the keys an error cannot do without.
func errorTexts(e *KnownError) []string {
	if e.Offer == offerNames {
		return []string{"name", "do", "ask", "registered", "unknown", "exhausted", "kept"}
	}
	return []string{"name", "do"}
}

func (c *checker) wantLabel(s *Step, line int, option string) {
	own := s.ID + ".options." + option
	if !c.has[own] && !c.has["options."+option] {
		c.add(s.flow.file, line, fmt.Sprintf("the option %q of %s has no label", option, s.ID),
			fmt.Sprintf("write %q in every language of locales/, or take an option that has one", own))
	}
}

func (c *checker) wantNotice(s *Step, line int, milestone string) {
	if milestone != "" && !c.has["notify."+milestone] {
		c.add(s.flow.file, line, fmt.Sprintf("%s tells the distributor %q, which has no text", s.ID, milestone),
			fmt.Sprintf("write \"notify.%s\" in every language of locales/", milestone))
	}
}
