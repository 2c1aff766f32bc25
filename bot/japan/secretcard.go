package japan

import "slices"

// cards finds numbers of 13 to 19 digits that pass Luhn's test, written as
// cards are: in one, or in groups as on the card.
func (h *hunt) cards() {
	for i := 0; i < len(h.groups); i++ {
		if end := h.card(i); end > 0 {
			from, to := h.groups[i].from, h.groups[end-1].to
			h.add(from, to, SecretCard)
			i = end - 1
		}
	}
	for i := range h.folded {
		if len(h.groups) == 0 || h.folded[i] != 'c' && h.folded[i] != 's' && h.folded[i] != 'セ' {
			continue
		}
		for _, word := range []string{"cvc2", "cvv2", "cvc", "cvv", "セキュリティコード", "セキュリティ コード", "security code"} {
			if h.at(i, word) {
				h.verifier(i + len([]rune(word)))
			}
		}
	}
}

// card is the index behind the last group of the longest card that begins at
// group i; 0 when there is none.
func (h *hunt) card(i int) (end int) {
	var digits []rune
	var sizes []int
	for j := i; j < len(h.groups) && (j == i || h.groups[j].joined); j++ {
		g := h.groups[j]
		digits = append(digits, h.folded[g.from:g.to]...)
		sizes = append(sizes, g.size())
		if len(digits) > 19 {
			break
		}
		if cardShape(sizes) && luhn(digits) && !corporate(string(digits)) {
			end = j + 1
		}
	}
	return end
}

// cardShape tells whether digits are grouped as on cards: 16 to 19 in fours,
// 4-6-5 and 4-6-4, 6 and the rest, or typed in some even rhythm. Two Partner
// IDs side by side are not.
func cardShape(sizes []int) bool {
	total := 0
	for _, n := range sizes {
		total += n
	}
	last := sizes[len(sizes)-1]
	switch {
	case total < 13 || total > 19:
		return false
	case len(sizes) == 1:
		return true
	case len(sizes) == 2:
		return sizes[0] == 4 || sizes[0] == 6 && total != 13
	case len(sizes) == 3 && sizes[0] == 4 && sizes[1] == 6:
		return last == 5 || last == 4
	case len(sizes) == 4 && total == 13:
		return sizes[0] == 4 && (last == 3 || last == 1)
	}
	for _, n := range sizes[:len(sizes)-1] {
		if n != sizes[0] || n > 5 || last > n {
			return false
		}
	}
	return true
}

// luhn is the test of ISO/IEC 7812-1, annex B. Nothing but zeros is no card.
func luhn(digits []rune) bool {
	sum := 0
	for i, r := range digits {
		n := int(r - '0')
		if (len(digits)-i)%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum > 0 && sum%10 == 0
}

// verifier masks the three or four digits printed on a card's back.
func (h *hunt) verifier(from int) {
	const near = 8
	i, _ := slices.BinarySearchFunc(h.groups, from, func(g group, at int) int { return g.from - at })
	if i < len(h.groups) && h.groups[i].from < from+near {
		if g := h.groups[i]; g.size() == 3 || g.size() == 4 {
			h.add(g.from, g.to, SecretCode)
		}
	}
}
