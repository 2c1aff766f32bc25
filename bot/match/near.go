package match

import "iter"

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

// near calls f with every place where a phrase stands with at most k slips,
// from and to, and how many there are. One of k+1 pieces must stand to the
// letter, so only what surrounds it is compared.
func (t *text) near(p phrase, k int, f func(from, to, slips int)) {
	if len(p.runes) > maxWord || !t.mayHold(p, k) {
		return
	}
	for begin, end := range cut(len(p.runes), k) {
		tries := 0
		t.each(p.piece(begin, end), func(at int) bool {
			tries++
			if from, to, slips := t.around(p.runes, begin, end, at, k); slips <= k {
				f(from, to, slips)
			}
			return tries < maxTries
		})
	}
}

// cut cuts what is so long into k+1 pieces; one of a single rune says too little.
func cut(n, k int) iter.Seq2[int, int] {
	return func(yield func(begin, end int) bool) {
		size := n / (k + 1)
		for p := 0; p <= k; p++ {
			begin, end := p*size, (p+1)*size
			if p == k {
				end = n
			}
			if end-begin > 1 && !yield(begin, end) {
				return
			}
		}
	}
}

// around is where a word stands of which a piece, from begin to end, stands to
// the letter at a place; more than k slips are not counted.
func (t *text) around(word []rune, begin, end, at, k int) (from, to, slips int) {
	left, n := distance(word[:begin], t.runes[:at], k, true)
	if n > k {
		return 0, 0, n
	}
	right, m := distance(word[end:], t.runes[at+end-begin:], k-n, false)
	return at - left, at + end - begin + right, n + m
}

// maxTries is at how many places a piece of a word is tried: a long text has
// some pieces everywhere.
const maxTries = 20

// maxWord is the longest word that is compared.
const maxWord = 96

// mayHold tells whether enough pairs of a phrase stand anywhere in the text: a
// slip spoils two at most.
func (t *text) mayHold(p phrase, k int) bool {
	missing := 0
	for _, h := range p.hashes {
		if !t.holds(h) {
			if missing++; missing > 2*k {
				return false
			}
		}
	}
	return true
}

// distance is the smallest number of slips between a word and the beginning of
// a text, and how long that is; backwards both are read from their ends. More
// than k is not counted: only what is so near to the diagonal is looked at.
func distance(word, text []rune, k int, backwards bool) (size, slips int) {
	n := len(word)
	if n == 0 {
		return 0, 0
	}
	var row [maxWord + 1]int16
	far := int16(k + 1)
	for i := range min(n, k) + 1 {
		row[i] = int16(i)
	}
	slips = min(n, k+1)
	for j := 1; j <= min(len(text), n+k); j++ {
		r := text[j-1]
		if backwards {
			r = text[len(text)-j]
		}
		low, high := max(j-k, 1), min(j+k, n)
		if high == j+k {
			row[high] = far
		}
		diagonal := row[low-1]
		row[low-1] = far
		if low == 1 {
			row[0] = int16(j)
		}
		least := row[low-1]
		for i := low; i <= high; i++ {
			w := word[i-1]
			if backwards {
				w = word[n-i]
			}
			cost := diagonal
			if w != r {
				cost++
			}
			diagonal = row[i]
			row[i] = min(cost, diagonal+1, row[i-1]+1)
			least = min(least, row[i])
		}
		if high == n && int(row[n]) < slips {
			size, slips = j, int(row[n])
		}
		if int(least) > k {
			break
		}
	}
	return size, slips
}
