package match

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

func (m *Matcher) learn(c concept) {
	id := len(m.ids)
	if _, twice := m.ids[c.name]; twice {
		m.fault(conceptsFile, c.line, "the concept "+c.name+" is there twice", "join them")
		return
	}
	m.ids[c.name] = id
	for _, w := range c.words {
		stem, denied := strings.CutSuffix(w, "~")
		if !denied {
			m.spell(c, id, w, "")
			continue
		}
		for _, n := range negatives {
			m.spell(c, id, stem, n)
		}
		if r, _ := utf8.DecodeLastRuneInString(stem); strings.ContainsRune("らかさたなまわばがせえめけれべ", r) {
			m.spell(c, id, stem, "ん")
		}
	}
}

// spell adds one spelling of a concept.
func (m *Matcher) spell(c concept, id int, stem, tail string) {
	runes := fold(stem + tail)
	if len(runes) < 2 {
		m.fault(conceptsFile, c.line, fmt.Sprintf("%q of %s is too short to be told apart", stem, c.name), "write more of it")
		return
	}
	for _, n := range negatives[:7] {
		if strings.HasSuffix(stem, n) {
			tail = n
		}
	}
	w := word{runes: runes, concept: id, slips: slips(runes), tail: len(fold(tail))}
	kind := oneScript(stem + tail)
	if len(runes) < 4 && (kind == hiragana || kind == katakana) {
		w.script = kind
	}
	w.apart = kind == katakana || kind == kanji
	if contains(runes, '@') {
		w.slips = 0 // contact@ is no contact
	}
	m.words = append(m.words, w)
}

// oneScript is what all of a word is written in; other when it is mixed.
func oneScript(s string) script {
	kind := other
	for _, r := range s {
		switch one := scriptOf(r); {
		case r == 'ー':
		case kind == other:
			kind = one
		case kind != one:
			return other
		}
	}
	return kind
}

// stiffen takes the slips away that a concept's words may have.
func (m *Matcher) stiffen(concept int) {
	for i := range m.words {
		if m.words[i].concept == concept {
			m.words[i].slips = 0
		}
	}
}
