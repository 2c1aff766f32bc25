package match

// hit is a concept at a place of a text.
type hit struct {
	concept  int
	from, to int
}

// spot finds the concepts of a text.
func (m *Matcher) spot(t *text) []hit {
	hits := t.hits[:0]
	t.found = room(t.found, len(m.words))
	m.loose.sight(&t.seen)
	for at := range t.runes {
		m.tree.walk(t.runes[at:], func(i int32, size int) {
			if piece := int(i) - len(m.words); piece >= 0 {
				m.loose.see(&t.seen, piece, at)
				return
			}
			if !t.edge[at] {
				return
			}
			if w := &m.words[i]; t.whole(at, at+size) && t.written(w, at) && t.together(at, at+size) {
				hits = append(hits, hit{w.concept, at, at + size})
				t.found[i] = true
			}
		})
	}
	m.loosely(t, func(w *word, from, to int) {
		if t.whole(from, to) && t.resembles(w, from, to) {
			hits = append(hits, hit{w.concept, from, to})
		}
	})
	t.hits = hits
	return m.unasked(t, m.negated(t, m.unmasked(t, hits)))
}

// together tells whether a place is in one part of the text; a long word may be
// broken by a line's end, a short one is two words.
func (t *text) together(from, to int) bool {
	return t.part[from] == t.part[to-1] || to-from > 4
}

// unasked takes the question out of what a clerk adds to a trouble: what to do
// about it is no question of its own.
func (m *Matcher) unasked(t *text, hits []hit) []hit {
	advice := t.masks[:0]
	trouble := false
	for _, h := range hits {
		if h.concept == m.advice {
			advice = append(advice, h)
		}
		trouble = trouble || m.told.has(h.concept)
	}
	t.masks = advice
	if !trouble || len(advice) == 0 {
		return hits
	}
	left := hits[:0]
	for _, h := range hits {
		if !m.asking.has(h.concept) || !hiddenBy(h, advice) {
			left = append(left, h)
		}
	}
	for _, h := range advice {
		t.asks[t.part[h.from]] = false
	}
	return left
}

func hiddenBy(h hit, masks []hit) bool {
	for _, by := range masks {
		if by.from <= h.to && h.from <= by.to {
			return true
		}
	}
	return false
}

// written tells whether a short word stands in its own kana: カード is no かど of
// 本人かどうか, which has no katakana at all.
func (t *text) written(w *word, at int) bool {
	end := at + len(w.runes)
	if w.apart && (at > 0 && t.script[at-1] == t.script[at] || end < len(t.runes) && t.script[end] == t.script[end-1] && t.script[at] != kanji) {
		return false // 銀行口座 is about a 銀行, 画面接続 is about no 面接
	}
	if w.script == other || !t.mixed && (w.script == hiragana || !t.kanji) {
		return true
	}
	return t.script[at] == w.script && t.script[at+len(w.runes)-1] == w.script
}

// resembles tells whether what has slips may still be the word: a denial stays
// one, and a short word keeps its kanji and its first letter.
func (t *text) resembles(w *word, from, to int) bool {
	n := len(w.runes)
	if to-from < w.tail || !equal(t.runes[to-w.tail:to], w.runes[n-w.tail:]) {
		return false
	}
	if w.runes[0] < 0x80 {
		return t.runes[from] == w.runes[0]
	}
	if stem := n - w.tail; w.tail > 0 && stem <= shortStem && !equal(t.runes[from:from+min(2, stem, to-from)], w.runes[:min(2, stem)]) {
		return false // 使っていません is no 使えていません
	}
	if t.runes[from] != w.runes[0] && t.runes[to-1] != w.runes[n-1] {
		return false
	}
	if n > 6 {
		return true
	}
	kana := false
	for _, r := range w.runes {
		kana = kana || scriptOf(r) != kanji
	}
	if !kana {
		return true
	}
	for _, r := range w.runes {
		if scriptOf(r) == kanji && !contains(t.runes[from:to], r) {
			return false
		}
	}
	return true
}

// shortStem is how long what is denied may be to have no slip at its beginning:
// nearly all of such a word is the denial.
const shortStem = 2

func contains(runes []rune, r rune) bool {
	for _, one := range runes {
		if one == r {
			return true
		}
	}
	return false
}

// whole tells whether words, not parts of them, stand at a place; an ending may
// be left over.
func (t *text) whole(from, to int) bool {
	if from >= to || !t.edge[from] {
		return false
	}
	if t.runes[to-1] >= 0x80 {
		return true
	}
	begun := to - 1
	for !t.edge[begun] {
		begun--
	}
	for rest := 0; rest <= 6; rest++ {
		if t.edge[to] {
			return rest == 0 || to-rest-begun >= minStem && (rest < 4 && to-rest-from >= 5 || to-rest-from >= 6)
		}
		to++
	}
	return false
}

// minStem is how much of the last word must stand there for an ending to be left
// over: "I noted" is not in "I note down".
const minStem = 3

// unmasked leaves out what is only part of a masking concept's words: there is
// no problem in 問題ありません.
func (m *Matcher) unmasked(t *text, hits []hit) []hit {
	masks := t.masks[:0]
	for _, h := range hits {
		if m.masks.has(h.concept) {
			masks = append(masks, h)
		}
	}
	t.masks = masks
	left := t.left[:0]
	for _, h := range hits {
		if !hidden(h, masks) && (h.concept != m.solved || !m.doubted(h, hits)) {
			left = append(left, h)
		}
	}
	t.left = left
	return left
}

// doubted tells whether words that say that all is well are part of others
// that do not: 解決しました of 解決しましたか.
func (m *Matcher) doubted(h hit, hits []hit) bool {
	for _, by := range hits {
		if by.concept == m.unsolved && by.from <= h.to && h.from <= by.to {
			return true
		}
	}
	return false
}

func hidden(h hit, masks []hit) bool {
	for _, by := range masks {
		if by.concept != h.concept && by.from <= h.from && h.to <= by.to && by.to-by.from > h.to-h.from {
			return true
		}
	}
	return false
}
