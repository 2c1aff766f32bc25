package japan_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func TestDay(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want, reason string }{
		{"2026/12/3", "2026-12-03", ""},
		{"2026-12-03", "2026-12-03", ""},
		{"2026.12.3", "2026-12-03", ""},
		{"２０２６／１２／３", "2026-12-03", ""},
		{"２０２６－１２－０３", "2026-12-03", ""},
		{"2026年12月3日", "2026-12-03", ""},
		{"2026 年 12 月 3 日（木）です。", "2026-12-03", ""},
		{"12月3日(木)", "2026-12-03", ""},
		{"12月3日木曜日", "2026-12-03", ""},
		{"11月29日（日曜日）", "2026-11-29", ""},
		{"11月29日(日)", "2026-11-29", ""},
		{"12/3", "2026-12-03", ""},
		{"12/10", "2026-12-10", ""}, // today
		{"12/11", "2025-12-11", ""}, // not today yet, so last year's
		{"2/29", "2024-02-29", japan.Old},
		{"令和8年12月3日", "2026-12-03", ""},
		{"㋿8年12月3日", "2026-12-03", ""},
		{"令和元年5月1日", "2019-05-01", japan.Old},
		{"R8.12.3", "2026-12-03", ""},
		{"ｒ８／１２／３", "2026-12-03", ""},
		{"平成30年4月1日", "2018-04-01", japan.Old},
		{"今日", "2026-12-10", ""},
		{"「本日」", "2026-12-10", ""},
		{"昨日です", "2026-12-09", ""},
		{"おととい", "2026-12-08", ""},
		{"Today", "2026-12-10", ""},
		{"yesterday.", "2026-12-09", ""},
		{"Dec 3, 2026", "2026-12-03", ""},
		{"December 3rd, 2026", "2026-12-03", ""},
		{"Thu., Dec. 3", "2026-12-03", ""},
		{"3 Dec 2026", "2026-12-03", ""},
		{"3rd Dec", "2026-12-03", ""},
		{"123/1", "", japan.Unreadable},
		{"3-Dec-2026", "2026-12-03", ""},
		{"Sept 30", "2026-09-30", ""},
		{"12/3/2026", "2026-12-03", ""},
		{"20261203", "2026-12-03", ""},
		{"2024-12-10", "2024-12-10", ""},
		{"2024-12-09", "2024-12-09", japan.Old},
		{"2026-12-11", "2026-12-11", japan.Future},
		{"３日", "", japan.Unreadable},
		{"12月", "", japan.Unreadable},
		{"12-3", "", japan.Unreadable},
		{"26/12/3", "", japan.Unreadable},
		{"2026/2/30", "", japan.Unreadable},
		{"2026/13/1", "", japan.Unreadable},
		{"0/0", "", japan.Unreadable},
		{"令和0年1月1日", "", japan.Unreadable},
		{"2/30", "", japan.Unreadable},
		{"12月3日から5日", "", japan.Unreadable},
		{"1 12/3", "", japan.Unreadable},
		{"わかりません", "", japan.Unreadable},
		{"may", "", japan.Unreadable},
		{"", "", japan.Unreadable},
		{"2026/12/3" + strings.Repeat("　", 200), "2026-12-03", ""},
		{strings.Repeat("1/", 10_000), "", japan.Unreadable},
	}
	today := at(t, "2026-12-10T00:30:00+09:00").UTC() // still the 9th in London
	for _, tt := range tests {
		day, reason := japan.Day(tt.text, today)
		got := ""
		if !day.IsZero() {
			got = day.Format(time.DateOnly)
		}
		if got != tt.want || reason != tt.reason {
			t.Errorf("Day(%.60q) = %q, %q, want %q, %q", tt.text, got, reason, tt.want, tt.reason)
		}
	}
}

func TestDayReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	today := at(t, "2026-12-10")
	layouts := []string{
		"2006/1/2", "2006-01-02", "2006年1月2日", "2006年01月02日(Mon)", "Jan 2, 2006", "2 January 2006", "1/2/2006", "20060102",
	}
	rapid.Check(t, func(t *rapid.T) {
		want := today.AddDate(0, 0, -rapid.IntRange(0, 730).Draw(t, "days"))
		text := want.Format(rapid.SampledFrom(layouts).Draw(t, "layout"))
		if got, reason := japan.Day(text, today); !got.Equal(want) || reason != "" {
			t.Fatalf("Day(%q) = %s, %q", text, got, reason)
		}
		short := want.Format("1月2日")
		got, reason := japan.Day(short, today)
		if got.Format("1月2日") != short || got.After(today) || got.Before(want) {
			t.Fatalf("Day(%q) = %s, %q", short, got, reason)
		}
	})
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"2026/12/3", "12月3日(木)", "R8.12.3", "令和元年5月1日", "Thu, Dec 3rd, 2026", "今日", "\xff3 may", "(", "日曜"} {
		f.Add(s)
	}
	today := at(f, "2026-12-10")
	f.Fuzz(func(t *testing.T, s string) {
		day, reason := japan.Day(s, today)
		switch reason {
		case "":
			if day.After(today) || day.Before(today.AddDate(-2, 0, 0)) {
				t.Fatalf("Day(%q) took %s", s, day)
			}
		case japan.Future, japan.Old:
			if day.After(today) != (reason == japan.Future) {
				t.Fatalf("Day(%q) = %s, %q", s, day, reason)
			}
		case japan.Unreadable:
			if !day.IsZero() {
				t.Fatalf("Day(%q) = %s, %q", s, day, reason)
			}
		default:
			t.Fatalf("Day(%q): reason %q", s, reason)
		}
	})
}

func BenchmarkDay(b *testing.B) {
	today := at(b, "2026-12-10")
	for b.Loop() {
		japan.Day("2026年12月3日（木）", today)
	}
}
