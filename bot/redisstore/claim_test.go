package redisstore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestShare splits limits: the sum is the limit, no two parts are far apart.
func TestShare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		limit := rapid.IntRange(0, 100).Draw(r, "limit")
		among := make([]group, rapid.IntRange(1, shards).Draw(r, "groups"))
		sum := 0
		for _, p := range share(limit, among) {
			sum += p.limit
			if even := limit / len(among); p.limit < even || p.limit > even+1 {
				r.Fatalf("a share of %d, even is %d", p.limit, even)
			}
		}
		if sum != limit {
			r.Fatalf("the shares make %d, want %d", sum, limit)
		}
	})
}

// TestGroups has every shard in every order once, and every shard first.
func TestGroups(t *testing.T) {
	t.Parallel()
	for _, apart := range []bool{false, true} {
		s := &Store{}
		s.apart.Store(apart)
		firsts := map[shard]bool{}
		for n := range shards {
			var order group
			for _, g := range s.groups(n) {
				order = append(order, g...)
			}
			firsts[order[0]] = true
			if slices.Sort(order); !slices.Equal(order, all()) {
				t.Errorf("apart %v: shards are %v", apart, order)
			}
		}
		if len(firsts) != shards {
			t.Errorf("apart %v: %d shards come first", apart, len(firsts))
		}
	}
}
