package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// command runs the program in this process.
func command(t *testing.T, environment map[string]string, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), args, world{
		stdio: stdio{strings.NewReader(stdin), &stdout, &stderr},
		Vars:  environment,
		Now:   func() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) },
	})
	return code, stdout.String(), stderr.String()
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want int
		say  string // in what is said
	}{
		{[]string{"version"}, exitDone, "shirube "},
		{[]string{"--help"}, exitDone, "try"},
		{[]string{"flow", "check"}, exitDone, "ok: 9 flows"},
		{[]string{"flow", "test"}, exitDone, "edges: 178/178 (100.0 %)"},
		{[]string{"flow", "graph", "--format", "svg"}, exitDone, "</svg>"},
		{[]string{"flow", "graph", "--format", "png"}, exitUnable, "mermaid"},
		{[]string{"fly"}, exitUnable, "see shirube --help"},
		{[]string{"check", "email", "--fild", "x"}, exitUnable, "see shirube check email --help"},
		{[]string{"check", "email", "--help"}, exitDone, "account-email"},
		{[]string{"try", "--now", "tomorrow"}, exitUnable, "2026-12-03T10:00:00+09:00"},
		{[]string{"try", "--store", "x.db"}, exitUnable, "file:PATH"},
		{[]string{"try", "--locale", "fr"}, exitUnable, "ja"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			t.Parallel()
			code, out, errs := command(t, nil, "", c.args...)
			if code != c.want || !strings.Contains(out+errs, c.say) {
				t.Errorf("exit %d, want %d; said %s%s", code, c.want, out, errs)
			}
		})
	}
}

// copyContent makes a content folder of its own to spoil.
func copyContent(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"flows", "locales"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("../..", name))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestContentDir(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, old, new string
		want           []string
		code           int
	}{
		"a renamed screen is said": {"locales/ja/start.yaml", "パートナー登録のご案内", "新しい題名", []string{"新しい題名"}, exitDone},
		"a misspelt key":           {"flows/csp.yaml", "gate:", "gaet:", []string{"flows/csp.yaml:", `unknown key "gaet"`, "spelling"}, exitUnable},
		"an unknown step":          {"flows/csp.yaml", "go: csp.company", "go: csp.compny", []string{"flows/csp.yaml:", `"csp.compny"`, "name a step"}, exitUnable},
		"a circle":                 {"flows/csp.yaml", "go: csp.support }", "go: csp.open }", []string{"flows/csp.yaml:", "circle"}, exitUnable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := copyContent(t)
			path := filepath.Join(dir, c.file)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			spoilt := strings.Replace(string(data), c.old, c.new, 1)
			if spoilt == string(data) {
				t.Fatalf("%q is not in %s", c.old, c.file)
			}
			if err := os.WriteFile(path, []byte(spoilt), 0o600); err != nil {
				t.Fatal(err)
			}
			code, out, errs := command(t, map[string]string{"CONTENT_DIR": dir}, "", "try", "--json")
			if code != c.code {
				t.Errorf("exit %d, want %d", code, c.code)
			}
			for _, want := range c.want {
				if !strings.Contains(out+errs, want) {
					t.Errorf("does not say %q: %s%s", want, out, errs)
				}
			}
		})
	}
}

func TestContentDirMissing(t *testing.T) {
	t.Parallel()
	code, _, errs := command(t, map[string]string{"CONTENT_DIR": "/nowhere"}, "", "flow", "check")
	if code != exitUnable || !strings.Contains(errs, "CONTENT_DIR") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// TestAgainst strands nobody: a step that went away is refused until a
// migration leads on from it.
func TestAgainst(t *testing.T) {
	t.Parallel()
	old := copyContent(t)
	if code, out, errs := command(t, nil, "", "flow", "check", "--against", old); code != exitDone {
		t.Fatalf("against itself: exit %d: %s%s", code, out, errs)
	}
	path := filepath.Join(old, "flows/start.yaml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, "\n  - id: start.gone\n    next: [{ go: start.account }]\n"...)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := command(t, nil, "", "flow", "check", "--against", old)
	if code != exitNo || !strings.Contains(out, "start.gone") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// TestTerminal plays a few lines as a person types them.
func TestTerminal(t *testing.T) {
	t.Parallel()
	code, out, errs := command(t, nil, "1\n1\n9\nヘルプ\n\n/mpn status\n/advance 3bd\n/advance x\n/staff 了解です\n/quit\n", "try")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, want := range []string{"[1] はじめから進める", "上位商流のチャンネル", "0/49", "その番号のボタンはありません", "使い方", "今ここ", "is no span", "了解です", "またどうぞ"} {
		if !strings.Contains(out, want) {
			t.Errorf("the terminal does not show %q:\n%s", want, out)
		}
	}
}

// TestNoContent names what holds no content, before anything else is read.
func TestNoContent(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	for name, c := range map[string]struct {
		vars map[string]string
		args []string
	}{
		"CONTENT_DIR": {map[string]string{"CONTENT_DIR": empty}, []string{"flow", "check"}},
		"--against":   {nil, []string{"flow", "check", "--against", empty}},
	} {
		code, _, errs := command(t, c.vars, "", c.args...)
		if want := name + " " + empty + " has no flows/book.yaml"; code != exitUnable || !strings.Contains(errs, want) {
			t.Errorf("exit %d, said %q; want %q", code, errs, want)
		}
	}
}
