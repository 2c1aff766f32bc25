package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/transcript"
)

type flowTestCmd struct {
	Files  []string `arg:"" optional:"" help:"Transcripts; without any, all of the content folder."`
	Update bool     `help:"Write the transcripts anew as they went; read the difference afterwards."`
}

// Run plays the transcripts through the engine. Without files it also asks for
// every step and every way to be walked.
func (c flowTestCmd) Run(e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	g, err := loadGuide(files)
	if err != nil {
		return err
	}
	if c.Update && len(c.Files) == 0 {
		return errors.New("name the transcripts to update: flow test --update FILE…")
	}
	scripts, err := c.scripts(files)
	if err != nil {
		return err
	}
	cover := transcript.NewCoverage()
	failed := 0
	for _, s := range scripts {
		ok, err := c.play(e, g, s, cover)
		if err != nil {
			return err
		}
		if !ok {
			failed++
		}
	}
	fmt.Fprintf(e.Out, "transcripts: %d played, %d differ\n", len(scripts), failed)
	complete := coverage(e, g, cover, len(c.Files) == 0)
	if failed > 0 || len(c.Files) == 0 && !complete {
		return errNo
	}
	return nil
}

// script is a transcript's text and where it is kept.
type script struct {
	name string
	data []byte
	file string // on disk, empty when it is inside the program
}

func (c flowTestCmd) scripts(files fs.FS) ([]script, error) {
	var scripts []script
	for _, file := range c.Files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read transcript: %w", err)
		}
		scripts = append(scripts, script{path.Base(file), data, file})
	}
	if len(c.Files) > 0 {
		return scripts, nil
	}
	names, err := fs.Glob(files, "flows/transcripts/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list transcripts: %w", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read transcript: %w", err)
		}
		scripts = append(scripts, script{name: path.Base(name), data: data})
	}
	return scripts, nil
}

func (c flowTestCmd) play(e world, g *guide, s script, cover *transcript.Coverage) (ok bool, err error) {
	parsed, err := transcript.Parse(s.name, s.data)
	if err != nil {
		return false, err
	}
	stage := transcript.NewPure(g.machine([]flow.Desk{{To: transcript.Desk()}}), cover)
	got, err := parsed.Play(stage, g.travel)
	if err != nil {
		fmt.Fprintf(e.Out, "FAIL %v\n", err)
		return false, nil
	}
	if bytes.Equal(got, s.data) {
		return true, nil
	}
	if c.Update && s.file != "" {
		return true, os.WriteFile(s.file, got, 0o644)
	}
	fmt.Fprintf(e.Out, "FAIL %s: %s\n", s.name, firstDifference(string(s.data), string(got)))
	return false, nil
}

// firstDifference names the first line that came out otherwise.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := at(w, i), at(g, i)
		if a != b {
			return fmt.Sprintf("line %d\n  written: %s\n  played:  %s", i+1, strings.TrimSpace(a), strings.TrimSpace(b))
		}
	}
	return "no difference"
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// coverage prints how much was walked and, if asked to, what was not.
func coverage(e world, g *guide, cover *transcript.Coverage, list bool) (complete bool) {
	steps, ways := cover.Missing(g.book)
	nSteps, nWays := len(g.book.Steps()), len(g.book.Ways())
	fmt.Fprintf(e.Out, "steps: %d/%d (%.1f %%)\n", nSteps-len(steps), nSteps, 100*float64(nSteps-len(steps))/float64(nSteps))
	fmt.Fprintf(e.Out, "edges: %d/%d (%.1f %%)\n", nWays-len(ways), nWays, 100*float64(nWays-len(ways))/float64(nWays))
	if !list {
		return len(steps)+len(ways) == 0
	}
	for _, s := range steps {
		fmt.Fprintln(e.Out, "  not visited:", s)
	}
	for _, w := range ways {
		fmt.Fprintln(e.Out, "  not walked: ", w)
	}
	return len(steps)+len(ways) == 0
}
