package teams

// schema names what the card follows; clients do not fetch it.
const schema = "http://adaptivecards.io/schemas/adaptive-card.json"

// document is an Adaptive Card as far as this package writes one.
// It names no language: Microsoft's parser refuses every second one that does.
// https://adaptivecards.io/explorer
type document struct {
	Type         string       `json:"type"`
	Schema       string       `json:"$schema"`
	Version      string       `json:"version"`
	FallbackText string       `json:"fallbackText,omitempty"`
	Teams        *teamsOnly   `json:"msteams,omitempty"`
	Body         []element    `json:"body"`
	Actions      []cardAction `json:"actions,omitempty"`
}

// teamsOnly is what Teams alone reads.
type teamsOnly struct {
	Width string `json:"width"`
}

// element is a part of a body; each kind uses some of the fields.
type element struct {
	Type      string    `json:"type"`
	ID        string    `json:"id,omitempty"`
	Text      string    `json:"text,omitempty"`
	Size      string    `json:"size,omitempty"`
	Weight    string    `json:"weight,omitempty"`
	Wrap      bool      `json:"wrap,omitempty"`
	Style     string    `json:"style,omitempty"`
	Spacing   string    `json:"spacing,omitempty"`
	Separator bool      `json:"separator,omitempty"`
	Inlines   []textRun `json:"inlines,omitempty"`
	Items     []element `json:"items,omitempty"`
	Facts     []fact    `json:"facts,omitempty"`

	Label        string `json:"label,omitempty"`
	Placeholder  string `json:"placeholder,omitempty"`
	MaxLength    int    `json:"maxLength,omitempty"`
	Regex        string `json:"regex,omitempty"`
	IsRequired   bool   `json:"isRequired,omitempty"`
	ErrorMessage string `json:"errorMessage,omitempty"`
}

// textRun is a piece of text that is shown to the letter: no markdown in it.
type textRun struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Size   string `json:"size,omitempty"`
	Weight string `json:"weight,omitempty"`
	Color  string `json:"color,omitempty"`
	Subtle bool   `json:"isSubtle,omitempty"`
	// FontType sets the run apart: a value to be copied.
	FontType string `json:"fontType,omitempty"`
}

type fact struct {
	Title string `json:"title"`
	Value string `json:"value"`
}

// cardAction is a button.
type cardAction struct {
	Type     string      `json:"type"`
	Title    string      `json:"title,omitempty"`
	Verb     string      `json:"verb,omitempty"`
	Data     *press      `json:"data,omitempty"`
	Style    string      `json:"style,omitempty"`
	Mode     string      `json:"mode,omitempty"`
	Inputs   string      `json:"associatedInputs,omitempty"`
	Fallback *cardAction `json:"fallback,omitempty"`
}
