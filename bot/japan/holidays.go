package japan

import (
	"time"

	"github.com/rickar/cal/v2/jp"
)

// holidays are the public holidays of a year by day number: the national
// holidays and the two kinds of rest day that article 3 of the holiday act
// makes of them. They are derived here, because cal knows the days between
// two holidays only until 2032.
// See https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html.
func holidays(year int) map[int64]bool {
	days := national(year)
	rest := map[int64]bool{}
	for day := range days {
		if weekday(day) == time.Sunday {
			rest[free(days, day)] = true // 振替休日, paragraph 2
		}
		if days[day+2] && !days[day+1] {
			rest[day+1] = true // 国民の休日, paragraph 3
		}
	}
	for day := range rest {
		days[day] = true
	}
	return days
}

// free is the next day that is not a national holiday.
func free(days map[int64]bool, day int64) int64 {
	for days[day] {
		day++
	}
	return day
}

// national are the national holidays (国民の祝日) of a year. The equinoxes of
// years to come are computed; the almanac confirms them each February for the
// year after.
func national(year int) map[int64]bool {
	days := map[int64]bool{}
	for _, h := range jp.Holidays {
		// A copy, because cal writes the equinox into the shared value.
		actual, _ := h.Clone(nil).Calc(year)
		if actual.IsZero() {
			continue
		}
		days[dateNumber(actual.Date())] = true
	}
	moveMountainDay(days, year)
	return days
}

// moveMountainDay puts right what cal leaves out: the day was moved for the
// Olympic Games, like the two that cal does move.
func moveMountainDay(days map[int64]bool, year int) {
	moved := map[int]int{2020: 10, 2021: 8}[year]
	if moved == 0 {
		return
	}
	delete(days, dateNumber(year, time.August, 11))
	days[dateNumber(year, time.August, moved)] = true
}
