package flow

import (
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// Discreet is a text of a clerk as it may be kept, forwarded and shown, and
// the kinds of secrets that were in it. On the screens where the portal asks
// for a code, a number is taken for one.
func Discreet(text, screen string) (masked string, found []string) {
	return japan.Secrets(text, screen == "account.phone" || screen == "mfa")
}

// masked takes the secrets out of what a person wrote before anything else
// sees it. What no message may be long enough for is cut off first.
func (sc *scene) masked(typed string) (text string, found []string) {
	if runes := []rune(typed); len(runes) > maxText {
		typed = string(runes[:maxText+1])
	}
	step := sc.m.book.Step(sc.s.Step)
	if step == nil || sc.e.Kind == bot.Answered {
		return Discreet(typed, "")
	}
	return Discreet(typed, step.Screen)
}

// warn tells the clerk of secrets and asks to delete the message.
func (sc *scene) warn() {
	if sc.e.Kind == bot.Answered || len(sc.secrets) == 0 {
		return
	}
	for _, kind := range sc.secrets {
		sc.notice("ui.secret." + kind)
	}
	sc.notice("ui.secret.delete")
}

// confided tells whether the message had a secret in it. Then it is no answer:
// at most a message of the portal is recognised in the rest.
func (sc *scene) confided(folded string) bool {
	if len(sc.secrets) == 0 {
		return false
	}
	if folded == "" || !sc.recognise(folded) {
		sc.show()
	}
	return true
}
