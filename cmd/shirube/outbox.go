package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
)

type outboxCmd struct {
	List   outboxListCmd   `cmd:"" help:"List what could not be sent."`
	Replay outboxReplayCmd `cmd:"" help:"Put what could not be sent back into the outbox."`
}

// Help says which store is meant.
func (outboxCmd) Help() string {
	return "The store is the one that STORE_URL names, as for shirube serve. With file:PATH a running server is asked over PATH.sock."
}

type outboxListCmd struct {
	JSON   bool   `help:"As a JSON array." xor:"form"`
	CSV    bool   `help:"As CSV." xor:"form"`
	Reason string `help:"Only those with this reason." placeholder:"REASON"`
}

// Run lists the graves, oldest burial first.
func (c outboxListCmd) Run(ctx context.Context, e world) error {
	graves, closer, err := openRecords(ctx, e)
	if err != nil {
		return err
	}
	defer closer.Close()
	all, err := collect(ctx, graves, func(g bot.Grave) bool { return c.Reason == "" || g.Reason == c.Reason })
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		return writeJSON(e.Out, all)
	case c.CSV:
		return writeCSV(e.Out, all)
	}
	return writeTable(e.Out, all)
}

type outboxReplayCmd struct {
	IDs    []string `arg:"" optional:"" name:"id" help:"Ids as listed; those that begin with a hyphen come after --."`
	All    bool     `help:"All that is buried."`
	Reason string   `help:"With --all: only those with this reason." placeholder:"REASON"`
}

// Run exhumes effects. The answer is no when an id is not buried; the others
// are replayed all the same.
func (c outboxReplayCmd) Run(ctx context.Context, e world) error {
	switch {
	case c.All == (len(c.IDs) > 0):
		return errors.New("give either ids, as shirube outbox list shows them, or --all")
	case c.Reason != "" && !c.All:
		return errors.New("--reason goes with --all")
	}
	graves, closer, err := openRecords(ctx, e)
	if err != nil {
		return err
	}
	defer closer.Close()
	all, err := collect(ctx, graves, c.wants)
	if err != nil {
		return err
	}
	found, err := replay(ctx, graves, all)
	fmt.Fprintf(e.Out, "back in the outbox: %d\n", len(found))
	if err != nil {
		return err
	}
	return c.missing(e.Err, found)
}

func (c outboxReplayCmd) wants(g bot.Grave) bool {
	if c.All {
		return c.Reason == "" || g.Reason == c.Reason
	}
	return slices.Contains(c.IDs, g.ID)
}

// missing says which of the ids were not buried.
func (c outboxReplayCmd) missing(w io.Writer, found []string) error {
	var no error
	for _, id := range c.IDs {
		if !slices.Contains(found, id) {
			fmt.Fprintf(w, "shirube: %s is not buried; see shirube outbox list\n", id)
			no = errNo
		}
	}
	return no
}

// replay exhumes the graves session by session. What it found before an error
// stays exhumed.
func replay(ctx context.Context, graves bot.Graves, all []bot.Grave) (found []string, err error) {
	ids := map[string][]string{}
	var sessions []string
	for _, g := range all {
		if ids[g.Session] == nil {
			sessions = append(sessions, g.Session)
		}
		ids[g.Session] = append(ids[g.Session], g.ID)
	}
	for _, session := range sessions {
		some, err := graves.Exhume(ctx, session, ids[session]...)
		if err != nil {
			return found, err
		}
		found = append(found, some...)
	}
	return found, nil
}

// collect is what is wanted of the graves, oldest burial first.
func collect(ctx context.Context, graves bot.Graves, wanted func(bot.Grave) bool) ([]bot.Grave, error) {
	all := []bot.Grave{}
	for g, err := range graves.Buried(ctx) {
		if err != nil {
			return nil, err
		}
		if wanted(g) {
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(a, b bot.Grave) int {
		return cmp.Or(a.Buried.Compare(b.Buried), cmp.Compare(a.Session, b.Session))
	})
	return all, nil
}

// records are what operators look into.
type records interface {
	bot.Graves
	// Reports and Clear are those of bot.Reports.
	Reports(ctx context.Context) ([]bot.Report, error)
	Clear(ctx context.Context, step string) error
}

// openRecords opens what STORE_URL names: Redis, the server that holds the file,
// or the file itself when no server runs.
func openRecords(ctx context.Context, e world) (records, io.Closer, error) {
	url := storeURL(e.Vars["STORE_URL"], e.Vars["REDIS_URL"])
	file, embedded := storeFile(url)
	if !embedded {
		return openStore(url, slog.New(slog.DiscardHandler))
	}
	if server, ok := callOffice(ctx, file); ok {
		return server, io.NopCloser(nil), nil
	}
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("there is no store %s; set STORE_URL as for shirube serve", file)
	}
	store, err := boltstore.Open(file, lease)
	if errors.Is(err, boltstore.ErrLocked) {
		return nil, nil, fmt.Errorf("%w, and does not answer on %s; try again in a moment, or stop it", err, file+socketSuffix)
	}
	return store, store, err
}
