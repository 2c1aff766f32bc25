package japan

import (
	"slices"
	"testing"
	"time"
)

func dates(year int, days map[int64]bool) []string {
	var list []string
	for day := range days {
		list = append(list, midnight(day).Format("01-02"))
	}
	slices.Sort(list)
	return list
}

// The rest days by article 3, from the list that holiday_jp generates until
// 2050 (https://github.com/holiday-jp/holiday_jp); 2021 as the Olympic law
// moved it.
func TestRestDays(t *testing.T) {
	t.Parallel()
	want := map[int][]string{
		2020: {"02-24", "05-06"}, 2021: {"08-09"}, 2023: {"01-02"},
		2024: {"02-12", "05-06", "08-12", "09-23", "11-04"},
		2025: {"02-24", "05-06", "11-24"}, 2026: {"05-06", "09-22"}, 2027: {"03-22"},
		2029: {"02-12", "04-30", "09-24"}, 2030: {"05-06", "08-12", "11-04"},
		2031: {"02-24", "05-06", "11-24"}, 2032: {"09-21"}, 2033: {"03-21"},
		2034: {"01-02"}, 2035: {"02-12", "04-30", "09-24"}, 2036: {"05-06", "11-24"},
		2037: {"05-06", "09-22"}, 2040: {"01-02", "04-30"},
		2041: {"05-06", "08-12", "11-04"}, 2042: {"02-24", "05-06", "11-24"},
		2043: {"05-06", "09-22"}, 2044: {"03-21"}, 2045: {"01-02"},
		2046: {"02-12", "04-30", "09-24"}, 2047: {"05-06", "08-12", "11-04"},
		2048: {"02-24", "05-06"}, 2049: {"09-21"}, 2050: {"03-21"},
	}
	for year := 2020; year <= 2050; year++ {
		rest := holidays(year)
		for day := range national(year) {
			if !between(day) {
				delete(rest, day)
			}
		}
		if got := dates(year, rest); !slices.Equal(got, want[year]) {
			t.Errorf("%d: rest days %v, want %v", year, got, want[year])
		}
	}
}

// between tells the days that cal counts among the national holidays, though
// they are rest days between two of them.
func between(day int64) bool {
	return slices.Contains([]int64{
		dateNumber(2026, time.September, 22), dateNumber(2032, time.September, 21),
	}, day)
}

func TestNationalHolidays(t *testing.T) {
	t.Parallel()
	tests := map[int][]string{
		2020: {"01-01", "01-13", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05",
			"07-23", "07-24", "08-10", "09-21", "09-22", "11-03", "11-23"},
		2021: {"01-01", "01-11", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05",
			"07-22", "07-23", "08-08", "09-20", "09-23", "11-03", "11-23"},
		2048: {"01-01", "01-13", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05",
			"07-20", "08-11", "09-21", "09-22", "10-12", "11-03", "11-23"},
	}
	for year, want := range tests {
		if got := dates(year, national(year)); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
}

func TestEquinoxes(t *testing.T) {
	t.Parallel()
	march21 := []int{2022, 2023, 2027, 2031, 2035, 2039, 2043, 2047}
	september22 := []int{2020, 2024, 2028, 2032, 2036, 2040, 2044, 2045, 2048, 2049}
	for year := 2020; year <= 2050; year++ {
		spring, autumn := 20, 23
		if slices.Contains(march21, year) {
			spring = 21
		}
		if slices.Contains(september22, year) {
			autumn = 22
		}
		days := national(year)
		if !days[dateNumber(year, time.March, spring)] || !days[dateNumber(year, time.September, autumn)] {
			t.Errorf("%d: no equinox on 3/%d or 9/%d", year, spring, autumn)
		}
	}
}
