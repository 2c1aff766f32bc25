package bot

import "time"

// Phrase is a text of the catalogue by its key. The engine speaks in phrases;
// they become words in the reader's language just before they are sent.
type Phrase struct {
	Key  string         `json:"k"`
	Args map[string]Arg `json:"a,omitempty"`
}

// Arg is a value inside a phrase. Exactly one field is set.
type Arg struct {
	Text string    `json:"t,omitempty"` // to the letter
	Day  time.Time `json:"d,omitzero"`  // shown as a day with its weekday
	Key  string    `json:"k,omitempty"` // another text of the catalogue
}

// Progress is how far the clerk has come: Done of Total steps.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// PartKind says what a part of a reply is for; a platform may set it apart.
type PartKind string

// The kinds of parts, in the order in which they are shown.
const (
	Notice PartKind = "notice" // what just happened: an answer was taken, a button was old
	Do     PartKind = "do"     // what to do, in the order of the hands
	See    PartKind = "see"    // what must be seen next
	Avoid  PartKind = "avoid"  // what not to do
)

// Part is one block of text of a reply.
type Part struct {
	Kind   PartKind `json:"kind"`
	Phrase Phrase   `json:"p"`
}

// Field is a named value, for overviews and for values to copy.
type Field struct {
	Name  Phrase `json:"n"`
	Value Phrase `json:"v"`
	Copy  bool   `json:"c,omitempty"` // to be copied to the letter: set apart, nothing around it
}

// Link is a page to open. Its URL is shown to the letter.
type Link struct {
	URL string `json:"url"`
}

// Style says how a button looks.
type Style string

// The styles of buttons.
const (
	Plain   Style = ""
	Primary Style = "primary" // the expected way on
	Danger  Style = "danger"  // cannot be taken back
)

// Option is a button. Its ID names the step, the choice, the moment and the
// person it was made for, so that an old or a stranger's button is recognised.
type Option struct {
	ID    string `json:"id"`
	Label Phrase `json:"l"`
	Style Style  `json:"s,omitempty"`
}

// Ask says that an answer is to be typed, in the chat or in a form.
type Ask struct {
	ID      string `json:"id"`             // of the form; made and checked like a button's
	Field   string `json:"field"`          // the name of the variable
	Kind    string `json:"kind,omitempty"` // of the variable: "company", "partner_id", "date", "person" or "text"
	Name    Phrase `json:"n"`              // what it is called
	Example string `json:"example"`        // a valid answer
}

// Reply is one message before it is put into words.
type Reply struct {
	Step     string   `json:"step,omitempty"`
	Chapter  Phrase   `json:"chapter,omitzero"`
	Title    Phrase   `json:"title,omitzero"`
	Parts    []Part   `json:"parts,omitempty"`
	Fields   []Field  `json:"fields,omitempty"`
	Links    []Link   `json:"links,omitempty"`
	Options  []Option `json:"options,omitempty"`
	Ask      *Ask     `json:"ask,omitempty"`
	Progress Progress `json:"progress,omitzero"`
}
