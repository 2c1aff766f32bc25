// Package japan holds facts of Japan that the bot needs: business days, the
// spellings of company names, and how people write days, numbers and names.
// It is pure functions and one [Calendar]; nothing here reads a clock, keeps
// state or does I/O, so everything may be used by many goroutines at once.
//
// It must not know sessions, flows, platforms or languages: where a text is
// refused it returns a short reason code, never a sentence.
package japan

// Reasons why a text is refused. The empty string is no reason: the text was
// taken.
const (
	Empty   = "empty"   // nothing but spaces
	Long    = "long"    // more characters than a name may have
	Control = "control" // line breaks, control characters or broken text
	Digits  = "digits"  // a number in place of a name
	Symbols = "symbols" // neither a letter nor a digit
	URL     = "url"     // a web address in place of a name
	Email   = "email"   // an e-mail address in place of a name

	NoDigits = "no-digits" // no digit at all
	Length   = "length"    // a number, but not of 6 to 8 digits
	Several  = "several"   // more than one number that may be meant

	Letters    = "letters"     // letters or signs in place of a number
	CheckDigit = "check-digit" // a digit was mistyped
	Foreign    = "foreign"     // a telephone number outside Japan

	NotEmail       = "not-an-email"         // no e-mail address
	PersonalDomain = "personal-domain"      // of a provider, not of the company
	ForbiddenLocal = "forbidden-local-part" // a word that a group's address has
	NotURL         = "not-a-url"            // no web address

	Unreadable = "unreadable" // not a day as people write it, or not in the calendar
	Future     = "future"     // after today
	Old        = "old"        // more than two years before today
)

// Warnings about a text that was taken. A clerk decides.
const (
	NoMailbox    = "onmicrosoft"   // a tenant's own domain, often without a mailbox
	ElevenDigits = "eleven-digits" // more than the portal's form takes
	NoPrefecture = "no-prefecture" // an address without its 都道府県
)
