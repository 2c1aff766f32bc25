package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shirube/shirube/bot"
)

const learnedFile = "flows/match/learned.bin"

// unlearned is a content folder without what was learned before, which may be
// of another version.
type unlearned struct{ fs.FS }

func (u unlearned) Open(name string) (fs.File, error) {
	if name == learnedFile {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return u.FS.Open(name) //nolint:wrapcheck // it is the folder's own
}

type flowLearnCmd struct {
	Folder string `arg:"" optional:"" help:"The content folder; without it, the one of CONTENT_DIR, or the one this is run in."`
}

// Run learns from the examples of a content folder and writes what it learned
// beside them.
func (c flowLearnCmd) Run(e world) error {
	dir := cmp.Or(c.Folder, e.Vars["CONTENT_DIR"], ".")
	files := os.DirFS(dir)
	if !holdsBook(files) {
		return fmt.Errorf("%s has no flows/book.yaml; give the folder that holds flows/ and locales/", dir)
	}
	g, err := loadGuide(unlearned{files})
	if err != nil {
		return err
	}
	learned, err := g.finder.Learn()
	if faults := (bot.Problems)(nil); errors.As(err, &faults) {
		return report(e, faults)
	}
	if err != nil {
		return err
	}
	name := filepath.Join(dir, filepath.FromSlash(learnedFile))
	if err := os.WriteFile(name, learned, 0o644); err != nil {
		return fmt.Errorf("write what was learned: %w", err)
	}
	fmt.Fprintf(e.Out, "ok: %s, %d KB\n", name, len(learned)>>10)
	return nil
}
