package teams

// Words puts one of the package's own sentences into a language; the catalogue
// does it.
type Words func(lang, key string) string

// The keys of the package's own sentences.
const (
	WordSend    = "ui.teams.send"    // the button below an input
	WordExample = "ui.teams.example" // what stands before an example in an empty input
	WordEmpty   = "ui.teams.empty"   // nothing was typed
	WordDigits  = "ui.teams.digits"  // a number was expected, and there is no digit
	WordReply   = "ui.teams.reply"   // how the distributor's staff answers in a channel
	WordBusy    = "ui.teams.busy"    // a message or a press could not be taken now
)
