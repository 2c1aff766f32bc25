package japan

import "strings"

// Bare takes a value out of the polite sentence people answer with, so that
// 会社名は株式会社しるべ商事です is the company and no です gets into a form. A text
// that does not end like such a sentence stays to the letter.
func Bare(text string) string {
	for {
		said, polite := withoutEnding(text)
		if !polite {
			return text
		}
		text = withoutTopic(said)
	}
}

func withoutEnding(text string) (said string, polite bool) {
	said = strings.TrimRightFunc(text, func(r rune) bool { return blank(r) || r == '。' || r == '．' })
	for _, ending := range []string{"です", "でございます", "になります", "と申します", "といいます", "と言います"} {
		if before, ok := strings.CutSuffix(said, ending); ok {
			before = strings.TrimFunc(before, blank)
			return before, before != ""
		}
	}
	return text, false
}

// withoutTopic drops what the value is about: 住所は.
func withoutTopic(said string) string {
	for _, topic := range []string{
		"会社名", "社名", "弊社", "当社", "名前", "氏名", "担当者", "担当", "第一連絡先", "住所", "所在地",
		"郵便番号", "電話番号", "電話", "メールアドレス", "メール", "アドレス", "ホームページ", "URL",
	} {
		if value, ok := strings.CutPrefix(said, topic+"は"); ok {
			if value = strings.TrimFunc(value, func(r rune) bool { return blank(r) || r == '、' }); value != "" {
				return value
			}
		}
	}
	return said
}
