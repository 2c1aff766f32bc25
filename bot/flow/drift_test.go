package flow_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/japan"
	"github.com/shirube/shirube/bot/locale"
)

// reported are the reports of a turn.
func reported(t bot.Turn) (all []bot.Report) {
	for _, e := range t.Effects {
		if e.Report != nil {
			all = append(all, *e.Report)
		}
	}
	return all
}

// TestReport keeps what the clerk sees with the step and its edition, bounded,
// and takes everything back with the session.
func TestReport(t *testing.T) {
	t.Parallel()
	m := machine(t)
	s := m.Play(bot.Session{}, event(0, bot.Opened, "", "")).Session
	s = m.Play(s, event(1, bot.Said, "画面がない", "")).Session
	turn := m.Play(s, event(2, bot.Said, " 見出しが\x07違う ", ""))
	more := m.Play(turn.Session, event(3, bot.Said, strings.Repeat("長", 300), ""))
	gone := m.Play(m.Play(more.Session, event(4, bot.Said, "削除", "")).Session, event(5, bot.Said, "すべて削除する", ""))
	want := []bot.Report{
		{Step: "start.hello", Text: "見出しが違う"},
		{Step: "start.hello", Text: "見出しが違う\n" + strings.Repeat("長", bot.MaxReport-7)},
		{},
	}
	for i, turn := range []bot.Turn{turn, more, gone} {
		want[i].ID, want[i].Session, want[i].At = bot.EffectID(clerk().SessionID(), turn.EventID, 0), clerk().SessionID(), turn.At
		if want[i].Step != "" {
			want[i].Edition = m.Edition("start.hello")
		}
		if d := cmp.Diff(want[i:i+1], reported(turn)); d != "" {
			t.Errorf("reports (-want +got):\n%s", d)
		}
	}
	if !gone.Forget || turn.Session.Step != "start.hello" || turn.Session.Trail != nil {
		t.Errorf("forgotten: %v; stands at %s after %v", gone.Forget, turn.Session.Step, turn.Session.Trail)
	}
}

// TestReportBegins anew each time: an answer that waits for a yes is none, and
// neither is what was reported before.
func TestReportBegins(t *testing.T) {
	t.Parallel()
	m := machine(t)
	s := m.Play(bot.Session{}, event(0, bot.Opened, "", "")).Session
	s.Draft, s.Focus = "1234567", "draft"
	for n, seen := range []string{"一", "二"} {
		s = m.Play(s, event(2*n+1, bot.Said, "画面がない", "")).Session
		turn := m.Play(s, event(2*n+2, bot.Said, seen, ""))
		if got := reported(turn); len(got) != 1 || got[0].Text != seen {
			t.Fatalf("reported %+v, want %s", got, seen)
		}
		s = turn.Session
	}
}

// TestReportIsNoAnswer does not take what was reported for a value of the card.
func TestReportIsNoAnswer(t *testing.T) {
	t.Parallel()
	m := machine(t)
	turn := m.Play(bot.Session{}, event(0, bot.Opened, "", ""))
	for n, text := range []string{"画面がない", "株式会社らしい画面", "会社の情報"} {
		turn = m.Play(turn.Session, event(n+1, bot.Said, text, ""))
	}
	if turn.Session.Focus != "card" || turn.Session.Draft != "" {
		t.Errorf("stands at %q with the draft %q", turn.Session.Focus, turn.Session.Draft)
	}
}

// TestReportHalves keeps no secret whose halves came one after the other.
func TestReportHalves(t *testing.T) {
	t.Parallel()
	m := machine(t)
	turn := m.Play(bot.Session{}, event(0, bot.Opened, "", ""))
	for n, text := range []string{"画面がない", "4111 1111", "1111 1111"} {
		turn = m.Play(turn.Session, event(n+1, bot.Said, text, ""))
	}
	if got := reported(turn); len(got) != 1 || strings.Contains(got[0].Text+turn.Session.Draft, "1111") {
		t.Errorf("reported %+v, draft %q", got, turn.Session.Draft)
	}
}

// editions are those of the sample's steps.
func editions(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	catalog, err := locale.Load(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	book := load(t, files)
	m := flow.New(book, catalog, japan.NewCalendar(), nil)
	all := map[string]string{}
	for _, s := range book.Steps() {
		all[s.ID] = m.Edition(s.ID)
	}
	return all
}

// TestEdition has another fingerprint as soon as a step is mended, in its texts
// or in what it does, and only that step has.
func TestEdition(t *testing.T) {
	t.Parallel()
	before := editions(t, sample())
	if !regexp.MustCompile(`^[0-9a-f]{8}$`).MatchString(before["a.form"]) || before["a.form"] == before["a.hello"] {
		t.Fatalf("editions are %v", before)
	}
	for _, c := range []struct{ file, old, mended string }{
		{"locales/ja/a.yaml", "申し込みの画面", "申込の画面"},
		{"locales/ja/a.yaml", "see: 次の画面。", "see: 次の画面が出ます。"},
		{"locales/ja/a.yaml", "gate: 画面は合っていますか。", "gate: 画面は合っていますか。\n    options: { hold: いいえ }"},
		{"flows/a.yaml", "tell: sent", "tell: late"},
		{"flows/a.yaml", "facts: [F1, F2]", "facts: [F2, F1]"},
		{"flows/a.yaml", "example.com/form", "example.com/new"},
	} {
		after := editions(t, with(t, c.file, c.old, c.mended))
		for step := range before {
			if (before[step] != after[step]) != (step == "a.form") {
				t.Errorf("%s for %s: %s is %s after %s", c.mended, c.old, step, after[step], before[step])
			}
		}
	}
	if got := machine(t).Edition("a.gone"); got != "" {
		t.Errorf("no step has the edition %q", got)
	}
}
