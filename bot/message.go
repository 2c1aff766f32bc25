package bot

import (
	"strings"
	"time"
)

// Message is a reply in the words of its reader's language, ready for a
// platform to lay out.
type Message struct {
	// ID is the effect's id: the same message sent twice carries it twice.
	ID       string
	To       Address
	Lang     string
	Step     string
	Chapter  string
	Title    string
	Parts    []MessagePart
	Fields   []MessageField
	Links    []string
	Buttons  []Button
	Ask      *Question
	Progress Progress
	// Due is when it was first to be sent.
	Due time.Time
	// Attempt counts the sends, from 1; from 2 on the one before may have
	// gone through.
	Attempt int
}

// Question is an ask in words.
type Question struct{ ID, Field, Kind, Name, Example string }

// MessagePart is one block of text.
type MessagePart struct {
	Kind PartKind
	Text string
}

// MessageField is a named value; one to copy is shown by itself, never cut and
// with nothing on its line.
type MessageField struct {
	Name, Value string
	Copy        bool
}

// Button is an option in words.
type Button struct {
	ID    string
	Label string
	Style Style
}

// Text is the whole message as plain text without its buttons: for terminals,
// notifications and screen readers.
func (m Message) Text() string {
	var blocks []string
	if m.Title != "" {
		blocks = append(blocks, m.Title)
	}
	for _, p := range m.Parts {
		blocks = append(blocks, p.Text)
	}
	if len(m.Fields) > 0 {
		lines := make([]string, len(m.Fields))
		for i, f := range m.Fields {
			lines[i] = f.Name + ": " + f.Value
			if f.Copy {
				lines[i] = f.Name + ":\n" + f.Value
			}
		}
		blocks = append(blocks, strings.Join(lines, "\n"))
	}
	if len(m.Links) > 0 {
		blocks = append(blocks, strings.Join(m.Links, "\n"))
	}
	return strings.Join(blocks, "\n\n")
}
