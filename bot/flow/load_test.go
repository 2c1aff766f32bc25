package flow_test

import (
	"errors"
	"testing"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/locale"
)

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		want       string
	}{
		"unknown key":        {"flows/b.yaml", "flow: b\nsteps:\n  - id: b.id\n    nxt: []\n", `flows/b.yaml:4: unknown key "nxt"; correct its spelling or remove it`},
		"list for a text":    {"flows/b.yaml", "flow: [b]\n", "flows/b.yaml:1: a value of another kind than the key takes; see the other entries for its form"},
		"text for a list":    {"flows/b.yaml", "flow: b\nsteps: none\n", "flows/b.yaml:2: a value of another kind than the key takes `none`; see the other entries for its form"},
		"broken YAML":        {"flows/b.yaml", "flow: b\nsteps:\n  - {", "flows/b.yaml:3: did not find expected node content; correct the YAML there"},
		"another flow":       {"flows/b.yaml", "flow: c\n", `flows/b.yaml:1: the flow calls itself "c"; name it as its file: b`},
		"nothing":            {"flows/b.yaml", "", "flows/b.yaml: the file is empty; write it, or take it away with what names it"},
		"an error without":   {"flows/errors.yaml", "errors:\n  -\n", "flows/errors.yaml:2: an entry of the list is empty; write it or remove the dash"},
		"a start of its own": {"flows/book.yaml", "start: c.hello\nflows: [a, b]\n", `flows/book.yaml:1: the start "c.hello" is no step; name the step that begins`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := sample()
			files[c.file] = c.text
			_, err := flow.Load(folder(files))
			var problems flow.Problems
			if !errors.As(err, &problems) || problems[0].String() != c.want {
				t.Errorf("want\n%s\ngot\n%v", c.want, err)
			}
		})
	}
}

// TestLoadAliases holds that what YAML lets an author share is read as if it
// were written out, lines included.
func TestLoadAliases(t *testing.T) {
	t.Parallel()
	files := sample()
	files["flows/b.yaml"] = `flow: b
version: 1
steps:
  - &late
    id: b.late
    next: &on
      - { go: b.end }
  - { id: b.id, unless: partner_id, ask: partner_id, next: [{ go: b.wait }, { when: later, go: b.wait }] }
  - id: b.wait
    screen: wait
    since: day
    wait: [{ after: 3bd }, { after: 24h, go: b.late, tell: late }]
    next: *on
  - { <<: *late, id: b.mend }
  - { id: b.end, end: true }
`
	if problems := examine(t, files); len(problems) > 0 {
		t.Error(problems)
	}
}

// FuzzLoad holds that no flow file makes the program panic, whatever is asked
// of the book.
func FuzzLoad(f *testing.F) {
	f.Add(sample()["flows/b.yaml"])
	f.Add("flow: b\nsteps: &a [{id: b.id, next: *a}, null]\n")
	f.Add("flow: b\nsteps:\n  - {id: b.id, unless: x, ask: x, gate: [], wait: [null], next: [null], end: true}\n")
	f.Add("flow: b\nversion: 1\nsteps: [{id: b.id, next: [{go: b.end}]}, {<<: {id: b.wait}, next: [{go: b.end}]}, {id: b.late, next: [{go: b.mend}]}, {id: b.mend, next: [{go: b.end}]}, {id: b.end, end: true}]\n")
	catalog, err := locale.Load(folder(sample()))
	if err != nil {
		f.Fatal(err)
	}
	old := load(f, sample())
	f.Fuzz(func(t *testing.T, text string) {
		files := sample()
		files["flows/b.yaml"] = text
		book, err := flow.Load(folder(files))
		if err != nil {
			if book != nil {
				t.Error("a book and an error")
			}
			return
		}
		book.Check(catalog)
		book.Against(old)
		book.Ways()
		for _, format := range []string{"mermaid", "dot", "svg"} {
			if _, err := book.Graph(format, func(key string) string { return catalog.Say("ja", bot.Phrase{Key: key}) }); err != nil {
				t.Error(err)
			}
		}
	})
}
