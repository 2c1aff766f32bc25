package flow

import "github.com/shirube/shirube/bot/japan"

// Discreet is a text of a clerk as it may be kept, forwarded and shown, and
// the kinds of secrets that were in it. On the screens where the portal asks
// for a code, a number is taken for one.
func Discreet(text, screen string) (masked string, found []string) {
	return japan.Secrets(text, screen == "account.phone" || screen == "mfa")
}
