package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// found keeps reports as clerks make them: two about csp.company as it reads
// now, one before it was mended; one about account.card, and one about a step
// that is gone.
func found(t *testing.T, kept bot.Reports) {
	t.Helper()
	g := ownGuide(t)
	edition := g.machine(nil).Edition
	for n, r := range []bot.Report{
		{Session: "slack:T1:U9", Step: "account.gone", Edition: "00000000", Text: "前の手順"},
		{Session: "slack:T1:U9", Step: "csp.company", Edition: "00000000", Text: "=HYPERLINK(1)\x1b[2J"},
		{Session: "slack:T1:U1", Step: "csp.company", Edition: edition("csp.company"), Text: "題名が\n違う"},
		{Session: "slack:T1:U2", Step: "csp.company", Edition: edition("csp.company"), Text: "英語の画面"},
		{Session: "slack:T1:U1", Step: "account.card", Edition: edition("account.card"), Text: "+ の画面"},
	} {
		r.ID, r.At = bot.EffectID(r.Session, r.Step, 0), lately().Add(time.Duration(n)*time.Minute)
		if _, err := kept.Report(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

// reportedFile is a file with reports that nobody holds.
func reportedFile(t *testing.T) (path string, vars map[string]string) {
	t.Helper()
	path, vars = fileStore(t)
	store, err := boltstore.Open(path, lease, boltstore.NoSync)
	if err != nil {
		t.Fatal(err)
	}
	found(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return path, vars
}

// driftIs checks what `cases drift --json` says.
func driftIs(t *testing.T, vars map[string]string, want []drifted) {
	t.Helper()
	code, out, errs := command(t, vars, "", "cases", "drift", "--json")
	var got []drifted
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
		t.Fatalf("exit %d, error %v, said %s%s", code, err, out, errs)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("drift (-want +got):\n%s", d)
	}
	if strings.Contains(out, "slack:") {
		t.Errorf("who it was shows: %s", out)
	}
}

// titleOf is what a step is called by now.
func titleOf(t *testing.T, lang, step string) string {
	t.Helper()
	g := ownGuide(t)
	return g.catalog.Say(lang, bot.Phrase{Key: step + ".title"})
}

// wantDrift is what must be said of found: what is marked first, then as the
// procedure goes.
func wantDrift(t *testing.T) []drifted {
	t.Helper()
	at := func(n int) time.Time { return lately().Add(time.Duration(n) * time.Minute) }
	return []drifted{
		{Step: "csp.company", Title: titleOf(t, "ja", "csp.company"), Reports: 3, Sessions: 2, Marked: true, Since: at(1), Texts: []sight{
			{At: at(1), Text: "=HYPERLINK(1)\x1b[2J"}, {At: at(2), Text: "題名が\n違う", Current: true}, {At: at(3), Text: "英語の画面", Current: true},
		}},
		{Step: "account.card", Title: titleOf(t, "ja", "account.card"), Reports: 1, Sessions: 1, Since: at(4), Texts: []sight{{At: at(4), Text: "+ の画面", Current: true}}},
		{Step: "account.gone", Reports: 1, Since: at(0), Texts: []sight{{At: at(0), Text: "前の手順"}}},
	}
}

func TestCasesDriftFile(t *testing.T) {
	t.Parallel()
	_, vars := reportedFile(t)
	driftWorks(t, vars)
}

// TestCasesDriftRedis runs alone: the Redis client's log is the whole process's.
func TestCasesDriftRedis(t *testing.T) { //nolint:paralleltest // as said
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
	found(t, store)
	driftWorks(t, map[string]string{"STORE_URL": redisURL})
}

// TestCasesDriftServing asks a running server, which holds the file.
func TestCasesDriftServing(t *testing.T) {
	t.Parallel()
	path, vars := reportedFile(t)
	stop := serving(t, map[string]string{
		"STORE_URL": "file:" + path, "SLACK_SIGNING_SECRET": "secret", "SLACK_BOT_TOKEN": "xoxb-1", "LISTEN_ADDR": "127.0.0.1:0",
	})
	driftWorks(t, vars)
	if code := stop(); code != exitDone {
		t.Errorf("the server ended with %d", code)
	}
}

// driftWorks lists and clears what found keeps.
func driftWorks(t *testing.T, vars map[string]string) {
	t.Helper()
	driftIs(t, vars, wantDrift(t))
	driftForms(t, vars)
	if code, out, _ := command(t, vars, "", "cases", "drift", "--clear", "csp.company"); code != exitDone || out != "cleared: csp.company\n" {
		t.Errorf("clear: exit %d, said %q", code, out)
	}
	driftIs(t, vars, wantDrift(t)[1:])
	code, out, errs := command(t, vars, "", "cases", "drift", "--clear", "csp.company")
	if code != exitNo || out != "" || errs != "shirube: there is no report about csp.company; see shirube cases drift\n" {
		t.Errorf("clear again: exit %d, said %q and %q", code, out, errs)
	}
	for _, step := range []string{"account.card", "account.gone"} {
		command(t, vars, "", "cases", "drift", "--clear", step)
	}
	driftIs(t, vars, []drifted{})
	if code, out, _ := command(t, vars, "", "cases", "drift"); code != exitDone || out != "nothing is reported\n" {
		t.Errorf("exit %d, said %q", code, out)
	}
}

// driftForms looks at the table and the CSV: neither the terminal nor a
// spreadsheet does what a clerk wrote.
func driftForms(t *testing.T, vars map[string]string) {
	t.Helper()
	_, text, _ := command(t, vars, "", "cases", "drift", "--csv", "--locale", "en")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	want := [][]string{
		{"step", "title", "reports", "sessions", "marked", "since", "texts"},
		{"csp.company", titleOf(t, "en", "csp.company"), "3", "2", "yes", "2026-11-24T09:01:00Z", "'=HYPERLINK(1)\x1b[2J\n題名が 違う\n英語の画面"},
		{"account.card", titleOf(t, "en", "account.card"), "1", "1", "no", "2026-11-24T09:04:00Z", "'+ の画面"},
		{"account.gone", "", "1", "0", "no", "2026-11-24T09:00:00Z", "前の手順"},
	}
	if d := cmp.Diff(want, rows); err != nil || d != "" {
		t.Errorf("csv (error %v, -want +got):\n%s", err, d)
	}
	_, table, _ := command(t, vars, "", "cases", "drift")
	lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	if len(lines) != 9 || strings.ContainsRune(table, '\x1b') {
		t.Fatalf("the table has %d lines, want 9:\n%q", len(lines), table)
	}
	for n, want := range map[int]string{
		1: "csp.company " + titleOf(t, "ja", "csp.company") + " 3 2 yes 2026-11-24T09:01:00Z",
		2: "2026-11-24T09:01:00Z =HYPERLINK(1)\ufffd[2J (the step was changed since)",
		3: "2026-11-24T09:02:00Z 題名が 違う",
	} {
		if got := strings.Join(strings.Fields(lines[n]), " "); got != want {
			t.Errorf("line %d is %q, want %q", n, got, want)
		}
	}
}

func TestCasesRefuses(t *testing.T) {
	t.Parallel()
	path, vars := reportedFile(t)
	for name, c := range map[string]struct {
		vars map[string]string
		args []string
		want string // in the one line
	}{
		"two forms":          {vars, []string{"drift", "--csv", "--json"}, "--csv"},
		"a form and a clear": {vars, []string{"drift", "--json", "--clear", "csp.company"}, "--clear"},
		"no store":           {map[string]string{"STORE_URL": "file:" + path + ".none"}, []string{"drift"}, "STORE_URL"},
		"no content":         {map[string]string{"STORE_URL": "file:" + path, "CONTENT_DIR": path}, []string{"drift"}, "CONTENT_DIR"},
		"nothing asked":      {vars, nil, "drift"},
	} {
		code, out, errs := command(t, c.vars, "", append([]string{"cases"}, c.args...)...)
		if code != exitUnable || out != "" || strings.Count(errs, "shirube: ") != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d, said %q and %q; want 2 and one line that names %s", name, code, out, errs, c.want)
		}
	}
}

// brokenReports is a store that is broken.
type brokenReports struct{}

func (brokenReports) Report(context.Context, bot.Report) (bool, error) { return false, errBroken }
func (brokenReports) Reports(context.Context) ([]bot.Report, error)    { return nil, errBroken }
func (brokenReports) Clear(context.Context, string) error              { return errBroken }

// TestOfficeReportsFail hands on what the server says, and refuses what is no
// question.
func TestOfficeReportsFail(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	reportRoutes(mux, brokenReports{})
	web := httptest.NewServer(mux)
	defer web.Close()
	ask := officeAt(web)
	_, err := ask.Reports(t.Context())
	for op, err := range map[string]error{"list": err, "clear": ask.Clear(t.Context(), "a")} {
		if err == nil || !strings.Contains(err.Error(), "disk is broken") {
			t.Errorf("%s: error %v", op, err)
		}
	}
	if err := ask.Clear(t.Context(), ""); err == nil || !strings.Contains(err.Error(), "malformed") {
		t.Errorf("clear of nothing: error %v", err)
	}
}
