package japan

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CorporateNumber reads a 法人番号: 13 digits, also behind the T of an invoice
// number. It refuses with [NoDigits], [Length] or [CheckDigit].
// See https://www.houjin-bangou.nta.go.jp/documents/checkdigit.pdf.
func CorporateNumber(text string) (number, reason string) {
	number = digitsOf(text)
	switch {
	case number == "":
		return "", NoDigits
	case len(number) != 13:
		return "", Length
	case !corporate(number):
		return "", CheckDigit
	}
	return number, ""
}

// corporate checks the first digit of thirteen, which is 9 less the rest of
// the weighted sum of the others by 9.
func corporate(number string) bool {
	sum := 0
	for i := 1; i < len(number); i++ {
		weight := 1
		if (len(number)-i)%2 == 0 {
			weight = 2
		}
		sum += weight * int(number[i]-'0')
	}
	return len(number) == 13 && int(number[0]-'0') == 9-sum%9
}

// Postal reads a postal code and returns it as NNN-NNNN. It refuses with
// [NoDigits], [Letters] or [Length].
func Postal(text string) (code, reason string) {
	digits := digitsOf(text)
	switch {
	case digits == "":
		return "", NoDigits
	case strings.ContainsFunc(strings.ReplaceAll(text, "郵便番号", ""), foreignToPostal):
		return "", Letters
	case len(digits) != 7:
		return "", Length
	}
	return digits[:3] + "-" + digits[3:], ""
}

func foreignToPostal(r rune) bool {
	_, digit := plainDigit(r)
	return !digit && !blank(r) && !hyphen(r) && !strings.ContainsRune("〒:：", r)
}

func digitsOf(text string) string {
	var b strings.Builder
	for _, r := range text[:min(len(text), 400)] {
		if digit, ok := plainDigit(r); ok {
			b.WriteByte(digit)
		}
	}
	return b.String()
}

// addressLimit is the most characters of an address.
const addressLimit = 200

// Address reads the address of a head office on one line, without the postal
// code that may stand before it. It refuses with [Empty], [Long], [Control],
// [URL], [Email], [Digits] or [Symbols]. The warning is [NoPrefecture] when a
// Japanese address begins otherwise than in the register.
func Address(text string) (address, warning, reason string) {
	address, reason = readName(strings.ReplaceAll(withoutPostal(text), "\n", " "), addressLimit)
	japanese := strings.ContainsFunc(address, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if reason == "" && japanese && !startsInPrefecture(address) {
		warning = NoPrefecture
	}
	return address, warning, reason
}

func withoutPostal(text string) string {
	text = strings.TrimFunc(text, blank)
	rest, marked := strings.CutPrefix(text, "〒")
	rest = strings.TrimFunc(rest, blank)
	end := strings.IndexFunc(rest, func(r rune) bool {
		_, digit := plainDigit(r)
		return !digit && !hyphen(r)
	})
	if end > 0 && (marked || len(digitsOf(rest[:end])) == 7) {
		return rest[end:]
	}
	return text
}

func startsInPrefecture(address string) bool {
	runes := []rune(address)
	for _, n := range []int{3, 4} {
		if len(runes) > n && strings.ContainsRune("都道府県", runes[n-1]) {
			return true
		}
	}
	return false
}

// Website reads the address of a company's site; https:// is put before one
// without a scheme. It refuses with [Empty], [Email], [Long] or [NotURL].
func Website(text string) (site, reason string) {
	const longest = 250
	text = strings.TrimFunc(norm.NFKC.String(strings.ToValidUTF8(text[:min(len(text), 4*longest)], "?")), blank)
	switch {
	case text == "":
		return "", Empty
	case len(text) > longest:
		return "", Long
	case !strings.Contains(text, "://") && mailAddress(strings.ToLower(text)):
		return "", Email
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || !hostname(strings.ToLower(u.Hostname())) ||
		strings.ContainsFunc(text, unicode.IsSpace) {
		return "", NotURL
	}
	return u.String(), ""
}
