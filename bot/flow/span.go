package flow

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/bot/japan"
)

// Span is a length of waiting: business days in Japan ("3bd") or plain time
// ("24h"). One of its fields is set.
type Span struct {
	Days int
	Time time.Duration
}

// The longest spans; nobody waits longer, and sums stay far from overflow.
const (
	maxDays = 1000
	maxTime = 1000 * 24 * time.Hour
)

// ParseSpan reads "3bd" or "24h".
func ParseSpan(text string) (Span, error) {
	if digits, found := strings.CutSuffix(text, "bd"); found {
		if n, err := strconv.Atoi(digits); err == nil && n > 0 && n <= maxDays {
			return Span{Days: n}, nil
		}
	} else if d, err := time.ParseDuration(text); err == nil && d > 0 && d <= maxTime {
		return Span{Time: d}, nil
	}
	return Span{}, fmt.Errorf("%.20q is no span: write business days as 3bd or hours as 24h", text)
}

// UnmarshalText reads a span of a flow file.
func (s *Span) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSpan(string(text))
	return err
}

// String writes the span as it stands in a flow file.
func (s Span) String() string {
	if s.Days > 0 {
		return strconv.Itoa(s.Days) + "bd"
	}
	return strings.TrimSuffix(s.Time.String(), "0m0s")
}

// wakeHour is when a span counted in days ends: in office hours.
const wakeHour = 10

// After is the moment the span ends, counted from t.
func (s Span) After(t time.Time, cal *japan.Calendar) time.Time {
	if s.Days > 0 {
		return cal.AddWorkdays(t, s.Days).Add(wakeHour * time.Hour)
	}
	return t.Add(s.Time)
}
