package storetest

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shirube/shirube/bot"
)

// reportSuite is every test of [bot.Reports] by its name.
func reportSuite() map[string]func(*kit) {
	return map[string]func(*kit){"ReportWaits": reportWaits,
		"Report":            report,
		"ReportAgain":       reportAgain,
		"ReportEditions":    reportEditions,
		"ReportWithdrawn":   reportWithdrawn,
		"ReportsCleared":    reportsCleared,
		"ReportsBound":      reportsBound,
		"ConcurrentReports": concurrentReports,
	}
}

// saw is a report of a session about a step, made now.
func (k *kit) saw(session, step, text string) bot.Report {
	return bot.Report{
		ID: bot.EffectID(session, step+text, 0), Session: session, Step: step, Edition: "1a2b3c4d", Text: text, At: k.now,
	}
}

// reports makes a report and checks whether it confirms others.
func (k *kit) reports(r bot.Report, confirms bool) {
	k.Helper()
	if got, err := k.Store.Report(k.Context(), r); err != nil || got != confirms {
		k.Fatalf("the report %q of %s confirms: %v (error %v), want %v", r.Text, r.Session, got, err, confirms)
	}
}

// kept checks everything that is kept.
func (k *kit) kept(want ...bot.Report) {
	k.Helper()
	got, err := k.Store.Reports(k.Context())
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || d != "" {
		k.Fatalf("reports (error %v, -want +got):\n%s", err, d)
	}
}

// reportWaits has a report wait in the outbox, in a lane of its own.
func reportWaits(k *kit) {
	r := k.saw("slack:T1:U1", "csp.company", "見出しが違う")
	t := k.turn("slack:T1:U1", "e1", 0, say("C1", "a", k.now), bot.Effect{Due: k.now, Report: &r}, wake("w", k.now))
	k.commit(t)
	k.Store = k.Reopen()
	claims := k.claimed("a", "w", "見出しが違う")
	if d := cmp.Diff(t.Effects[1], claims["見出しが違う"].Effect); d != "" {
		k.Errorf("effect (-want +got):\n%s", d)
	}
	k.bury(claims["見出しが違う"])
	if all := k.graves(); len(all) != 1 || all[0].Kind != bot.GraveReport || strings.Contains(fmt.Sprint(all), "見出し") {
		k.Errorf("graves are %v, want one of a report, without its words", all)
	}
}

// report keeps what each session said last, and is confirmed by the second
// session only.
func report(k *kit) {
	k.kept()
	one := k.saw("slack:T1:U1", "csp.company", "見出しが違う")
	k.reports(one, false)
	k.now = k.now.Add(time.Minute)
	other := k.saw("slack:T1:U1", "account.card", "カードの画面がない")
	k.reports(other, false)
	again := k.saw("slack:T1:U1", "csp.company", "ボタンがない")
	k.reports(again, false)
	k.kept(other, again)
	k.now = k.now.Add(time.Minute)
	two := k.saw("teams:T1:U1", "csp.company", "英語の画面")
	k.reports(two, true)
	k.Store = k.Reopen()
	k.now = k.now.Add(time.Minute)
	three := k.saw("slack:T1:U3", "csp.company", "別の画面")
	k.reports(three, false)
	k.kept(other, again, two, three)
}

// reportAgain makes the same reports again, as after a crash before the effect
// was done, and in the wrong order.
func reportAgain(k *kit) {
	one, two := k.saw("slack:T1:U1", "a", "1"), k.saw("slack:T1:U2", "a", "2")
	k.reports(one, false)
	k.reports(two, true)
	k.now = k.now.Add(time.Minute)
	later := k.saw("slack:T1:U2", "a", "3")
	k.reports(later, false)
	k.reports(two, true)
	k.reports(one, false)
	k.reports(later, false)
	k.kept(one, later)
}

// reportEditions counts only reports of the same edition.
func reportEditions(k *kit) {
	edition := func(session, edition string) bot.Report {
		r := k.saw(session, "a", edition)
		k.now = k.now.Add(time.Minute)
		r.Edition = edition
		return r
	}
	old, mended := edition("slack:T1:U1", "old"), edition("slack:T1:U2", "new")
	k.reports(old, false)
	k.reports(mended, false)
	second, third := edition("slack:T1:U3", "new"), edition("slack:T1:U4", "old")
	k.reports(second, true)
	k.reports(third, true)
	k.kept(old, mended, second, third)
	moved := edition("slack:T1:U1", "new")
	k.reports(moved, false)
	back := edition("slack:T1:U5", "old")
	k.reports(back, true)
	k.kept(mended, second, third, moved, back)
}

// reportWithdrawn leaves nothing of a session, and of nobody else less; a step
// that is not confirmed any more is confirmed anew. What is reported after the
// withdrawal stays when that is made again.
func reportWithdrawn(k *kit) {
	mine, yours := k.saw("slack:T1:U1", "a", "1"), k.saw("slack:T1:U2", "a", "2")
	k.reports(k.saw("slack:T1:U1", "b", "1"), false)
	k.reports(mine, false)
	k.reports(yours, true)
	k.now = k.now.Add(time.Minute)
	gone := bot.Report{ID: "gone", Session: "slack:T1:U1", At: k.now}
	k.reports(gone, false)
	k.kept(yours)
	k.now = k.now.Add(time.Minute)
	anew := k.saw("slack:T1:U1", "a", "3")
	k.reports(anew, true)
	k.reports(gone, false)
	k.Store = k.Reopen()
	k.kept(yours, anew)
}

// reportsCleared drops a step's reports, after which it begins anew.
func reportsCleared(k *kit) {
	a, b := k.saw("slack:T1:U1", "a", "1"), k.saw("slack:T1:U1", "b", "1")
	k.reports(a, false)
	k.reports(b, false)
	k.reports(k.saw("slack:T1:U2", "a", "2"), true)
	for _, step := range []string{"a", "a", "none"} {
		if err := k.Store.Clear(k.Context(), step); err != nil {
			k.Fatalf("clear: %v", err)
		}
	}
	k.kept(b)
	k.reports(a, false)
	k.reports(k.saw("slack:T1:U3", "a", "3"), true)
}

// reportsBound keeps no more than the newest of a step, and of none more than
// its beginning.
func reportsBound(k *kit) {
	var want []bot.Report
	for n := range 60 {
		r := k.saw(fmt.Sprint("slack:T1:U", n), "a", strings.Repeat("画", 300))
		k.reports(r, n == 1)
		r.Text = strings.Repeat("画", bot.MaxReport)
		want = append(want, r)
		k.now = k.now.Add(time.Second)
	}
	k.kept(want[10:]...)
}

// concurrentReports has many report about the same steps at once: all are kept,
// and each step is confirmed once.
func concurrentReports(k *kit) {
	const clerks, steps = 12, 3
	var confirmed [steps]atomic.Int64
	var wait sync.WaitGroup
	for n := range clerks {
		wait.Go(func() {
			for step := range steps {
				r := k.saw(fmt.Sprint("slack:T1:U", n), fmt.Sprint(step), "x")
				if yes, err := k.Store.Report(k.Context(), r); err != nil {
					k.Errorf("report: %v", err)
				} else if yes {
					confirmed[step].Add(1)
				}
			}
		})
	}
	wait.Wait()
	all, err := k.Store.Reports(k.Context())
	if err != nil || len(all) != clerks*steps {
		k.Errorf("%d reports are kept (error %v), want %d", len(all), err, clerks*steps)
	}
	for step := range confirmed {
		if n := confirmed[step].Load(); n != 1 {
			k.Errorf("step %d was confirmed %d times", step, n)
		}
	}
}
