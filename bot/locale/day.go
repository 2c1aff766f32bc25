package locale

import (
	"strconv"
	"time"
)

// day shows a day with its weekday: 12月3日(木), Thu, Dec 3. The day is the one
// of its own location.
func day(lang string, t time.Time) string {
	if lang != Default {
		return t.Format("Mon, Jan 2")
	}
	weekdays := [...]string{"日", "月", "火", "水", "木", "金", "土"}
	return strconv.Itoa(int(t.Month())) + "月" + strconv.Itoa(t.Day()) + "日(" + weekdays[t.Weekday()] + ")"
}
