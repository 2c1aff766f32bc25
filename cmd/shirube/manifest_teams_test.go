package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestManifestTeams(t *testing.T) {
	t.Parallel()
	const id = "11111111-2222-3333-4444-555555555555"
	file := filepath.Join(t.TempDir(), "app.zip")
	var out, errs bytes.Buffer
	e := world{stdio: stdio{Out: &out, Err: &errs}, Vars: map[string]string{"TEAMS_APP_ID": id}}
	args := []string{"manifest", "teams", "--url", "https://bot.example.com"}
	if code := run(t.Context(), append(args, "--out", file), e); code != exitDone || out.Len() > 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if code := run(t.Context(), args, e); code != exitDone || !bytes.Equal(out.Bytes(), written) {
		t.Errorf("exit %d; standard output and the file differ", code)
	}
	e.Vars = nil
	if code := run(t.Context(), args, e); code != exitUnable || !strings.Contains(errs.String(), "--app-id") {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	if code := run(t.Context(), append(args, "--app-id", id, "--out", file), e); code != exitDone {
		t.Errorf("exit %d: %s", code, errs.String())
	}
}
