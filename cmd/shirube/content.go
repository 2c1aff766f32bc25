package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/japan"
	"github.com/shirube/shirube/bot/locale"
	"github.com/shirube/shirube/bot/match"
	"github.com/shirube/shirube/flows"
	"github.com/shirube/shirube/locales"
)

// embedded is the content folder inside the program: flows/ and locales/.
type embedded map[string]fs.FS

// Open implements fs.FS.
func (e embedded) Open(name string) (fs.File, error) {
	top, rest, found := strings.Cut(name, "/")
	if !found {
		rest = "."
	}
	if e[top] == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return e[top].Open(rest)
}

// content is the folder CONTENT_DIR names, or the one inside the program.
func content(e world) (fs.FS, error) {
	dir := e.Vars["CONTENT_DIR"]
	if dir == "" {
		return embedded{"flows": flows.FS, "locales": locales.FS}, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("CONTENT_DIR is no folder: %s; give one that holds flows/ and locales/", dir)
	}
	files := os.DirFS(dir)
	if !holdsBook(files) {
		return nil, fmt.Errorf("CONTENT_DIR %s has no flows/book.yaml; give the folder that holds flows/ and locales/", dir)
	}
	return files, nil
}

// holdsBook tells a content folder from any other.
func holdsBook(files fs.FS) bool {
	_, err := fs.Stat(files, "flows/book.yaml")
	return err == nil
}

// origin says where the content is from.
func origin(e world) string { return cmp.Or(e.Vars["CONTENT_DIR"], "the program itself") }

// guide is the procedure and its texts, ready to be played.
type guide struct {
	book    *flow.Book
	catalog *locale.Catalog
	cal     *japan.Calendar
	finder  *match.Matcher
}

// loadGuide loads the texts beside the procedure and what is found in what clerks
// write: each takes as long as the other two.
func loadGuide(files fs.FS) (*guide, error) {
	var catalog *locale.Catalog
	var unread error
	var texts sync.WaitGroup
	texts.Go(func() { catalog, unread = locale.Load(files) })
	book, err := flow.Load(files)
	var finder *match.Matcher
	if err == nil {
		finder, err = loadFinder(files, book)
	}
	texts.Wait()
	if err = cmp.Or(err, unread); err != nil {
		return nil, err
	}
	return &guide{book, catalog, japan.NewCalendar(), finder}, nil
}

func loadFinder(files fs.FS, book *flow.Book) (*match.Matcher, error) {
	known, err := match.Load(files)
	if err != nil {
		return nil, err
	}
	return match.New(known, screensOf(book)), nil
}

// knownOf are the ids of everything that can be found.
func knownOf(book *flow.Book) match.Known {
	known := match.Known{}
	for _, e := range book.Errors {
		known[match.Error] = append(known[match.Error], e.ID)
	}
	for _, a := range book.Answers {
		known[match.Answer] = append(known[match.Answer], a.ID)
	}
	for _, s := range book.Steps() {
		if s.Screen != "" && !slices.Contains(known[match.Screen], s.Screen) {
			known[match.Screen] = append(known[match.Screen], s.Screen)
		}
	}
	return known
}

// screensOf tells on which screens an error or a question is likelier.
func screensOf(book *flow.Book) map[string][]string {
	screens := map[string][]string{}
	for _, e := range book.Errors {
		screens[e.ID] = e.Screens
	}
	for _, a := range book.Answers {
		screens[a.ID] = a.Screens
	}
	return screens
}

func (g *guide) machine(desks []flow.Desk) *flow.Machine {
	return flow.New(g.book, g.catalog, g.cal, desks).With(g.finder)
}

// mistakes are those with which the procedure cannot be played.
func (g *guide) mistakes() bot.Problems {
	return append(g.book.Check(g.catalog), g.catalog.Check(g.book.ArgNames())...)
}

// problems are all mistakes: also where two things cannot be told apart in what
// clerks write, which takes a while to find.
func (g *guide) problems() bot.Problems {
	return append(g.mistakes(), g.finder.Check(knownOf(g.book))...)
}

// travel is the time a span from now.
func (g *guide) travel(now time.Time, span string) (time.Time, error) {
	s, err := flow.ParseSpan(span)
	if err != nil {
		return now, err
	}
	return s.After(now, g.cal), nil
}
