package flow

import (
	"strings"

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
	if step != nil && sc.mistyped(step, typed) {
		return typed, nil
	}
	if step == nil || sc.e.Kind == bot.Answered || sc.e.Kind == bot.Confirmed {
		return Discreet(typed, "")
	}
	return Discreet(typed, step.Screen)
}

// mistyped tells a corporate number with a wrong digit, where one is asked for:
// one in ten is a card's by chance, and cards of thirteen digits are long gone.
func (sc *scene) mistyped(step *Step, typed string) bool {
	name := step.Ask
	if field, found := strings.CutPrefix(sc.s.Focus, focusCard+"/"); found {
		name = field
	}
	_, reason := japan.CorporateNumber(typed)
	return sc.m.book.Vars[name].Kind == kindCorporate && reason == japan.CheckDigit && len(japan.Fold(typed)) <= len("t")+13
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
