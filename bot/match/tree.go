package match

// tree finds all words that begin at a place in one walk: every prefix of a word
// is a node, and a step from node to node is one look into a table.
type tree struct {
	steps []step
	nodes int32
	ends  [][]int32 // the words that end at a node
}

// step leads from a node to the next.
type step struct {
	key  uint64 // node and rune, and one more; 0 is free
	next int32
	ends int32 // which words end there, plus one; 0 is none
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
	d := &tree{steps: make([]step, size), nodes: 1}
	for i := range words {
		last := &step{}
		for _, r := range words[i].runes {
			last = d.grow(last.next, r)
		}
		if last.ends == 0 {
			d.ends = append(d.ends, nil)
			last.ends = int32(len(d.ends))
		}
		d.ends[last.ends-1] = append(d.ends[last.ends-1], int32(i))
	}
	return d
}

// at is the step from a node with a rune, or the free place for it.
func (d *tree) at(node int32, r rune) (at *step, key uint64) {
	key = uint64(node)<<21 | uint64(r) + 1
	mask := uint64(len(d.steps) - 1)
	for i := key * 0x9e3779b97f4a7c15 >> 32 & mask; ; i = (i + 1) & mask {
		if at = &d.steps[i]; at.key == 0 || at.key == key {
			return at, key
		}
	}
}

func (d *tree) grow(node int32, r rune) *step {
	at, key := d.at(node, r)
	if at.key == 0 {
		*at = step{key: key, next: d.nodes}
		d.nodes++
	}
	return at
}

// walk calls f with every word that stands at the beginning of the runes, and
// its length.
func (d *tree) walk(runes []rune, f func(word int32, size int)) {
	node := int32(0)
	for i, r := range runes {
		at, _ := d.at(node, r)
		if at.key == 0 {
			return
		}
		node = at.next
		if at.ends > 0 {
			for _, w := range d.ends[at.ends-1] {
				f(w, i+1)
			}
		}
	}
}
