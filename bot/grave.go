package bot

import "time"

// The kinds of buried effects.
const (
	GraveMessage  = "message"
	GraveReminder = "reminder"
	GraveReport   = "report"
)

// Grave is what operators see of a buried effect. It holds nothing that was to
// be said.
type Grave struct {
	ID      string  `json:"id"` // the effect's
	Session string  `json:"session"`
	Kind    string  `json:"kind"` // GraveMessage, GraveReminder or GraveReport
	To      Address `json:"to,omitzero"`
	// Due is when it was first to be done, Buried when its last attempt began.
	Due    time.Time `json:"due"`
	Buried time.Time `json:"buried"`
	// Attempts is how often it was tried since it was committed or exhumed.
	Attempts int `json:"attempts"`
	// Reason is the short name that [Outbox.Bury] was given.
	Reason string `json:"reason"`
}

// GraveOf is the grave of an effect.
func GraveOf(e Effect, attempts int, reason string, buried time.Time) Grave {
	g := Grave{
		ID: e.ID, Session: e.Session, Kind: GraveMessage, To: e.To,
		Due: e.Due, Buried: buried, Attempts: attempts, Reason: reason,
	}
	switch {
	case e.Wake != "":
		g.Kind = GraveReminder
	case e.Report != nil:
		g.Kind = GraveReport
	}
	return g
}
