package japan

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Phone reads a Japanese telephone number and returns its digits, as the
// portal's form wants them: no country code, no space, no hyphen. It refuses
// with [NoDigits], [Letters], [Foreign] or [Length]. The warning is
// [ElevenDigits] when the number is longer than the form's about ten
// characters, as those of mobile and IP phones are.
func Phone(text string) (digits, warning, reason string) {
	rest, abroad := domestic(text)
	digits, letters := phoneDigits(rest)
	switch {
	case letters:
		return "", "", Letters
	case digits == "":
		return "", "", NoDigits
	case abroad && !strings.HasPrefix(digits, japanCode):
		return "", "", Foreign
	case abroad:
		digits = "0" + strings.TrimPrefix(digits[len(japanCode):], "0")
	}
	switch {
	case digits[0] != '0' || len(digits) < 10 || len(digits) > 11:
		return "", "", Length
	case len(digits) == 11 && !eleven(digits):
		return "", "", Length
	case len(digits) == 11:
		return digits, ElevenDigits, ""
	case eleven(digits):
		return "", "", Length
	}
	return digits, "", ""
}

const japanCode = "81"

// domestic drops what is not the number: a label, a link's scheme, an
// extension. It tells whether the number is written as from abroad.
func domestic(text string) (rest string, abroad bool) {
	const longest = 400
	text = norm.NFKC.String(strings.ToValidUTF8(text[:min(len(text), longest)], ""))
	text = strings.ToLower(strings.TrimFunc(text, blank))
	for _, label := range []string{"電話番号", "電話", "tel", "phone"} {
		text = strings.TrimLeft(strings.TrimPrefix(text, label), " .:")
	}
	for _, extension := range []string{"内線", "ext"} {
		text, _, _ = strings.Cut(text, extension)
	}
	if rest, found := strings.CutPrefix(text, "00"); found && strings.HasPrefix(strings.TrimPrefix(rest, "10"), japanCode) {
		return strings.TrimPrefix(rest, "10"), true
	}
	return strings.CutPrefix(text, "+")
}

func phoneDigits(text string) (digits string, letters bool) {
	var b strings.Builder
	for _, r := range text {
		digit, ok := plainDigit(r)
		switch {
		case ok:
			b.WriteByte(digit)
		case !blank(r) && !hyphen(r) && !strings.ContainsRune("().・", r):
			letters = true
		}
	}
	return b.String(), letters
}

// eleven tells whether a number begins as those of eleven digits do: mobile,
// IP and one kind of toll-free numbers.
func eleven(digits string) bool {
	switch digits[:3] {
	case "050", "060", "070", "080", "090", "020":
		return true
	}
	return false
}

// ShowPhone is a number with hyphens, for people to read, where its parts are
// sure; otherwise its digits. Area codes of 3 to 5 digits overlap, so only the
// large cities' are known.
func ShowPhone(digits string) string {
	var area int
	switch {
	case len(digits) == 11:
		area = 3
	case len(digits) != 10:
		return digits
	case strings.HasPrefix(digits, "03"), strings.HasPrefix(digits, "06"):
		area = 2
	case hasAnyPrefix(digits, "0120", "0570"):
		return digits[:4] + "-" + digits[4:7] + "-" + digits[7:]
	case hasAnyPrefix(digits, "011", "044", "045", "052", "075", "078"):
		area = 3
	default:
		return digits
	}
	return digits[:area] + "-" + digits[area:len(digits)-4] + "-" + digits[len(digits)-4:]
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
