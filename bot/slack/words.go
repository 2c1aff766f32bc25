package slack

// Words puts one of the package's own sentences into a language; the catalogue
// does it.
type Words func(lang, key string) string

// The keys of the package's own sentences.
const (
	WordType   = "ui.slack.type"   // the button that opens a form
	WordSend   = "ui.slack.send"   // the form's button
	WordCancel = "ui.slack.cancel" // the form's other button
	WordForm   = "ui.slack.form"   // the form's title
	WordSure   = "ui.slack.sure"   // the question before what cannot be taken back
	WordYes    = "ui.slack.yes"
	WordNo     = "ui.slack.no"
	WordBusy   = "ui.slack.busy" // a command or a press could not be taken now
)
