package bot

import "time"

// Address names a place on a platform where somebody speaks or reads.
type Address struct {
	Platform string `json:"platform,omitempty"` // "slack", "teams", "local"
	Tenant   string `json:"tenant,omitempty"`   // the workspace, enterprise or organisation
	Channel  string `json:"channel,omitempty"`  // the conversation; empty until it is learnt
	Thread   string `json:"thread,omitempty"`   // the message a thread hangs on
	User     string `json:"user,omitempty"`     // the person; empty for a channel
}

// Panel is the channel of the view a platform keeps beside the conversation
// (Slack's Home tab): it shows the newest state and is replaced, never added to.
const Panel = "panel"

// SessionID is the key of the one session this person has: a direct message, a
// thread and a command of the same person are the same session.
func (a Address) SessionID() string {
	return a.Platform + ":" + a.Tenant + ":" + a.User
}

// EventKind says what happened.
type EventKind string

// The kinds of events.
const (
	Opened   EventKind = "opened"   // the conversation was opened: installed, or seen again
	Said     EventKind = "said"     // the clerk wrote Text
	Pressed  EventKind = "pressed"  // the clerk pressed the button with the id Choice
	Ordered  EventKind = "ordered"  // the clerk gave the command Choice ("status", "back", …)
	Filled   EventKind = "filled"   // the clerk sent the form of the ask Choice with Text in it
	Looked   EventKind = "looked"   // the clerk opened the panel that shows how far things are
	Woke     EventKind = "woke"     // the reminder Choice came due
	Answered EventKind = "answered" // the distributor's staff wrote Text for the clerk

	// Confirmed: the clerk's report Text about the step Choice confirms
	// another clerk's.
	Confirmed EventKind = "confirmed"
)

// Event is one thing that happened in one session. Platforms make events from
// what arrives, the worker makes them from reminders that came due and reports
// that were kept.
type Event struct {
	// ID is unique on its platform, and the same when the platform delivers
	// the same thing again.
	ID string `json:"id"`
	// Session is the session the event belongs to. For the clerk's own events
	// it is From.SessionID(); for the staff's answer it is the clerk's.
	Session string `json:"session"`
	// At is when it happened; the only time the engine knows.
	At   time.Time `json:"at"`
	From Address   `json:"from"`
	Kind EventKind `json:"kind"`
	// Text is what a person wrote, as it arrived. It may be of any length and
	// need not be valid UTF-8; it must never be logged.
	Text string `json:"text,omitempty"`
	// Choice is a button's id, a command's name or a reminder's name.
	Choice string `json:"choice,omitempty"`
	// Name is the person's display name, where the platform tells it.
	Name string `json:"name,omitempty"`
	// Lang is the person's language as the platform knows it ("ja", "en"), or
	// empty. A language the person chose in the chat goes before it.
	Lang string `json:"lang,omitempty"`
}
