package match_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shirube/shirube/bot/match"
)

// taught is the small data with examples of words it has no concept for.
func taught() fstest.MapFS {
	content := fstest.MapFS{"flows/match/examples/some.jsonl": {Data: []byte(strings.Repeat(
		`{"text":"まっくらです","want":["dark"]}`+"\n"+`{"text":"にわに出られない","want":["shut"]}`+"\n"+`{"text":"いい天気","want":[]}`+"\n", 8))}}
	for name, text := range small() {
		content["flows/match/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return content
}

func matcher(t *testing.T, content fstest.MapFS) *match.Matcher {
	t.Helper()
	d, err := match.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	return match.New(d, nil)
}

func learn(t *testing.T, content fstest.MapFS) []byte {
	t.Helper()
	learned, err := matcher(t, content).Learn()
	if err != nil {
		t.Fatal(err)
	}
	return learned
}

func TestLearn(t *testing.T) {
	t.Parallel()
	content := taught()
	const text = "にわがまっくらです"
	if r := matcher(t, content).Find(text, ""); r.Match.Kind != match.None {
		t.Errorf("before anything was learned %q is %+v", text, r)
	}
	learned := learn(t, content)
	if !bytes.Equal(learned, learn(t, content)) {
		t.Error("learned twice, it differs")
	}
	content["flows/match/learned.bin"] = &fstest.MapFile{Data: learned}
	m := matcher(t, content)
	if r := m.Find(text, ""); r.Match.ID != "dark" {
		t.Errorf("%q is %+v, want dark", text, r)
	}
	known := match.Known{match.Error: {"dark", "shut"}}
	if problems := m.Check(known); len(problems) > 0 {
		t.Error(problems)
	}
	content["flows/match/examples/more.jsonl"] = &fstest.MapFile{Data: []byte(`{"text":"でんきがつかない","want":["drak"]}`)}
	got := matcher(t, content).Check(known).Error()
	for _, want := range []string{`flows/match/examples/more.jsonl:1: there is no entry "drak"`, "flows/match/learned.bin:1: the examples or concepts have changed"} {
		if !strings.Contains(got, want) {
			t.Errorf("want\n%s\ngot\n%s", want, got)
		}
	}
	content["flows/match/examples/more.jsonl"] = &fstest.MapFile{Data: []byte(`{"text":""}`)}
	if _, err := matcher(t, content).Learn(); err == nil || !strings.Contains(err.Error(), "more.jsonl:1: this is no example") {
		t.Errorf("got %v", err)
	}
}

// TestScreen holds that a screen is told by what was learned of it where none of
// its labels stands.
func TestScreen(t *testing.T) {
	t.Parallel()
	content := taught()
	content["flows/match/screens.yaml"] = &fstest.MapFile{Data: []byte("entries:\n  - {id: cellar, texts: [ちかしつ], examples: {ja: [ちかしつ], en: [cellar]}}\n  - {id: attic, texts: [やねうら], examples: {ja: [やねうら], en: [attic]}}\n")}
	content["flows/match/examples/screens.jsonl"] = &fstest.MapFile{Data: []byte(strings.Repeat(
		`{"text":"いちばん下にいます","want":["cellar"]}`+"\n"+`{"text":"いちばん上にいます","want":["attic"]}`+"\n", 8))}
	content["flows/match/learned.bin"] = &fstest.MapFile{Data: learn(t, content)}
	for text, want := range map[string]string{"うちのいちばん上にいます": "attic", "いちばん下にいます": "cellar", "いい天気": "none"} {
		if r := matcher(t, content).Find(text, ""); r.Match.ID != want {
			t.Errorf("%q is %+v, want %s", text, r, want)
		}
	}
}

// TestNewerEntry holds that an entry that is newer than what was learned is found
// by its patterns.
func TestNewerEntry(t *testing.T) {
	t.Parallel()
	content := taught()
	content["flows/match/learned.bin"] = &fstest.MapFile{Data: learn(t, content)}
	content["flows/match/errors.yaml"] = &fstest.MapFile{Data: append(content["flows/match/errors.yaml"].Data,
		"  - id: late\n    when: [lamp door]\n    examples: {ja: [らんぷととびら], en: [lamp and door]}\n"...)}
	if r := matcher(t, content).Find("らんぷととびら", ""); r.Match.ID != "late" {
		t.Errorf("got %+v", r)
	}
}

// FuzzLearned holds that a broken file is refused or can be used.
func FuzzLearned(f *testing.F) {
	learned, err := os.ReadFile("../../flows/match/learned.bin")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(learned[:200])
	f.Add([]byte("shirube learned 3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		content := taught()
		content["flows/match/learned.bin"] = &fstest.MapFile{Data: data}
		if d, err := match.Load(content); err == nil {
			match.New(d, nil).Find("まっくらです", "")
		}
	})
}
