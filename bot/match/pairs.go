package match

// pairs finds where two runes stand beside each other in a text.
type pairs struct {
	head *[4096]int32 // one more than the newest place of a pair with this hash
	next []int32      // the place before it
}

func hash(a, b rune) uint32 { return (uint32(a)*2654435761 ^ uint32(b)*40503) >> 7 & 4095 }

func (t *text) index() {
	t.head, t.next = new([4096]int32), make([]int32, len(t.runes))
	for i := 0; i+1 < len(t.runes); i++ {
		h := hash(t.runes[i], t.runes[i+1])
		t.next[i] = t.head[h]
		t.head[h] = int32(i + 1)
	}
}

// each calls f with every place where the word stands to the letter.
func (t *text) each(word []rune, f func(at int)) {
	for i := int(t.head[hash(word[0], word[1])]) - 1; i >= 0; i = int(t.next[i]) - 1 {
		if i+len(word) <= len(t.runes) && equal(t.runes[i:i+len(word)], word) {
			f(i)
		}
	}
}

func equal(a, b []rune) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
