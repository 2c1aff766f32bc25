package match

import "strings"

// syllables are the spellings of kana in Latin letters, Hepburn and others.
//
//nolint:gochecknoglobals // a table
var syllables = table(`a あ i い u う e え o お ka か ki き ku く ke け ko こ sa さ shi し si し su す se せ so そ
ta た chi ち ti ち tsu つ tu つ te て to と na な ni に nu ぬ ne ね no の ha は hi ひ fu ふ hu ふ he へ ho ほ
ma ま mi み mu む me め mo も ya や yu ゆ yo よ ra ら ri り ru る re れ ro ろ wa わ wo を n ん
ga が gi ぎ gu ぐ ge げ go ご za ざ ji じ zi じ zu ず ze ぜ zo ぞ da だ di ぢ du づ de で do ど
ba ば bi び bu ぶ be べ bo ぼ pa ぱ pi ぴ pu ぷ pe ぺ po ぽ va ば vi び vu ぶ ve べ vo ぼ
kya きゃ kyu きゅ kyo きょ sha しゃ shu しゅ sho しょ sya しゃ syu しゅ syo しょ cha ちゃ chu ちゅ cho ちょ tya ちゃ tyu ちゅ tyo ちょ
nya にゃ nyu にゅ nyo にょ hya ひゃ hyu ひゅ hyo ひょ mya みゃ myu みゅ myo みょ rya りゃ ryu りゅ ryo りょ
gya ぎゃ gyu ぎゅ gyo ぎょ ja じゃ ju じゅ jo じょ jya じゃ jyu じゅ jyo じょ zya じゃ zyu じゅ zyo じょ bya びゃ byu びゅ byo びょ pya ぴゃ pyu ぴゅ pyo ぴょ
fa ふぁ fi ふぃ fe ふぇ fo ふぉ che ちぇ je じぇ she しぇ thi てぃ dhi でぃ wi うぃ we うぇ`)

func table(pairs string) map[string]string {
	words := strings.Fields(pairs)
	m := make(map[string]string, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		m[words[i]] = words[i+1]
	}
	return m
}

// kana writes Japanese in Latin letters in kana. Words that cannot be Japanese
// stay; false when hardly any can.
func kana(s string) (string, bool) {
	var out strings.Builder
	out.Grow(2 * len(s))
	read, all := 0, 0
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '　' || r == '\t' }) {
		written := word
		word = strings.ToLower(word)
		letters := bare(word)
		all += len(letters)
		if spelt, ok := spell(letters); ok && strings.ToUpper(written) != written {
			read += len(letters)
			out.WriteString(strings.Replace(word, letters, spelt, 1))
			continue
		}
		out.WriteByte(' ')
		out.WriteString(word)
		out.WriteByte(' ')
	}
	return out.String(), read*2 > all && read > 5
}

// vowels takes the length off vowels.
//
//nolint:gochecknoglobals // a table
var vowels = strings.NewReplacer("-", "", "ā", "a", "ī", "i", "ū", "u", "ē", "e", "ō", "o",
	"aa", "a", "ii", "i", "uu", "u", "ee", "e", "oo", "o")

// latinOnly tells whether a text is nearly all in Latin letters.
func latinOnly(s string) bool {
	latin, others := 0, 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			latin++
		case r >= 0x80:
			others++
		}
	}
	return latin > 6*others
}

// bare is a word without the signs around it.
func bare(word string) string {
	if n := len(word); isLetter(word[0]) && isLetter(word[n-1]) {
		return word
	}
	return strings.Trim(word, ".,!?:;()\"'「」\n")
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' }

// spell reads one word; doubled consonants are っ.
func spell(word string) (string, bool) {
	if n := len(word); n == 0 || isLetter(word[n-1]) && !strings.Contains("aiueon", word[n-1:]) {
		return "", false // no syllable ends so
	}
	var out strings.Builder
	word = vowels.Replace(word)
	for word != "" {
		n := min(3, len(word))
		for n > 0 && syllables[word[:n]] == "" {
			n--
		}
		switch {
		case n > 0:
			out.WriteString(syllables[word[:n]])
			word = word[n:]
		case len(word) > 1 && (word[0] == word[1] || strings.HasPrefix(word, "tch")) && word[0] > ' ' && word[0] < 0x80:
			out.WriteString("っ")
			word = word[1:]
		case strings.HasPrefix(word, "mb"), strings.HasPrefix(word, "mp"), strings.HasPrefix(word, "mm"):
			out.WriteString("ん")
			word = word[1:]
		default:
			return "", false
		}
	}
	return out.String(), out.Len() > 0
}
