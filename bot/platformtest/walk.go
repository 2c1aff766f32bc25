package platformtest

import (
	"strings"
	"testing"
)

// Clerk is somebody who walks through the procedure on one platform.
type Clerk interface {
	// Say writes a text and waits for what the bot says.
	Say(text string)
	// Press presses the first choice of the newest message and waits; false when
	// it has none.
	Press() bool
	// Text is the newest message, its title first.
	Text() string
}

// Script is what the clerk needs to know.
type Script struct {
	Hello string
	// Answers are what is typed where a message has a text and no choice; the
	// one for "" fits every other.
	Answers map[string]string
	Done    string // a text of the last message
	Most    int    // inputs
}

// Walk walks to the end, always the expected way, and returns the titles of all
// messages: they are the same on every platform.
func Walk(t *testing.T, c Clerk, s Script) []string {
	t.Helper()
	c.Say(s.Hello)
	titles := []string{title(c.Text())}
	for !strings.Contains(c.Text(), s.Done) {
		if len(titles) > s.Most {
			t.Fatalf("after %d inputs still at %s", len(titles), c.Text())
		}
		if !c.Press() {
			c.Say(s.answer(c.Text()))
		}
		titles = append(titles, title(c.Text()))
	}
	return titles
}

func (s Script) answer(text string) string {
	for asked, answer := range s.Answers {
		if asked != "" && strings.Contains(text, asked) {
			return answer
		}
	}
	return s.Answers[""]
}

func title(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}
