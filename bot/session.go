package bot

import "time"

// Session is all that is remembered of one clerk. It is small on purpose (a
// store keeps hundreds of thousands) and changes only by a [Turn].
type Session struct {
	ID string `json:"id"`
	// Version grows with the commits; 0 is a session that is not stored yet.
	Version int64  `json:"v"`
	Lang    string `json:"lang,omitempty"`
	// Name is the clerk's display name, for the distributor.
	Name string `json:"name,omitempty"`
	// Home is where the clerk reads.
	Home Address `json:"home"`

	// Flow, FlowVersion and Step are where the clerk stands.
	Flow        string `json:"flow,omitempty"`
	FlowVersion int    `json:"fv,omitempty"`
	Step        string `json:"step,omitempty"`
	// Since is when the clerk came to the step; waits count from it.
	Since time.Time `json:"since,omitzero"`
	// Visit counts the arrivals at steps: a reminder belongs to one of them.
	Visit int `json:"visit,omitempty"`
	// Focus is what lies over the step for the moment: a question before an
	// irreversible press, a known error, the help. Empty is the step itself.
	Focus string `json:"focus,omitempty"`
	// Aside tells that the newest message was an overview or a staff's answer:
	// a typed "yes" is then about that, not about the step behind it.
	Aside bool `json:"aside,omitempty"`
	// Draft is an answer that waits for the clerk's "yes", or what the clerk
	// has reported of a screen so far.
	Draft string `json:"draft,omitempty"`
	// Seq changes whenever other buttons become the valid ones.
	Seq int `json:"seq,omitempty"`

	// Vars are the clerk's answers by name, and marks of the engine.
	Vars map[string]string `json:"vars,omitempty"`
	// Trail is the way here, for going back; the newest step is last.
	Trail []string `json:"trail,omitempty"`
	// Panel tells that the clerk has looked at the panel, so that it is kept
	// up to date.
	Panel bool `json:"panel,omitempty"`
	// Told is the last milestone the distributor was told.
	Told string `json:"told,omitempty"`
}
