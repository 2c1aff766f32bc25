package japan

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// How far, in characters, a word may stand from the number it is about.
const (
	labelBefore = 28
	labelAfter  = 28
)

// codes finds numbers of 4 to 8 digits that are codes of an identity check.
func (h *hunt) codes(coded bool) {
	if len(h.groups) == 0 {
		return
	}
	labels := h.labels()
	for i := 0; i < len(h.groups); {
		end := i + 1
		if n := h.phone(i); n > 0 {
			i += n
			continue
		}
		for end < len(h.groups) && h.groups[end].joined && !h.apart(end) {
			end++
		}
		from, to := h.groups[i].from, h.groups[end-1].to
		if h.codeShape(h.groups[i:end]) && !h.measured(from, to) && h.meant(labels, from, to, coded) {
			h.add(from, to, SecretCode)
		}
		i = end
	}
}

// phone is how many groups from i on make a telephone number.
func (h *hunt) phone(i int) (groups int) {
	g := h.groups[i]
	abroad := h.beside(g.from-1) == '+'
	total := 0
	for j := i; j < len(h.groups) && j < i+5 && (j == i || h.groups[j].joined); j++ {
		total += h.groups[j].size()
		domestic := h.folded[g.from] == '0' && (total == 10 || total == 11)
		if domestic && g.size() > 1 && g.size() < 6 || abroad && total >= 11 && total <= 13 {
			groups = j - i + 1
		}
	}
	return groups
}

// apart tells whether a group of digits begins another number, which a space
// allows: a code in two halves is 3 and 3, or 4 and 4.
func (h *hunt) apart(i int) bool {
	before, g := h.groups[i-1], h.groups[i]
	gap := h.folded[before.to:g.from]
	spaces := !strings.ContainsFunc(string(gap), func(r rune) bool { return !blank(r) })
	return spaces && (before.size() != g.size() || g.size() > 4) || strings.ContainsAny(string(gap), "\n/・")
}

// codeShape tells whether digits may be a code. A day in eight digits and a
// postal code with its hyphen are none.
func (h *hunt) codeShape(groups []group) bool {
	g := groups[0]
	switch len(groups) {
	case 1:
		return g.size() >= 4 && g.size() <= 8 && !dayShape(string(h.folded[g.from:g.to]))
	case 2:
		return g.size() == groups[1].size() && (g.size() == 3 || g.size() == 4)
	}
	spelled := !slices.ContainsFunc(groups, func(g group) bool { return g.size() != 1 }) // 1 2 3 4 5 6
	return spelled && len(groups) >= 4 && len(groups) <= 8
}

func dayShape(digits string) bool {
	return len(digits) == 8 && (digits[:3] == "202" || digits[:3] == "201") &&
		digits[4:6] >= "01" && digits[4:6] <= "12" && digits[6:] >= "01" && digits[6:] <= "31"
}

// measured tells whether a number is part of something else: a day, an amount,
// a word with digits, an address.
func (h *hunt) measured(from, to int) bool {
	before, after := h.beside(from-1), h.beside(to)
	switch {
	case strings.ContainsRune("/$¥€,%#@_+", before), strings.ContainsRune(".:", before) && digit(h.beside(from-2)):
		return true
	case strings.ContainsRune("/,.%:@_", after) && digit(h.beside(to+1)), strings.ContainsRune("%@", after):
		return true
	case strings.ContainsRune("年月日円万千億時分秒名人回件台桁本個枚社倍階号丁番%番", after):
		return true
	case latinWord(after), latinWord(before) && h.before(from, "g-") == 0:
		return true
	case before == '-' && h.before(from, "g-") == 0, after == '-':
		return true
	}
	next := to
	for next < len(h.folded) && h.folded[next] == ' ' {
		next++
	}
	for _, unit := range []string{"円", "yen", "jpy", "usd", "ドル", "dollar", "年", "文字", "時間", "people", "characters"} {
		if h.at(next, unit) {
			return true
		}
	}
	return h.before(from, "usd ")+h.before(from, "jpy ")+h.before(from, "usd")+h.before(from, "jpy") > 0
}

func (h *hunt) beside(i int) rune {
	if i < 0 || i >= len(h.folded) {
		return ' '
	}
	return h.folded[i]
}

// before is the length of the word when it stands directly before a place.
func (h *hunt) before(i int, word string) int {
	if n := len([]rune(word)); h.at(i-n, word) {
		return n
	}
	return 0
}

func latinWord(r rune) bool { return r <= unicode.MaxASCII && unicode.IsLetter(r) }

// label is a word that says what the number beside it is.
type label struct {
	from, to int
	code     bool
}

// labels are all such words of the text, in order. A longer word hides those
// within it: エラーコード is no コード.
func (h *hunt) labels() []label {
	keep, code := keepVocabulary(), codeVocabulary()
	var list []label
	for i := 0; i < len(h.folded); i++ {
		k, c := h.longest(i, keep), h.longest(i, code)
		if n := max(k, c); n > 0 {
			list = append(list, label{i, i + n, c > k})
			i += n - 1
		}
	}
	return list
}

// The vocabularies are made once: there is a look at every message.
//
//nolint:gochecknoglobals // as a regexp is none for the linter
var (
	keepVocabulary     = sync.OnceValue(func() map[rune][]string { return vocabulary(keepWords) })
	codeVocabulary     = sync.OnceValue(func() map[rune][]string { return vocabulary(codeWords) })
	passwordVocabulary = sync.OnceValue(func() map[rune][]string { return vocabulary(passwordWords) })
)

// vocabulary are words by their first letter, so that most places of a text
// are looked at once.
func vocabulary(words string) map[rune][]string {
	by := map[rune][]string{}
	for word := range strings.SplitSeq(words, "|") {
		first, _ := utf8.DecodeRuneInString(word)
		by[first] = append(by[first], word)
	}
	return by
}

// longest is the length of the longest of the words that stands at a place.
func (h *hunt) longest(i int, words map[rune][]string) int {
	best := 0
	for _, word := range words[h.folded[i]] {
		if n := utf8.RuneCountInString(word); n > best && h.at(i, word) && h.whole(i, n) {
			best = n
		}
	}
	return best
}

// whole tells whether a word in Latin letters stands alone.
func (h *hunt) whole(i, n int) bool {
	return !latinWord(h.folded[i]) && !latinWord(h.folded[i+n-1]) ||
		!(latinWord(h.folded[i]) && latinWord(h.beside(i-1))) && !(latinWord(h.folded[i+n-1]) && latinWord(h.beside(i+n)))
}

// Words for a code, and words for the numbers that are none.
const (
	codeWords = "コード|ｺｰﾄﾞ|コート\uff9e|ワンタイムパスワード|ワンタイム|暗証番号|認証番号|確認番号|otp|pin|code|passcode|2fa|mfa code|sms"
	keepWords = "エラーコード|エラー コード|エラーのコード|ステータスコード|状態コード|国コード|郵便コード|バーコード|qrコード|" +
		"ソースコード|製品コード|会社コード|顧客コード|コード番号表|プロモーションコード|クーポンコード|" +
		"error code|error codes|errorcode|status code|country code|zip code|postal code|postcode|qr code|source code|promo code|" +
		"パートナー id|パートナーid|partner id|partnerid|mpn id|mpnid|mpn|pla|pga|ロケーション|グローバル|" +
		"電話番号|電話|tel|phone|fax|法人番号|登録番号|郵便番号|〒|d-u-n-s|duns|aadsts|エラー|エラー番号|error|チケット|ticket|受付番号|問い合わせ番号|" +
		"請求書|invoice|金額|売上|年度|リクエスト id|request id|tracking"
)

// meant tells whether a number is a code: the nearest word before it decides,
// else one that is said of it, else what the reader was asked for. A word for
// other numbers counts only beside its number: a code may arrive by telephone.
func (h *hunt) meant(labels []label, from, to int, coded bool) bool {
	next, _ := slices.BinarySearchFunc(labels, from, func(l label, at int) int { return l.from - at })
	if next < len(labels) && h.named(labels[next], to) {
		return false
	}
	for i := next - 1; i >= 0 && from-labels[i].to <= labelBefore; i-- {
		switch l := labels[i]; {
		case l.to > from:
		case l.code:
			return true
		case linked(string(h.folded[l.to:from])):
			return false
		}
	}
	if next < len(labels) && labels[next].from >= to && labels[next].from-to <= labelAfter &&
		linked(string(h.folded[to:labels[next].from])) {
		return labels[next].code
	}
	return coded
}

// named tells whether a number is called something else right behind it, as in
// 1234567 のパートナー ID. What is in error may well be a code.
func (h *hunt) named(l label, to int) bool {
	if l.code || l.from < to || l.from-to > labelAfter || h.at(l.from, "エラー") || h.at(l.from, "error") {
		return false
	}
	between := strings.TrimFunc(string(h.folded[to:l.from]), blank)
	return between == "の" || between == "("
}

// linked tells whether nothing lies between a number and its word but what
// makes them one.
func linked(between string) bool {
	const links = "は|が|を|の|で|という|って|microsoft|マイクロソフト|アカウント|account|番号|認証|確認|検証|本人|届いた|送られた|(|)|「|」|:|=|#|id|is|as|your|my|the|no.|number|verification|security|one-time|login"
	for link := range strings.SplitSeq(links, "|") {
		between = strings.ReplaceAll(between, link, "")
	}
	return strings.TrimFunc(between, blank) == ""
}
