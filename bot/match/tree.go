package match

// tree finds all words that begin at a place in one walk: every prefix of a word
// is a node, and a step from node to node is one look into a table.
type tree struct {
	keys []uint64  // node and rune, and one more; 0 is free
	next []int32   // the node behind the key at the same place
	ends [][]int32 // of each node: the words that end there
}

// plant makes the tree of words.
func plant(words []word) *tree {
	size, runes := 1024, 0
	for i := range words {
		runes += len(words[i].runes)
	}
	for size < runes+runes/4 { // no more than four fifths are taken
		size *= 2
	}
	d := &tree{keys: make([]uint64, size), next: make([]int32, size), ends: make([][]int32, 1)}
	for i := range words {
		node := int32(0)
		for _, r := range words[i].runes {
			node = d.grow(node, r)
		}
		d.ends[node] = append(d.ends[node], int32(i))
	}
	return d
}

// place is where the key of a step stands, or the free place for it.
func (d *tree) place(node int32, r rune) (at, key uint64) {
	key = uint64(node)<<21 | uint64(r) + 1
	mask := uint64(len(d.keys) - 1)
	for at = key * 0x9e3779b97f4a7c15 >> 32 & mask; d.keys[at] != 0 && d.keys[at] != key; at = (at + 1) & mask {
	}
	return at, key
}

func (d *tree) grow(node int32, r rune) int32 {
	at, key := d.place(node, r)
	if d.keys[at] == 0 {
		d.keys[at], d.next[at] = key, int32(len(d.ends))
		d.ends = append(d.ends, nil)
	}
	return d.next[at]
}

// walk calls f with every word that stands at the beginning of the runes, and
// its length.
func (d *tree) walk(runes []rune, f func(word int32, size int)) {
	node := int32(0)
	for i, r := range runes {
		at, _ := d.place(node, r)
		if d.keys[at] == 0 {
			return
		}
		node = d.next[at]
		for _, w := range d.ends[node] {
			f(w, i+1)
		}
	}
}
