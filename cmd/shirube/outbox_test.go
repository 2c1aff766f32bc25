package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// lately is when the effects of these tests were due.
func lately() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }

// interred buries an effect for each reason, each in a session of its own, and
// returns their ids.
func interred(t *testing.T, store keeper, reasons ...string) (ids []string) {
	t.Helper()
	for n, reason := range reasons {
		session, now := "slack:T1:U"+string(rune('1'+n)), lately().Add(time.Duration(n)*time.Minute)
		// The first id would be taken for a flag.
		id := []string{"-ne", "zwei", "drei"}[n]
		_, err := store.Commit(t.Context(), bot.Turn{
			EventID: "e", At: now, Session: bot.Session{ID: session, Version: 1},
			Effects: []bot.Effect{{
				ID: id, Session: session, Lang: "ja", Due: now,
				To:  bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"},
				Say: &bot.Reply{Title: bot.Phrase{Key: "geheim"}},
			}},
		}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		claims, err := store.Claim(t.Context(), now, 1)
		if err != nil || len(claims) != 1 {
			t.Fatalf("claimed %v (error %v)", claims, err)
		}
		if err := store.Bury(t.Context(), claims[0], errors.New(reason)); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// fileStore is a file with buried effects that nobody holds.
func fileStore(t *testing.T, reasons ...string) (path string, vars map[string]string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "s.db")
	store, err := boltstore.Open(path, lease, boltstore.NoSync)
	if err != nil {
		t.Fatal(err)
	}
	interred(t, store, reasons...)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return path, map[string]string{"STORE_URL": "file:" + path}
}

// listed is what `outbox list --json` says, by id.
func listed(t *testing.T, vars map[string]string, flags ...string) map[string]bot.Grave {
	t.Helper()
	code, out, errs := command(t, vars, "", append([]string{"outbox", "list", "--json"}, flags...)...)
	var all []bot.Grave
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != exitDone {
		t.Fatalf("exit %d, error %v, said %s%s", code, err, out, errs)
	}
	if strings.Contains(out, "geheim") {
		t.Errorf("what was to be said shows: %s", out)
	}
	byID := map[string]bot.Grave{}
	for _, g := range all {
		byID[g.ID] = g
	}
	return byID
}

// replays runs `outbox replay` and checks the exit code and what is said.
func replays(t *testing.T, vars map[string]string, want int, out, errs string, args ...string) {
	t.Helper()
	code, gotOut, gotErrs := command(t, vars, "", append([]string{"outbox", "replay"}, args...)...)
	if code != want || gotOut != out || gotErrs != errs {
		t.Errorf("replay %q: exit %d, said %q and %q; want %d, %q and %q", args, code, gotOut, gotErrs, want, out, errs)
	}
}

func TestOutboxFile(t *testing.T) {
	t.Parallel()
	_, vars := fileStore(t, "channel_not_found", "is_archived", "is_archived")
	outboxWorks(t, vars)
}

// TestOutboxRedis runs alone: the Redis client's log is the whole process's.
func TestOutboxRedis(t *testing.T) { //nolint:paralleltest // as said
	redisURL := redistest.Start(t)
	client, err := redisstore.Dial(redisURL)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	store, err := redisstore.New(client, lease)
	if err != nil {
		t.Fatal(err)
	}
	interred(t, store, "channel_not_found", "is_archived", "is_archived")
	outboxWorks(t, map[string]string{"STORE_URL": redisURL})

	away := map[string]string{"REDIS_URL": "redis://:geheim@127.0.0.1:1"}
	code, out, errs := command(t, away, "", "outbox", "list")
	if code != exitUnable || out != "" || strings.Count(errs, "\n") != 1 || strings.Contains(errs, "geheim") {
		t.Errorf("with Redis away: exit %d, said %q and %q; want 2 and one line", code, out, errs)
	}
}

// outboxWorks lists and replays three graves, of which two are archived.
func outboxWorks(t *testing.T, vars map[string]string) {
	t.Helper()
	if all := listed(t, vars); len(all) != 3 {
		t.Fatalf("listed %v, want 3", all)
	}
	want := bot.Grave{
		ID: "zwei", Session: "slack:T1:U2", Kind: bot.GraveMessage,
		To:  bot.Address{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"},
		Due: lately().Add(time.Minute), Buried: lately().Add(time.Minute), Attempts: 1, Reason: "is_archived",
	}
	some := listed(t, vars, "--reason", "is_archived")
	if len(some) != 2 || some["zwei"] != want {
		t.Errorf("listed %+v, want 2 with %+v", some, want)
	}
	outboxForms(t, vars)
	replays(t, vars, exitNo, "back in the outbox: 1\n", "shirube: eins is not buried; see shirube outbox list\n", "--", "eins", "-ne")
	replays(t, vars, exitNo, "back in the outbox: 0\n", "shirube: -ne is not buried; see shirube outbox list\n", "--", "-ne")
	replays(t, vars, exitDone, "back in the outbox: 0\n", "", "--all", "--reason", "channel_not_found")
	replays(t, vars, exitDone, "back in the outbox: 1\n", "", "drei")
	replays(t, vars, exitDone, "back in the outbox: 1\n", "", "--all")
	if all := listed(t, vars); len(all) != 0 {
		t.Errorf("listed %v after everything was replayed", all)
	}
	if code, out, _ := command(t, vars, "", "outbox", "list"); code != exitDone || out != "nothing is buried\n" {
		t.Errorf("exit %d, said %q", code, out)
	}
}

// outboxForms looks at the table and the CSV: same rows, oldest first.
func outboxForms(t *testing.T, vars map[string]string) {
	t.Helper()
	_, text, _ := command(t, vars, "", "outbox", "list", "--csv")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 4 || strings.Join(rows[2], " ") != "zwei 2026-11-24T09:01:00Z is_archived 1 2026-11-24T09:01:00Z slack:T1/U1 slack:T1:U2" {
		t.Errorf("csv (error %v):\n%s", err, text)
	}
	_, table, _ := command(t, vars, "", "outbox", "list")
	lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	if len(lines) != len(rows) {
		t.Fatalf("the table has %d lines, the csv %d:\n%s", len(lines), len(rows), table)
	}
	for i, line := range lines {
		if strings.Join(strings.Fields(line), " ") != strings.Join(rows[i], " ") {
			t.Errorf("line %d is %q in the table, %q in the csv", i, line, rows[i])
		}
	}
}

// TestOutboxTable keeps columns straight when what stands in them is Japanese,
// and does not let it steer the terminal.
func TestOutboxTable(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	graves := []bot.Grave{
		{ID: "a", Kind: bot.GraveReminder, Reason: "チャンネルがない", Session: "|"},
		{ID: "b", To: bot.Address{Platform: "slack", Channel: "C1"}, Reason: "x\x1b[2J\n", Session: "|"},
	}
	if err := writeTable(&out, graves); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 3 || strings.ContainsRune(out.String(), '\x1b') {
		t.Fatalf("%d lines:\n%q", len(lines), out.String())
	}
	want := lipgloss.Width(lines[0]) - lipgloss.Width("session")
	for _, line := range lines[1:] {
		if at := lipgloss.Width(strings.TrimSuffix(line, "|")); at != want {
			t.Errorf("the last column begins at %d, want %d:\n%s", at, want, out.String())
		}
	}
}

func TestOutboxRefuses(t *testing.T) {
	t.Parallel()
	path, vars := fileStore(t, "is_archived")
	missing := map[string]string{"STORE_URL": "file:" + path + ".none"}
	held, heldVars := fileStore(t)
	store, err := boltstore.Open(held, lease)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for name, c := range map[string]struct {
		vars map[string]string
		args []string
		want string // in the one line
	}{
		"nothing named":     {vars, []string{"replay"}, "--all"},
		"all and one":       {vars, []string{"replay", "--all", "eins"}, "--all"},
		"reason alone":      {vars, []string{"replay", "--reason", "x", "eins"}, "--reason goes with --all"},
		"two forms":         {vars, []string{"list", "--csv", "--json"}, "--csv"},
		"no store":          {missing, []string{"list"}, "STORE_URL"},
		"held, no answer":   {heldVars, []string{"list"}, "s.db.sock"},
		"a store unknown":   {map[string]string{"STORE_URL": "mysql://x"}, []string{"list"}, "STORE_URL"},
		"something else":    {map[string]string{"STORE_URL": "file:outbox_test.go"}, []string{"list"}, "not a store"},
		"replay, none here": {missing, []string{"replay", "--all"}, "STORE_URL"},
	} {
		code, out, errs := command(t, c.vars, "", append([]string{"outbox"}, c.args...)...)
		if code != exitUnable || out != "" || strings.Count(errs, "shirube: ") != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d, said %q and %q; want 2 and one line that names %s", name, code, out, errs, c.want)
		}
	}
	if _, err := os.Stat(path + ".none"); err == nil {
		t.Error("a store was made where there was none")
	}
}

// TestOutboxServing asks a running server, which holds the file: what is
// replayed is looked up and sent at once.
func TestOutboxServing(t *testing.T) {
	t.Parallel()
	path, vars := fileStore(t, "is_archived", "channel_not_found")
	stale(t, path+socketSuffix)
	double := &slackDouble{posts: make(chan url.Values, 16)}
	var looked atomic.Bool
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/conversations.history" {
			looked.Store(true)
		}
		double.ServeHTTP(w, r)
	}))
	defer web.Close()
	stop := serving(t, map[string]string{
		"STORE_URL": "file:" + path, "SLACK_SIGNING_SECRET": "secret", "SLACK_BOT_TOKEN": "xoxb-1",
		"SLACK_API_URL": web.URL + "/api/", "LISTEN_ADDR": "127.0.0.1:0",
	})
	if info, err := os.Stat(path + socketSuffix); err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Fatalf("the socket is %v (error %v), want mode 0600", info, err)
	}
	if all := listed(t, vars); len(all) != 2 {
		t.Fatalf("the server lists %v, want 2", all)
	}
	replays(t, vars, exitNo, "back in the outbox: 1\n", "shirube: eins is not buried; see shirube outbox list\n", "eins", "zwei")
	select {
	case args := <-double.posts:
		if !looked.Load() || !strings.Contains(args.Get("metadata"), "zwei") {
			t.Errorf("sent %v, looked before: %v", args, looked.Load())
		}
	case <-time.After(10 * time.Second):
		t.Fatal("what was replayed is not sent")
	}
	if code := stop(); code != exitDone {
		t.Errorf("the server ended with %d", code)
	}
	if left, err := filepath.Glob(filepath.Dir(path) + "/.s*"); err != nil || len(left) > 0 {
		t.Errorf("left over: %v (error %v)", left, err)
	}
	if _, err := os.Lstat(path + socketSuffix); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is still there: %v", err)
	}
	if all := listed(t, vars); len(all) != 1 || all["-ne"].ID == "" {
		t.Errorf("after the server's end there are %v, want the one that was not replayed", all)
	}
}

// stale leaves a socket behind, as a killed server does.
func stale(t *testing.T, path string) {
	t.Helper()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	listener.SetUnlinkOnClose(false)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
}

// serving starts `shirube serve` in this process and returns when it serves;
// stop ends it and returns its exit code.
func serving(t *testing.T, vars map[string]string) (stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said := &firstLine{begun: make(chan struct{}), with: "msg=serving"}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve"}, world{stdio: stdio{strings.NewReader(""), io.Discard, said}, Vars: vars, Now: time.Now})
	}()
	select {
	case <-said.begun:
	case code := <-ended:
		t.Fatalf("serve ended with %d", code)
	}
	return func() int { cancel(); return <-ended }
}

// firstLine closes begun when a line with the words is written.
type firstLine struct {
	begun chan struct{}
	with  string
	done  atomic.Bool
}

func (f *firstLine) Write(p []byte) (int, error) {
	if strings.Contains(string(p), f.with) && f.done.CompareAndSwap(false, true) {
		close(f.begun)
	}
	return len(p), nil
}

// TestSocketInTheWay leaves alone what is no socket.
func TestSocketInTheWay(t *testing.T) {
	t.Parallel()
	path, _ := fileStore(t)
	if err := os.WriteFile(path+socketSuffix, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if listener, err := listenSocket(path); err == nil {
		_ = listener.Close()
		t.Fatal("a file was replaced by a socket")
	}
	if data, err := os.ReadFile(path + socketSuffix); err != nil || string(data) != "mine" {
		t.Errorf("the file is %q (error %v)", data, err)
	}
}
