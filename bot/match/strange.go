package match

// strangers finds where a word of ours is about something else: a noun that
// nothing here knows stands before it or after it, as in ビザの審査 or
// アンケートの謝礼. It tells the places of those nouns.
func (m *Matcher) strangers(t *text, hits []hit) []int {
	var covered []bool
	var places []int
	for _, h := range hits {
		if !m.topics.has(h.concept) {
			continue
		}
		if covered == nil {
			covered = make([]bool, len(t.runes))
			for _, by := range hits {
				for i := by.from; i < by.to; i++ {
					covered[i] = true
				}
			}
		}
		if at, found := t.nounBefore(covered, h.from); found {
			places = append(places, at)
		}
		if at, found := t.nounAfter(covered, h.to); found {
			places = append(places, at)
		}
	}
	return places
}

// nounBefore is a noun of two runes or more that nothing covers, before a place
// or before a の there.
func (t *text) nounBefore(covered []bool, from int) (at int, found bool) {
	end := from - 1
	if end > 0 && t.runes[end] == 'の' && t.script[end] == hiragana && !covered[end] {
		end--
	} else if end < 0 || !t.noun(end) || !t.noun(from) || t.script[end] == katakana && t.script[from] == katakana {
		return 0, false
	}
	at = end
	for at >= 0 && t.part[at] == t.part[from] && t.noun(at) && t.script[at] == t.script[end] && !covered[at] {
		at--
	}
	return at + 1, end-at > 1 && (at < 0 || !covered[at] || t.script[at] != t.script[end])
}

// nounAfter is the same after a place and a の.
func (t *text) nounAfter(covered []bool, to int) (at int, found bool) {
	if to+2 >= len(t.runes) || t.runes[to] != 'の' || t.part[to+1] != t.part[to] {
		return 0, false
	}
	at = to + 1
	end := at
	for end < len(t.runes) && t.part[end] == t.part[to] && t.noun(end) && t.script[end] == t.script[at] && !covered[end] {
		end++
	}
	return at, end-at > 1 && (end == len(t.runes) || !covered[end])
}

func (t *text) noun(i int) bool { return t.script[i] == kanji || t.script[i] == katakana }
