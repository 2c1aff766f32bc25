package match

// slips is how many typing errors a word of this length may have.
func slips(word []rune) int {
	n := len(word)
	if word[0] < 0x80 {
		n -= 2 // letters say less than kana
	}
	switch {
	case n == 4 && allKanji(word):
		return 1
	case n < 6:
		return 0
	case n < 9:
		return 1
	case n < 16:
		return 2
	}
	return n / 6
}

func allKanji(word []rune) bool {
	for _, r := range word {
		if scriptOf(r) != kanji {
			return false
		}
	}
	return true
}

// near calls f with every place where the word stands with at most k slips,
// from and to, and how many there are. One of k+1 pieces must stand to the
// letter, so only what surrounds it is compared.
func (t *text) near(word []rune, k int, f func(from, to, slips int)) {
	size := len(word) / (k + 1)
	for p := 0; p <= k; p++ {
		begin, end := p*size, (p+1)*size
		if p == k {
			end = len(word)
		}
		if end-begin < 2 {
			continue
		}
		done := -1
		t.each(word[begin:end], func(at int) {
			if at == done {
				return
			}
			done = at
			left, n := t.before(word[:begin], at, k)
			right, m := t.after(word[end:], at+end-begin, k-n)
			if n+m <= k {
				f(left, right, n+m)
			}
		})
	}
}

// after compares a word with what begins at a place: the best end, and how many
// slips it has; more than k when there is none.
func (t *text) after(word []rune, at, k int) (end, slips int) {
	stop := min(len(t.runes), at+len(word)+max(k, 0))
	return distance(len(word), stop-at, k, func(i, j int) bool { return word[i] == t.runes[at+j] }, func(j int) int { return at + j })
}

// before is after, read backwards from a place.
func (t *text) before(word []rune, at, k int) (begin, slips int) {
	room := min(at, len(word)+k)
	last := len(word) - 1
	return distance(len(word), room, k, func(i, j int) bool { return word[last-i] == t.runes[at-1-j] }, func(j int) int { return at - j })
}

// distance is the smallest number of slips between a word of n runes and a
// beginning of what follows, and where that ends.
func distance(n, room, k int, same func(i, j int) bool, place func(j int) int) (at, slips int) {
	if n == 0 {
		return place(0), 0
	}
	if k < 0 {
		return place(0), 1 << 20
	}
	var buffer [80]int
	row := append(buffer[:0], make([]int, 0, n+1)...)
	for i := 0; i <= n; i++ {
		row = append(row, i)
	}
	at, slips = place(0), row[n]
	for j := range room {
		diagonal := row[0]
		row[0] = j + 1
		for i := range n {
			cost := diagonal
			if !same(i, j) {
				cost++
			}
			diagonal = row[i+1]
			row[i+1] = min(cost, diagonal+1, row[i]+1)
		}
		if row[n] < slips {
			at, slips = place(j+1), row[n]
		}
	}
	return at, slips
}
