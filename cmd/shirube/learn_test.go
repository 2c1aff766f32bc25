package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestFlowLearn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/counting")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "flows", "match", "examples"), 0o700); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "flows", "match", "learned.bin")
	if err := os.WriteFile(name, []byte("of another version"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (flowLearnCmd{Folder: dir}).Run(world{stdio: stdio{Out: &out}}); err != nil {
		t.Fatal(err)
	}
	if _, err := loadGuide(os.DirFS(dir)); err != nil {
		t.Error(err)
	}
	if err := (flowLearnCmd{Folder: t.TempDir()}).Run(world{stdio: stdio{Out: &out}}); err == nil {
		t.Error("learned from a folder without a procedure")
	}
}

// TestLearnedAnew holds that what was learned is of the examples there are, and
// that all of the content folder is well.
func TestLearnedAnew(t *testing.T) {
	t.Parallel()
	if code, out, errs := command(t, map[string]string{"CONTENT_DIR": "../.."}, "", "flow", "check"); code != 0 {
		t.Errorf("exit %d: %s%s; after a change to examples or concepts run make learn", code, out, errs)
	}
}
