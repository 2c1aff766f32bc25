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
	if len(word) > maxWord || !t.mayHold(word, k) {
		return
	}
	size := len(word) / (k + 1)
	for p := 0; p <= k; p++ {
		begin, end := p*size, (p+1)*size
		if p == k {
			end = len(word)
		}
		if end-begin < 2 {
			continue
		}
		tries := 0
		t.each(word[begin:end], func(at int) {
			if tries++; tries > maxTries {
				return
			}
			left, n := distance(word[:begin], t.runes[:at], k, true)
			if n > k {
				return
			}
			right, m := distance(word[end:], t.runes[at+end-begin:], k-n, false)
			if n+m <= k {
				f(at-left, at+end-begin+right, n+m)
			}
		})
	}
}

// maxTries is at how many places a piece of a word is tried: a long text has
// some pieces everywhere.
const maxTries = 20

// maxWord is the longest word that is compared.
const maxWord = 96

// mayHold tells whether enough pairs of the word stand anywhere in the text: a
// slip spoils two at most.
func (t *text) mayHold(word []rune, k int) bool {
	missing := 0
	for i := 0; i+1 < len(word); i++ {
		if t.head[hash(word[i], word[i+1])] == 0 {
			if missing++; missing > 2*k {
				return false
			}
		}
	}
	return true
}

// distance is the smallest number of slips between a word and the beginning of
// a text, and how long that is; backwards both are read from their ends. More
// than k is not counted.
func distance(word, text []rune, k int, backwards bool) (size, slips int) {
	n := len(word)
	if n == 0 {
		return 0, 0
	}
	room := min(len(text), n+k)
	var row [maxWord + 1]int16
	for i := 0; i <= n; i++ {
		row[i] = int16(i)
	}
	slips = int(row[n])
	for j := range room {
		r := text[j]
		if backwards {
			r = text[len(text)-1-j]
		}
		diagonal := row[0]
		row[0] = int16(j + 1)
		least := row[0]
		for i := range n {
			w := word[i]
			if backwards {
				w = word[n-1-i]
			}
			cost := diagonal
			if w != r {
				cost++
			}
			diagonal = row[i+1]
			row[i+1] = min(cost, diagonal+1, row[i]+1)
			least = min(least, row[i+1])
		}
		if int(row[n]) < slips {
			size, slips = j+1, int(row[n])
		}
		if int(least) > k {
			break
		}
	}
	return size, slips
}
