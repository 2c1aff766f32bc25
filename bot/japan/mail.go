package japan

import (
	"net/mail"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// MailField is the field of the portal's forms an address is meant for.
type MailField string

// The fields that ask for an address. What the procedure forbids it forbids
// for the first contact only.
const (
	PrimaryContact MailField = "primary-contact" // whom Microsoft writes to and examines
	AccountEmail   MailField = "account-email"   // any address will do
	SupportEmail   MailField = "support-email"   // one in use within the company
)

// Mail reads an e-mail address: half-width, the domain in small letters. It
// refuses with [Email] what is no address, and for the first contact with
// [PersonalDomain] and [ForbiddenLocal]; the address is returned in these two
// cases too. The warning, [NoMailbox] or [PersonalDomain], comes with an
// address that is taken.
func Mail(text string, field MailField) (address, warning, reason string) {
	local, domain, ok := mailParts(text)
	if !ok {
		return "", "", NotEmail
	}
	address = local + "@" + domain
	switch own := !personalDomain(domain); {
	case field == PrimaryContact && !own:
		return address, "", PersonalDomain
	case field == PrimaryContact && forbiddenLocal(local):
		return address, "", ForbiddenLocal
	case within(domain, "onmicrosoft.com"):
		return address, NoMailbox, ""
	case field == SupportEmail && !own:
		return address, PersonalDomain, ""
	}
	return address, "", ""
}

// mailParts takes an address apart; ok is false when it is none.
func mailParts(text string) (local, domain string, ok bool) {
	if len(text) > 4*maxMail {
		return "", "", false
	}
	text = strings.TrimFunc(norm.NFKC.String(strings.ToValidUTF8(text, "\ufffd")), blank)
	if len(text) > len(mailScheme) && strings.EqualFold(text[:len(mailScheme)], mailScheme) {
		text = text[len(mailScheme):]
	}
	at := strings.LastIndexByte(text, '@')
	if at < 0 || len(text) > maxMail {
		return "", "", false
	}
	local, domain = text[:at], strings.ToLower(strings.ReplaceAll(text[at+1:], "。", "."))
	parsed, err := mail.ParseAddress(local + "@" + domain)
	ok = err == nil && parsed.Address == local+"@"+domain && dotAtom(local) && hostname(domain)
	return local, domain, ok
}

const (
	mailScheme = "mailto:" // comes along with a copied link
	maxMail    = 254       // RFC 5321, 4.5.3.1.3
	maxLocal   = 64        // RFC 5321, 4.5.3.1.1
)

// dotAtom is stricter than net/mail: no quotes, and ASCII only, because the
// portal's form takes neither.
func dotAtom(local string) bool {
	return local != "" && len(local) <= maxLocal && !strings.Contains("."+local+".", "..") &&
		!strings.ContainsFunc(local, func(r rune) bool {
			return !letterOrDigit(r) && !strings.ContainsRune(".!#$%&'*+-/=?^_`{|}~", r)
		})
}

// hostname tells whether a text is a host with a domain, as in DNS.
func hostname(host string) bool {
	labels := strings.Split(host, ".")
	for _, label := range labels {
		bad := strings.ContainsFunc(label, func(r rune) bool { return !letterOrDigit(r) && r != '-' })
		if label == "" || len(label) > 63 || bad || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	top := labels[len(labels)-1]
	return len(labels) > 1 && len(host) <= 253 && len(top) > 1 && strings.Trim(top, "0123456789") != ""
}

func letterOrDigit(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// forbiddenLocal knows the words a first contact's address may not have, at
// any place: they are taken for the address of a group.
func forbiddenLocal(local string) bool {
	local = strings.ToLower(local)
	for _, word := range []string{"info", "admin", "email", "marketing"} {
		if strings.Contains(local, word) {
			return true
		}
	}
	return false
}

// within tells whether a domain is another one or lies below it.
func within(domain, other string) bool {
	return domain == other || strings.HasSuffix(domain, "."+other)
}
