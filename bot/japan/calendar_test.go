package japan_test

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func at(t testing.TB, text string) time.Time {
	t.Helper()
	for _, layout := range []string{time.DateOnly, time.DateTime, time.RFC3339} {
		if d, err := time.ParseInLocation(layout, text, japan.Tokyo()); err == nil {
			return d
		}
	}
	t.Fatalf("no time: %q", text)
	return time.Time{}
}

// The days off on weekdays as the Cabinet Office announced them, year by year.
func announced() map[int][]string {
	return map[int][]string{
		2024: {"01-01", "01-08", "02-12", "02-23", "03-20", "04-29", "05-03", "05-06", "07-15",
			"08-12", "09-16", "09-23", "10-14", "11-04"},
		2025: {"01-01", "01-13", "02-11", "02-24", "03-20", "04-29", "05-05", "05-06", "07-21",
			"08-11", "09-15", "09-23", "10-13", "11-03", "11-24"},
		2026: {"01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-04", "05-05", "05-06",
			"07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"},
		2027: {"01-01", "01-11", "02-11", "02-23", "03-22", "04-29", "05-03", "05-04", "05-05",
			"07-19", "08-11", "09-20", "09-23", "10-11", "11-03", "11-23"},
	}
}

func TestWorkdayAgainstAnnouncedHolidays(t *testing.T) {
	t.Parallel()
	c := japan.NewCalendar(japan.YearEnd(false))
	for year, off := range announced() {
		closed := map[string]bool{}
		for _, day := range off {
			closed[day] = true
		}
		for d := at(t, "2000-01-01").AddDate(year-2000, 0, 0); d.Year() == year; d = d.AddDate(0, 0, 1) {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			want := !weekend && !closed[d.Format("01-02")]
			if got := c.Workday(d); got != want {
				t.Errorf("Workday(%s) = %v, want %v", d.Format("2006-01-02 Mon"), got, want)
			}
		}
	}
}

// The race detector sees it when calendars share what they compute with.
func TestNewCalendarConcurrently(t *testing.T) {
	t.Parallel()
	day := at(t, "2027-03-22")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if japan.NewCalendar().Workday(day) {
				t.Error("2027-03-22 is a workday, want a holiday")
			}
		})
	}
	wg.Wait()
}

func TestWorkdayIsTokyos(t *testing.T) {
	t.Parallel()
	c := japan.NewCalendar()
	tests := map[string]bool{
		"2026-11-20T14:59:59Z":      true,  // Friday 23:59 in Tokyo
		"2026-11-20T15:00:00Z":      false, // Saturday 00:00 in Tokyo
		"2026-11-23T14:59:59Z":      false, // a holiday's last second
		"2026-11-23T15:00:00Z":      true,
		"2026-11-22T12:00:00-12:00": false,
		"1969-12-31T14:59:59Z":      true, // Wednesday, before day 0
		"1969-12-27T14:59:59Z":      false,
	}
	for text, want := range tests {
		if got := c.Workday(at(t, text)); got != want {
			t.Errorf("Workday(%s) = %v, want %v", text, got, want)
		}
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	thursday, saturday := at(t, "2026-12-03"), at(t, "2026-12-05 18:00:00")
	yearEnd := at(t, "2026-12-29")
	tests := []struct {
		name string
		opts []japan.Option
		day  time.Time
		want bool
	}{
		{"a Thursday", nil, thursday, true},
		{"closed by us", []japan.Option{japan.Closed(thursday)}, thursday, false},
		{"the last holds", []japan.Option{japan.Closed(thursday), japan.Open(thursday)}, thursday, true},
		{"an open Saturday", []japan.Option{japan.Open(saturday)}, saturday, true},
		{"year end by default", nil, yearEnd, false},
		{"year end off", []japan.Option{japan.YearEnd(false)}, yearEnd, true},
		{"open at year end", []japan.Option{japan.Open(yearEnd), japan.YearEnd(true)}, yearEnd, true},
		{"beyond the years", []japan.Option{japan.Closed(at(t, "2199-12-03"))}, at(t, "2199-12-03"), false},
		{"a holiday opened", []japan.Option{japan.Open(at(t, "2026-11-23"))}, at(t, "2026-11-23"), true},
	}
	for _, tt := range tests {
		if got := japan.NewCalendar(tt.opts...).Workday(tt.day); got != tt.want {
			t.Errorf("%s: Workday = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	c := japan.NewCalendar()
	tests := []struct{ submitted, earliest, latest string }{
		{"2026-12-03", "2026-12-08", "2026-12-10"},
		{"2026-12-03T23:59:00+09:00", "2026-12-08", "2026-12-10"},
		{"2026-12-03T15:30:00Z", "2026-12-09", "2026-12-11"}, // the 4th in Tokyo
		{"2026-12-05", "2026-12-09", "2026-12-11"},           // a Saturday is day 0 too
		{"2026-11-20", "2026-11-26", "2026-11-30"},           // over 勤労感謝の日
		{"2026-09-18", "2026-09-28", "2026-09-30"},           // over 国民の休日
		{"2026-05-01", "2026-05-11", "2026-05-13"},           // over 振替休日
		{"2026-12-25", "2027-01-05", "2027-01-07"},           // over the year's end
		{"2027-03-19", "2027-03-25", "2027-03-29"},
	}
	for _, tt := range tests {
		earliest, latest := c.Review(at(t, tt.submitted))
		if got := earliest.Format(time.DateOnly); got != tt.earliest {
			t.Errorf("Review(%s) begins %s, want %s", tt.submitted, got, tt.earliest)
		}
		if got := latest.Format(time.DateOnly); got != tt.latest {
			t.Errorf("Review(%s) ends %s, want %s", tt.submitted, got, tt.latest)
		}
	}
}

func TestAddWorkdaysZeroAndBack(t *testing.T) {
	t.Parallel()
	c := japan.NewCalendar()
	tests := []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-22T23:00:00Z", 0, "2026-11-23T00:00:00+09:00"},
		{"2026-11-24", -1, "2026-11-20T00:00:00+09:00"},
		{"2027-01-04", -2, "2026-12-25T00:00:00+09:00"},
	}
	for _, tt := range tests {
		if got := c.AddWorkdays(at(t, tt.from), tt.n).Format(time.RFC3339); got != tt.want {
			t.Errorf("AddWorkdays(%s, %d) = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestAddWorkdaysProperties(t *testing.T) {
	t.Parallel()
	c := japan.NewCalendar()
	seconds := rapid.Int64Range(-2_000_000_000, 6_000_000_000) // 1906 to 2160
	rapid.Check(t, func(t *rapid.T) {
		from := time.Unix(seconds.Draw(t, "from"), 0)
		later := from.Add(time.Duration(rapid.Int64Range(0, 40*24).Draw(t, "hours")) * time.Hour)
		n := rapid.IntRange(1, 40).Draw(t, "n")
		got := c.AddWorkdays(from, n)
		if !c.Workday(got) {
			t.Fatalf("%s is no workday", got)
		}
		if !got.After(from) || !c.AddWorkdays(from, n+1).After(got) {
			t.Fatalf("AddWorkdays(%s, %d) = %s does not grow with n", from, n, got)
		}
		if c.AddWorkdays(later, n).Before(got) {
			t.Fatalf("a later start than %s ends before %s", from, got)
		}
		if back := c.AddWorkdays(got, -n); back.After(from) {
			t.Fatalf("%d back from %s is %s, after %s", n, got, back, from)
		}
	})
}

func BenchmarkNewCalendar(b *testing.B) {
	for b.Loop() {
		japan.NewCalendar()
	}
}

func BenchmarkWorkday(b *testing.B) {
	c, day := japan.NewCalendar(), at(b, "2026-11-23")
	for b.Loop() {
		c.Workday(day)
	}
}

func BenchmarkReview(b *testing.B) {
	c, day := japan.NewCalendar(), at(b, "2026-12-25")
	for b.Loop() {
		c.Review(day)
	}
}
