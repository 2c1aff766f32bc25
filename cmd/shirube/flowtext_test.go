package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot"
)

// TestTexts holds that every text is said once, with values in place of their
// names, and that the typed words are left out.
func TestTexts(t *testing.T) {
	t.Parallel()
	catalog := sampleGuide(t).catalog
	for _, lang := range catalog.Languages() {
		code, out, errs := command(t, nil, "", "flow", "text", "--locale", lang)
		if code != exitDone {
			t.Fatalf("%s: exit %d: %s", lang, code, errs)
		}
		for _, key := range catalog.Keys() {
			said, want := strings.Count("\n"+out, "\n# "+key+"\n"), 1
			if strings.HasPrefix(key, words) {
				want = 0
			}
			if said != want {
				t.Errorf("%s: %s is said %d times, want %d", lang, key, said, want)
			}
		}
		if strings.Contains(out, "{{") {
			t.Errorf("%s: a text is said with its template", lang)
		}
	}
}

// TestSamples holds that there is a value for everything a text may name.
func TestSamples(t *testing.T) {
	t.Parallel()
	g := sampleGuide(t)
	samples := g.samples()
	for _, name := range g.book.ArgNames() {
		if samples[name] == (bot.Arg{}) {
			t.Errorf("%s has no sample value", name)
		}
	}
}

func sampleGuide(t *testing.T) *guide {
	t.Helper()
	files, err := content(world{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := loadGuide(files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestTextsAsFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, _, errs := command(t, nil, "", "flow", "text", "--out", dir); code != exitDone {
		t.Fatalf("exit %d: %s", code, errs)
	}
	data, err := os.ReadFile(filepath.Join(dir, "notify.partner_id_found.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"株式会社しるべ商事", "山田 太郎", "1234567"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the file lacks %q: %s", want, data)
		}
	}
	if code, _, errs := command(t, nil, "", "flow", "text", "--out", filepath.Join(dir, "new")); code != exitDone {
		t.Errorf("into a new folder: exit %d: %s", code, errs)
	}
	if code, _, errs := command(t, nil, "", "flow", "text", "--out", filepath.Join(dir, "notify.partner_id_found.txt")); code != exitUnable || !strings.Contains(errs, "folder") {
		t.Errorf("into a file: exit %d: %s", code, errs)
	}
}
