package japan

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"
)

// Odd is a character that forms refuse or change (機種依存文字) and the usual one
// in its place; Usual is empty when there is none.
type Odd struct{ Char, Usual string }

// Odds are the characters of a text outside JIS X 0208, each once: ①, ㈱, 髙,
// half-width kana, emoji. The text itself is to stay as it is in the register.
func Odds(text string) []Odd {
	var list []Odd
	seen := map[rune]bool{}
	for _, r := range text {
		if seen[r] || !odd(r) {
			continue
		}
		seen[r] = true
		list = append(list, Odd{string(r), usual(r)})
	}
	return list
}

// odd tells the rows of Shift_JIS that NEC and IBM added, and what it has not.
func odd(r rune) bool {
	if r <= unicode.MaxASCII || strings.ContainsRune("〜−—‖―", r) || unicode.IsSpace(r) {
		return false
	}
	b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) != 2 {
		return true
	}
	return b[0] == 0x87 || b[0] == 0xED || b[0] == 0xEE || b[0] >= 0xFA
}

// usual is the character people write in place of an odd one.
func usual(r rune) string {
	const pairs = "髙高﨑崎濵浜濱浜德徳瀨瀬栁柳桒桑𠮷吉槗橋邊辺邉辺彅薙靑青淸清增増寬寛曻昇閒間黑黒賴頼緖緒橫横ﾞ゛ﾟ゜"
	from := []rune(pairs)
	for i := 0; i+1 < len(from); i += 2 {
		if from[i] == r {
			return string(from[i+1])
		}
	}
	folded := norm.NFKC.String(string(r))
	if folded != string(r) {
		return folded
	}
	if base := []rune(norm.NFD.String(folded)); len(base) > 1 { // é
		return string(base[0])
	}
	return ""
}

// Spelled is a company's name with its legal form spelled out, as the register
// has it; it is the name itself when nothing is abbreviated.
func Spelled(company string) string {
	if n, ok := parse(company); ok && n.abbreviated {
		gap := ""
		if n.spaced {
			gap = " "
		}
		return n.with(n.form.full, gap)
	}
	return company
}
