package japan

import (
	"strings"
	"unicode"
)

// passwords finds what follows a word for a password, on its line or the next.
func (h *hunt) passwords() {
	words := passwordVocabulary()
	for i := 0; i < len(h.folded); i++ {
		n := h.longest(i, words)
		if n == 0 {
			continue
		}
		end := i + n
		if from, to, ok := h.valueAfter(end); ok {
			end = h.password(from, to)
		} else if from, to, ok := h.valueBefore(i); ok {
			h.password(from, to)
		} else if from, to, ok := h.remark(end); ok {
			end = h.password(from, to)
		}
		i = end - 1
	}
}

// password notes a password, and the one it was changed to. A code that was found
// in it does not keep the rest of it. It returns where to look further.
func (h *hunt) password(from, to int) (end int) {
	if !h.within(from, to) {
		h.spans = append(h.spans, span{from, to, SecretPassword})
	}
	i := h.past(to)
	for _, link := range []string{"から", "->", "=>", "→", "⇒"} {
		if !h.at(i, link) {
			continue
		}
		i = h.past(i + len([]rune(link)))
		if next := h.token(i, told); h.secretish(i, next) {
			return h.password(i, next)
		}
	}
	return max(to, from+1)
}

// past is the place behind the spaces at a place.
func (h *hunt) past(i int) int {
	for i < len(h.folded) && h.folded[i] == ' ' {
		i++
	}
	return i
}

// remark is a password in the brackets behind its word: パスワード（Abc123!）.
func (h *hunt) remark(i int) (from, to int, ok bool) {
	end := h.skipRemark(i)
	if i = h.past(i); end == i {
		return 0, 0, false
	}
	return i + 1, end - 1, h.secretish(i+1, end-1) && !h.counted(i+1, end-1)
}

// Words for a password, half-width kana included.
const passwordWords = "パスワード|ハ\uff9fスワート\uff9e|ハ\uff9fスワード|ぱすわーど|パスワ|パス|合言葉|パスコード|password|passwort|passwd|passphrase|passcode|pass|pswd|pwd|pw|p/w|" +
	"クライアントシークレット|クライアント シークレット|シークレットの値|apiキー|api キー|アクセストークン|アクセス トークン|" +
	"回復コード|回復キー|リカバリーコード|リカバリー コード|recovery code|recovery key"

// How sure it is that a value follows.
const (
	unsaid = iota // a space or a new line only
	told          // は, is
	marked        // a colon, an equals sign, quotes
)

// valueAfter is the place of a password after its word.
func (h *hunt) valueAfter(i int) (from, to int, ok bool) {
	i = h.skipRemark(i)
	sure, line := unsaid, false
	for i < len(h.folded) {
		switch r := h.folded[i]; {
		case r == '\n':
			line = true
		case blank(r):
		case strings.ContainsRune(":=>→⇒：", r) || r == '-' && (blank(h.beside(i+1)) || h.beside(i+1) == '>'):
			sure = marked
		case strings.ContainsRune("はがもを", r) && sure < marked:
			sure = told
		case h.lead(i) > 0:
			sure = max(sure, told)
			i += h.lead(i) - 1
		case h.quote(i) > 0:
			to = h.quote(i)
			return i + 1, to, to > i+1 && (sure > unsaid || h.secretish(i+1, to))
		default:
			to = h.token(i, sure)
			if to > i && h.believed(i, to, sure, line) {
				return i, h.phrase(to, sure), true
			}
			return h.sentenced(i)
		}
		i++
	}
	return 0, 0, false
}

// lead is the length of the words between a password's word and its value.
func (h *hunt) lead(i int) int {
	best := 0
	for word := range strings.SplitSeq("is |was |to |'s |’s |set to |、|,|ですが|以下です。|以下です|以下の通りです|以下のとおりです|以下の通り|以下のとおり|次の通りです|次のとおりです|次の通り|次のとおり|こちらです。|こちらです|これです|として", "|") {
		if n := len([]rune(word)); n > best && h.at(i, word) {
			best = n
		}
	}
	return best
}

// phrase is the end of a password of several words: behind a colon the rest of
// a line in Latin letters, else what です follows.
func (h *hunt) phrase(to, sure int) int {
	end, words := to, 0
	for end < len(h.folded) && words < 8 && h.folded[end] == ' ' && h.beside(end+1) > ' ' && h.beside(end+1) <= unicode.MaxASCII {
		next := end + 1
		for next < len(h.folded) && h.folded[next] > ' ' && h.folded[next] <= unicode.MaxASCII {
			next++
		}
		if strings.ContainsAny(string(h.folded[end:next]), ":=@") {
			break
		}
		end = next
		words++
	}
	ends := end >= len(h.folded) || h.folded[end] == '\n'
	if sure == marked && ends || h.at(end, "です") {
		return end
	}
	return to
}

// sentenced looks further along the sentence, in English, for a word that can
// only be the password.
func (h *hunt) sentenced(i int) (from, to int, ok bool) {
	const words, longest = 6, 128
	for range words {
		for i < len(h.folded) && h.folded[i] == ' ' {
			i++
		}
		to = i
		for to < len(h.folded) && h.folded[to] > ' ' && h.folded[to] <= unicode.MaxASCII {
			to++
		}
		value := string(h.folded[i:to])
		switch {
		case to == i || to-i > longest || strings.Contains(value, "://"):
			return 0, 0, false
		case h.secretish(i, to) && !hasAnyPrefix(value, "microsoft", "office", "windows") && strings.ContainsFunc(value, latinWord):
			return i, to, true
		}
		i = to
	}
	return 0, 0, false
}

// skipRemark passes over （仮） or (new) behind the word.
func (h *hunt) skipRemark(i int) int {
	const longest = 24
	i = h.past(i)
	if h.beside(i) != '(' {
		return i
	}
	for j := i; j < len(h.folded) && j < i+longest; j++ {
		if h.folded[j] == ')' {
			return j + 1
		}
	}
	return i
}

// quote is the end of what stands in quotes at a place, 0 when nothing does.
func (h *hunt) quote(i int) int {
	const longest = 64
	for pair := range strings.FieldsSeq(`「」 『』 "" '' “” ‘’ 【】 [] ` + "``") {
		marks := []rune(pair)
		if h.runes[i] != marks[0] && h.folded[i] != marks[0] {
			continue
		}
		for j := i + 1; j < len(h.folded) && j <= i+longest; j++ {
			if h.runes[j] == marks[1] || h.folded[j] == marks[1] {
				return j
			}
		}
	}
	return 0
}

// token is the end of the value at a place: printable ASCII; after a colon
// Japanese too, unless it reads like something said.
func (h *hunt) token(i, sure int) int {
	to := i
	for to < len(h.folded) && h.folded[to] > ' ' && h.folded[to] <= unicode.MaxASCII {
		to++
	}
	if to > i || sure < marked {
		return h.trimmed(i, to)
	}
	for to < len(h.folded) && !blank(h.folded[to]) && !strings.ContainsRune("。、「」●", h.folded[to]) {
		to++
	}
	said := string(h.folded[i:to])
	for _, word := range []string{"忘", "再", "設定", "変更", "入力", "リセット", "不明", "なし", "必要", "わか", "分か", "ない", "ませ", "です", "ください", "?"} {
		if strings.Contains(said, word) {
			return i
		}
	}
	return to
}

// trimmed leaves out the mark that ends a sentence, which is no password.
func (h *hunt) trimmed(i, to int) int {
	for to > i+1 && strings.ContainsRune(",)]", h.folded[to-1]) {
		to--
	}
	return to
}
