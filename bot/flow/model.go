package flow

// Book is the whole procedure: all flows, the known errors and the ledger.
type Book struct {
	Start   string
	Flows   []*Flow
	Vars    map[string]Var
	Errors  []*KnownError
	Answers []*Answer
	Ledger  []Entry

	steps   map[string]*Step
	errors  map[string]*KnownError
	screens map[string][]*KnownError
	spine   []*Step        // the path of the first edges from start to end
	rank    map[string]int // for every step: how many steps of the spine are done there
}

// Flow is one chapter of the procedure.
type Flow struct {
	ID      string            `yaml:"flow"`
	Version int               `yaml:"version"` // raise it whenever a step is renamed or removed
	Migrate map[string]string `yaml:"migrate"` // a step of an earlier version: where to stand now
	Steps   []*Step           `yaml:"steps"`

	file  string
	index int
	lines map[string]int // of the file's keys
	moves map[string]int // of the migrations
}

// Step is one screen of the portal, or one question.
type Step struct {
	ID     string   `yaml:"id"`
	Screen string   `yaml:"screen"` // the portal screen, empty when there is none
	Facts  []string `yaml:"facts"`  // entries of the ledger its text carries
	Unless string   `yaml:"unless"` // skipped on arrival when this variable has a value
	Gate   []Edge   `yaml:"gate"`   // ask first; the ways off beside "confirm"
	Ask    string   `yaml:"ask"`    // the variable to be typed; then the first edge is taken
	Copy   []string `yaml:"copy"`   // variables shown to be copied, in the order of the screen
	Links  []string `yaml:"links"`
	Wait   []Wait   `yaml:"wait"`  // somebody else works; what happens meanwhile
	Since  string   `yaml:"since"` // the date variable the waits count from; empty: the arrival
	Next   []Edge   `yaml:"next"`  // the buttons, the expected one first
	End    bool     `yaml:"end"`

	flow *Flow
	line int
}

// Edge is a way from a step: a button and where it leads.
type Edge struct {
	When string            `yaml:"when"` // the option's id; empty is "done"
	Go   string            `yaml:"go"`
	Set  map[string]string `yaml:"set"`  // variables to set; "@today" and "@name" are computed
	Tell string            `yaml:"tell"` // the milestone the distributor is told

	line int
}

// Wait is what happens at a step when the clerk does not come back by then.
type Wait struct {
	After Span   `yaml:"after"` // counted from the arrival
	Go    string `yaml:"go"`    // where to go on; empty: remind here
	Tell  string `yaml:"tell"`

	line int
}

// Var is an answer the clerk types.
type Var struct {
	Kind    string `yaml:"kind"` // one of kinds()
	Example string `yaml:"example"`

	line int
}

// KnownError is a message or a trouble of the portal and where it occurs.
type KnownError struct {
	ID      string   `yaml:"id"`
	Screens []string `yaml:"screens"`
	Facts   []string `yaml:"facts"`
	Texts   []string `yaml:"texts"` // the portal's messages, to the letter
	Links   []string `yaml:"links"`
	Offer   string   `yaml:"offer"` // "company-names": spellings are computed
	Go      string   `yaml:"go"`    // the step that repairs it

	line int
}

// Answer is a question that is answered at any step.
type Answer struct {
	ID      string   `yaml:"id"`
	Screens []string `yaml:"screens"` // where it is asked most
	Facts   []string `yaml:"facts"`

	line int
}

// Entry is a fact of the source document.
type Entry struct {
	ID    string `yaml:"id"`
	Kind  string `yaml:"kind"`
	Label string `yaml:"label"` // on the portal, to the letter
	URL   string `yaml:"url"`
	Gloss string `yaml:"gloss"`
	Omit  string `yaml:"omit"` // why nothing carries it

	line int
}

// The id of the edge without a name, and of the way through a gate.
const (
	optionDone    = "done"
	optionConfirm = "confirm"
)

// Option is the edge's id among the edges of its step.
func (e Edge) Option() string {
	if e.When == "" {
		return optionDone
	}
	return e.When
}

// Flow is the chapter the step belongs to.
func (s *Step) Flow() *Flow { return s.flow }
