package japan

import (
	"strings"
	"unicode"
)

// englishForm takes a name such as Shirube Co., Ltd. apart and tells the
// endings that mean the same legal form, changes of punctuation first. It
// tells none when there is no English legal form.
func englishForm(text string) (name string, ends []string) {
	for i, r := range text {
		if r != ' ' && r != ',' {
			continue
		}
		name = strings.TrimRight(text[:i], " ,")
		ends = endings(bare(text[i:]))
		if name == "" || ends == nil {
			continue
		}
		if text == strings.ToUpper(text) {
			for i, e := range ends {
				ends[i] = strings.ToUpper(e)
			}
		}
		return name, ends
	}
	return "", nil
}

// bare is an ending without its spaces and punctuation.
func bare(end string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, end)
}

func endings(bare string) []string {
	switch bare {
	case "coltd", "companylimited":
		return []string{" Co.,Ltd.", " Co., Ltd.", " Co. Ltd.", " Co Ltd", " Company Limited"}
	case "ltd", "limited":
		return []string{", Ltd.", " Ltd.", " Ltd", " Limited"}
	case "inc", "incorporated":
		return []string{", Inc.", " Inc.", " Inc", " Incorporated"}
	case "corp", "corporation":
		return []string{" Corp.", " Corp", " Corporation"}
	case "kk", "kabushikikaisha":
		return []string{" K.K.", " KK", " Kabushiki Kaisha"}
	case "gk", "godokaisha":
		return []string{" G.K.", " GK", " Godo Kaisha"}
	case "llc":
		return []string{", LLC", " LLC", " L.L.C."}
	}
	return nil
}
