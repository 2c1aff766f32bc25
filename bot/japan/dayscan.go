package japan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// written is a day taken apart. Its shape has a letter for each number (n of
// one or two digits, y of four, c of eight, m a month's name), e for an era's
// name, Y, M and D for 年, 月 and 日, and the separators / - and . themselves.
type written struct {
	shape   []byte
	numbers []int
	era     int // the year before the first of the era
}

// arrange brings the numbers into order. The year is 0 when there is none.
func (w written) arrange() (year, month, day int, ok bool) {
	n := w.numbers
	switch string(w.shape) {
	case "y/n/n", "y-n-n", "y.n.n", "yYnMnD":
		return n[0], n[1], n[2], true
	case "enYnMnD", "en.n.n", "en/n/n", "en-n-n":
		return w.era + n[0], n[1], n[2], n[0] > 0
	case "n/n/y", "mny":
		return n[2], n[0], n[1], true
	case "nmy", "n-m-y":
		return n[2], n[1], n[0], true
	case "n/n", "nMnD", "mn":
		return 0, n[0], n[1], true
	case "nm":
		return 0, n[1], n[0], true
	case "c":
		return n[0] / 10000, n[0] / 100 % 100, n[0] % 100, true
	}
	return 0, 0, 0, false
}

func scanDay(text string) (written, bool) {
	var w written
	s := strings.ToLower(norm.NFKC.String(text))
	s = strings.TrimSuffix(strings.TrimRight(s, "。. "), "です")
	for s != "" {
		n := w.next(s)
		if n == 0 {
			return w, false
		}
		s = s[n:]
	}
	return w, true
}

// next reads one piece of s and returns its length, 0 when it is not one.
func (w *written) next(s string) int {
	if n := weekdayLen(s); n > 0 {
		return n
	}
	c, size := utf8.DecodeRuneInString(s)
	switch {
	case c >= '0' && c <= '9':
		return w.number(s)
	case c >= 'a' && c <= 'z':
		return w.word(s)
	case c == ' ' || c == ',' || c == '、':
		return size
	case hyphen(c):
		return w.sign('-', size)
	case c == '/' || c == '.':
		return w.sign(byte(c), size)
	case c == '年':
		return w.sign('Y', size)
	case c == '月':
		return w.sign('M', size)
	case c == '日':
		return w.sign('D', size)
	case c == '元': // the first year of an era
		w.numbers = append(w.numbers, 1)
		return w.sign('n', size)
	}
	return w.eraName(s)
}

func (w *written) sign(shape byte, size int) int {
	w.shape = append(w.shape, shape)
	return size
}

func (w *written) number(s string) int {
	size := len(s) - len(strings.TrimLeft(s, "0123456789"))
	shape := map[int]byte{1: 'n', 2: 'n', 4: 'y', 8: 'c'}[size]
	value, err := strconv.Atoi(s[:size])
	if shape == 0 || err != nil {
		return 0
	}
	w.numbers = append(w.numbers, value)
	for _, ordinal := range []string{"st", "nd", "rd", "th"} {
		if shape == 'n' && strings.HasPrefix(s[size:], ordinal) {
			return w.sign(shape, size+len(ordinal))
		}
	}
	return w.sign(shape, size)
}

// word reads the English name of a month, or the letter of an era.
func (w *written) word(s string) int {
	size := len(s) - len(strings.TrimLeft(s, letters))
	month := monthNumber(s[:size])
	if month == 0 {
		return w.eraName(s)
	}
	w.numbers = append(w.numbers, month)
	if strings.HasPrefix(s[size:], ".") {
		size++
	}
	return w.sign('m', size)
}

func (w *written) eraName(s string) int {
	for _, e := range []struct {
		name   string
		before int
	}{
		{"令和", 2018}, {"平成", 1988}, {"昭和", 1925},
		{"r", 2018}, {"h", 1988}, {"s", 1925},
	} {
		if strings.HasPrefix(s, e.name) {
			w.era = e.before
			return w.sign('e', len(e.name))
		}
	}
	return 0
}
