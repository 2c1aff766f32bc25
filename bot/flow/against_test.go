package flow_test

import (
	"strings"
	"testing"
)

func TestAgainst(t *testing.T) {
	t.Parallel()
	const aside, gone = "  - id: a.aside\n    next:\n      - { go: b.id }\n", ""
	const form = "      - { when: help, go: a.aside }\n"
	for name, c := range map[string]struct {
		file, old, replacement string
		want                   []string // what is told, in its order
	}{
		"a text":      {"locales/ja/a.yaml", "始めます。", "始めましょう。", nil},
		"a step more": {"flows/a.yaml", aside, aside + "  - id: a.more\n    next: [{ go: b.id }]\n", nil},
		"a step gone": {"flows/a.yaml", form + aside, gone, []string{
			"flows/a.yaml:3: the step a.aside is gone, and nothing leads on from it; write migrate: { a.aside: <the step to stand at now> }, or keep the step",
			"flows/a.yaml:2: a lost the step a.aside and is still version 2; make it version 3"}},
		"an older migration gone": {"flows/a.yaml", "a.old: a.older, ", "", []string{
			"flows/a.yaml:3: the step a.old is gone, and nothing leads on from it; write migrate: { a.old: <the step to stand at now> }, or keep the step"}},
		"a lower version": {"flows/a.yaml", "version: 2", "version: 1", []string{
			"flows/a.yaml:2: the version of a went down from 2 to 1; make it 2 or more"}},
		"another kind": {"flows/book.yaml", "kind: date", "kind: person, example: 山田 太郎", []string{
			"flows/book.yaml:5: the variable day was a date and is a person now; give the new variable another name; sessions hold values of the old kind"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := with(t, c.file, c.old, c.replacement)
			expect(t, now, c.want)
		})
	}
}

// expect compares what is told against the sample.
func expect(t *testing.T, now map[string]string, want []string) {
	t.Helper()
	problems := load(t, now).Against(load(t, sample()))
	if got := problems.Error(); got != strings.Join(want, "\n") {
		t.Errorf("want\n%s\ngot\n%s", strings.Join(want, "\n"), got)
	}
}

func TestAgainstRenamed(t *testing.T) {
	t.Parallel()
	files := sample()
	files["flows/a.yaml"] = strings.NewReplacer(
		"a.aside", "a.detour", "version: 2", "version: 3",
		"{ a.old: a.older,", "{ a.aside: a.byway, a.byway: a.detour, a.old: a.older,").Replace(files["flows/a.yaml"])
	expect(t, files, nil)
	files["flows/a.yaml"] = strings.Replace(files["flows/a.yaml"], "a.byway: a.detour", "a.byway: a.aside", 1)
	expect(t, files, []string{
		"flows/a.yaml:3: the step a.aside is gone, and nothing leads on from it; write migrate: { a.aside: <the step to stand at now> }, or keep the step"})
}

func TestAgainstFlowGone(t *testing.T) {
	t.Parallel()
	files := sample()
	files["flows/book.yaml"] = strings.NewReplacer("start: a.hello", "start: b.id", "[a, b]", "[b]").Replace(files["flows/book.yaml"])
	expect(t, files, []string{
		"flows/book.yaml:1: the flow a is gone, and nothing leads on from a.aside, a.form, a.hello, a.old, a.older; name each of them under migrate of a flow that is there"})
	files["flows/b.yaml"] = strings.Replace(files["flows/b.yaml"], "version: 1",
		"version: 1\nmigrate: { a.aside: b.id, a.form: b.id, a.hello: b.id, a.old: b.id, a.older: b.id }", 1)
	expect(t, files, nil)
}
