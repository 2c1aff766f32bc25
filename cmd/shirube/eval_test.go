package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot/match"
)

// judged is a message and what must be answered to it; nothing when want is
// empty. Or are ids that would be right as well.
type judged struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Screen   string   `json:"screen"`
	Want     []string `json:"want"`
	Or       []string `json:"or"`
	Kind     string   `json:"kind"`
	Disguise string   `json:"disguise"`
}

// passes are the shares of the held half that must be right, by kind.
func passes() map[string]float64 {
	return map[string]float64{"error": 0.95, "answer": 0.92, "none": 0.98}
}

// TestEval measures what is understood on both halves of the messages. Nothing
// is ever written because a message of the held half failed, so only its table
// is shown.
func TestEval(t *testing.T) {
	t.Parallel()
	g := ownGuide(t)
	m := g.finder
	for _, half := range []string{"tune", "held"} {
		scores := tally{}
		for _, j := range messages(t, half) {
			scores.add(j, right(j, m.Find(j.Text, j.Screen)))
		}
		t.Logf("%s\n%s", half, scores)
		for kind, bar := range passes() {
			if s := scores["kind "+kind]; half == "held" && float64(s.right) < bar*float64(s.all) {
				t.Errorf("%s: %d of %d of the held half, less than %.0f %%", kind, s.right, s.all, 100*bar)
			}
		}
	}
}

// messages are those of all files whose names begin with the half's.
func messages(t *testing.T, half string) []judged {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "match", half+"*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var all []judged
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var j judged
			if err := json.Unmarshal(line, &j); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			all = append(all, j)
		}
	}
	if len(all) < 300 {
		t.Fatalf("the half %s has only %d messages", half, len(all))
	}
	return all
}

// right tells whether everything wanted is answered and nothing else.
func right(j judged, r match.Result) bool {
	var got []string
	if r.Match.Kind != match.None {
		got = append(got, r.Match.ID)
	}
	for _, f := range r.Also {
		got = append(got, f.ID)
	}
	for _, id := range got {
		if !slices.Contains(j.Want, id) && !slices.Contains(j.Or, id) {
			return false
		}
	}
	return len(got) >= len(j.Want)
}

// share is how many messages there are and how many are right.
type share struct{ right, all int }

// tally is shares by kind, disguise and id.
type tally map[string]share

func (s tally) add(j judged, right bool) {
	keys := []string{"kind " + j.Kind, "disguise " + j.Disguise}
	for _, id := range j.Want {
		keys = append(keys, "id "+id)
	}
	for _, key := range keys {
		one := s[key]
		one.all++
		if right {
			one.right++
		}
		s[key] = one
	}
}

// String is the table, the kinds first.
func (s tally) String() string {
	keys := make([]string, 0, len(s))
	for key := range s {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var out strings.Builder
	for _, group := range []string{"kind", "disguise", "id"} {
		for _, key := range keys {
			if name, ours := strings.CutPrefix(key, group+" "); ours {
				one := s[key]
				fmt.Fprintf(&out, "  %-8s %-36s %3d/%3d %6.1f %%\n", group, name, one.right, one.all, 100*float64(one.right)/float64(one.all))
			}
		}
	}
	return out.String()
}
