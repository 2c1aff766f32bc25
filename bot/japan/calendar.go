package japan

import "time"

// The years whose public holidays a calendar knows. Outside of them it knows
// Saturdays, Sundays and the overrides only.
const (
	firstYear = 2020
	lastYear  = 2060
)

const (
	daySeconds = 24 * 60 * 60
	offset     = 9 * 60 * 60 // of Asia/Tokyo, east of UTC
)

// Tokyo is the time zone of Japan. It needs no zone files: Japan has no
// daylight saving time.
func Tokyo() *time.Location { return time.FixedZone("JST", offset) }

// Calendar tells business days in Japan: Monday to Friday without public
// holidays and, unless told otherwise, without 12/29 to 1/3. Make one with
// [NewCalendar]; it never changes.
type Calendar struct {
	known map[int64]bool // day number -> open, for all days the week does not decide
}

// Option changes what a calendar takes for a business day.
type Option func(*settings)

type settings struct {
	yearEnd bool
	days    []override
}

type override struct {
	day  int64
	open bool
}

// YearEnd tells whether offices are closed from 12/29 to 1/3, which is custom
// and not law. They are unless this option says otherwise.
func YearEnd(closed bool) Option {
	return func(s *settings) { s.yearEnd = closed }
}

// Closed makes these days holidays: a law changed, or the company rests. Only
// their dates in Tokyo count. It goes before every rule; of several options
// that name the same day the last one holds.
func Closed(days ...time.Time) Option { return overrides(days, false) }

// Open makes these days business days, as [Closed] makes them holidays.
func Open(days ...time.Time) Option { return overrides(days, true) }

func overrides(days []time.Time, open bool) Option {
	return func(s *settings) {
		for _, d := range days {
			s.days = append(s.days, override{dayNumber(d), open})
		}
	}
}

// NewCalendar computes the holidays once, so that asking takes nanoseconds.
func NewCalendar(opts ...Option) *Calendar {
	s := settings{yearEnd: true}
	for _, o := range opts {
		o(&s)
	}
	c := &Calendar{known: map[int64]bool{}}
	for year := firstYear; year <= lastYear; year++ {
		for day := range holidays(year) {
			c.known[day] = false
		}
		if s.yearEnd {
			c.rest(dateNumber(year, time.January, 1), 3)
			c.rest(dateNumber(year, time.December, 29), 3)
		}
	}
	for _, o := range s.days {
		c.known[o.day] = o.open
	}
	return c
}

func (c *Calendar) rest(from, days int64) {
	for day := from; day < from+days; day++ {
		c.known[day] = false
	}
}

// Workday tells whether the day of t in Tokyo is a business day.
func (c *Calendar) Workday(t time.Time) bool { return c.open(dayNumber(t)) }

// AddWorkdays is the n-th business day after the day of t in Tokyo, which is
// day 0 whatever day it is; before it when n is negative. The result is 00:00
// in Tokyo.
func (c *Calendar) AddWorkdays(t time.Time, n int) time.Time {
	day, step := dayNumber(t), int64(1)
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		day += step
		if c.open(day) {
			n--
		}
	}
	return midnight(day)
}

// Review is when a review that began at submitted is normally over: 3 to 5
// business days after. Microsoft does not say whose business days it means,
// so both are estimates.
// See https://learn.microsoft.com/partner-center/enroll/verification-responses.
func (c *Calendar) Review(submitted time.Time) (earliest, latest time.Time) {
	return c.AddWorkdays(submitted, 3), c.AddWorkdays(submitted, 5)
}

func (c *Calendar) open(day int64) bool {
	if open, ok := c.known[day]; ok {
		return open
	}
	w := weekday(day)
	return w != time.Saturday && w != time.Sunday
}

// dayNumber counts days in Tokyo; 1970-01-01 is 0.
func dayNumber(t time.Time) int64 {
	s := t.Unix() + offset
	if s < 0 {
		s -= daySeconds - 1
	}
	return s / daySeconds
}

func dateNumber(year int, month time.Month, day int) int64 {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / daySeconds
}

func midnight(day int64) time.Time {
	return time.Unix(day*daySeconds-offset, 0).In(Tokyo())
}

// weekday counts from 1970-01-01, a Thursday.
func weekday(day int64) time.Weekday {
	return time.Weekday(((day+int64(time.Thursday))%7 + 7) % 7)
}
