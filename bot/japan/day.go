package japan

import (
	"strings"
	"time"
)

// maxDay is the length in bytes beyond which a text is no day.
const maxDay = 200

// Day reads a day in the past as people write it: 2026/12/3, 2026年12月3日,
// 12月3日(木), 12/3, 令和8年12月3日, R8.12.3, 今日, 昨日, Dec 3, 2026, 3 Dec 2026,
// and 12/3/2026 as Microsoft's English pages show it. A day without a year is
// the most recent past one. The weekday is not checked. The result is 00:00
// in Tokyo, zero when the reason is [Unreadable]; with [Future] and [Old] it
// is the day that was read.
func Day(text string, today time.Time) (day time.Time, reason string) {
	now := midnight(dayNumber(today))
	day, ok := readDay(text, now)
	switch {
	case !ok:
		return time.Time{}, Unreadable
	case day.After(now):
		return day, Future
	case day.Before(now.AddDate(-2, 0, 0)):
		return day, Old
	}
	return day, ""
}

func readDay(text string, now time.Time) (time.Time, bool) {
	text = strings.TrimFunc(text, blank)
	if len(text) > maxDay {
		return time.Time{}, false
	}
	if back, ok := daysBack(text); ok {
		return now.AddDate(0, 0, -back), true
	}
	w, ok := scanDay(text)
	if !ok {
		return time.Time{}, false
	}
	year, month, d, ok := w.arrange()
	switch {
	case !ok:
		return time.Time{}, false
	case year == 0:
		return latest(now, month, d)
	}
	return date(year, month, d)
}

func daysBack(text string) (int, bool) {
	switch strings.TrimSuffix(Fold(text), "です") {
	case "今日", "きょう", "本日", "today":
		return 0, true
	case "昨日", "きのう", "yesterday":
		return 1, true
	case "一昨日", "おととい":
		return 2, true
	}
	return 0, false
}

// latest is the most recent day with this month and day; 8 years back there
// has been a 29 February even around a century.
func latest(now time.Time, month, day int) (time.Time, bool) {
	for back := range 9 {
		t, ok := date(now.Year()-back, month, day)
		if ok && !t.After(now) {
			return t, true
		}
	}
	return time.Time{}, false
}

// date refuses what is not in the calendar, such as 2/30.
func date(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, Tokyo())
	return t, t.Month() == time.Month(month) && t.Day() == day
}
