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
	if len(p.runes) > maxWord || len(p.runes) > len(t.runes)+k || !t.mayHold(p, k) {
		return
	}
	for begin, end := range cut(len(p.runes), k) {
		tries := 0
		t.each(p.piece(begin, end), func(at int) bool {
			tries++
			if from, to, slips := t.around(p, begin, end, at, k); slips <= k {
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

// around is where a phrase stands of which a piece, from begin to end, stands to
// the letter at a place; more than k slips are not counted.
func (t *text) around(p phrase, begin, end, at, k int) (from, to, slips int) {
	left, n := distance(p.mirrored[len(p.runes)-begin:], t.mirrored[len(t.runes)-at:], k)
	if n > k {
		return 0, 0, n
	}
	right, m := distance(p.runes[end:], t.runes[at+end-begin:], k-n)
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
// a text, and how long that is. More than k is not counted. Where the two differ
// first, a rune is left out, another, or one too many.
func distance(word, text []rune, k int) (size, slips int) {
	same := 0
	for same < len(word) && same < len(text) && word[same] == text[same] {
		same++
	}
	word, text = word[same:], text[same:]
	switch {
	case len(word) == 0:
		return same, 0
	case k == 0:
		return same, 1
	case k > few:
		size, slips = slipTable(word, text, k)
		return same + size, slips
	case k == 1:
		size, slips = oneSlip(word, text)
		return same + size, slips
	}
	size, slips = distance(word[1:], text, k-1)
	if len(text) > 0 {
		if n, m := distance(word[1:], text[1:], k-1); m < slips || m == slips && n+1 < size {
			size, slips = n+1, m
		}
		if n, m := distance(word, text[1:], k-1); m < slips || m == slips && n+1 < size {
			size, slips = n+1, m
		}
	}
	return same + size, slips + 1
}

// oneSlip is distance for a single slip at the beginning; two are any more.
func oneSlip(word, text []rune) (size, slips int) {
	switch n := len(word); {
	case begins(text, word[1:]):
		return n - 1, 1
	case len(text) == 0:
	case begins(text[1:], word[1:]):
		return n, 1
	case begins(text[1:], word):
		return n + 1, 1
	}
	return 0, 2
}

func begins(text, word []rune) bool {
	return len(text) >= len(word) && equal(text[:len(word)], word)
}

// few is for how many slips it is quicker to try each than to fill a table.
const few = 2

// slipTable is distance for more slips. Only what is so near to the diagonal is
// looked at.
func slipTable(word, text []rune, k int) (size, slips int) {
	n := len(word)
	var row [maxWord + 1]int16
	far := int16(k + 1)
	for i := range min(n, k) + 1 {
		row[i] = int16(i)
	}
	slips = n
	for j := 1; j <= min(len(text), n+k); j++ {
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
			cost := diagonal
			if word[i-1] != text[j-1] {
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
