package bot_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot"
)

// TestReported makes reports of few clerks in any order, some of them again, and
// holds what a store promises.
func TestReported(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	rapid.Check(t, func(r *rapid.T) {
		var kept bot.Reported
		newest := map[string]bot.Report{} // by session
		confirming := ""
		for n := range rapid.IntRange(1, 30).Draw(r, "reports") {
			made := bot.Report{
				ID: fmt.Sprint(n), Session: rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(r, "session"),
				Step: "a", Edition: "e", At: begin.Add(time.Duration(n) * time.Second),
			}
			if again := newest[made.Session]; again.ID != "" && rapid.Bool().Draw(r, "again") {
				made = again
			}
			newest[made.Session] = made
			if confirming == "" && len(newest) == 2 {
				confirming = made.ID
			}
			before := kept
			next, confirmed := kept.With(made)
			if d := cmp.Diff(before, kept); d != "" {
				r.Fatalf("what was kept is changed:\n%s", d)
			}
			if kept = next; confirmed != (made.ID == confirming) {
				r.Fatalf("%s confirms: %v; it was %q that did", made.ID, confirmed, confirming)
			}
			holds(r, kept, newest)
		}
		for session := range newest {
			kept = kept.Without(session, begin.Add(time.Hour))
			delete(newest, session)
			holds(r, kept, newest)
		}
		if len(kept.By) > 0 {
			r.Fatalf("confirmed by %v, of whom nothing is kept", kept.By)
		}
	})
}

// holds checks that the newest report of each session is kept, in order.
func holds(r *rapid.T, kept bot.Reported, newest map[string]bot.Report) {
	if len(kept.List) != len(newest) || bot.Drifted(kept.List, "e") != (len(newest) > 1) {
		r.Fatalf("kept %v, want one of each of %v", kept.List, newest)
	}
	for i, made := range kept.List {
		if made != newest[made.Session] || i > 0 && made.At.Before(kept.List[i-1].At) {
			r.Fatalf("kept %v, want those of %v in order", kept.List, newest)
		}
	}
}
