package flow

import (
	"strconv"
	"strings"
	"time"
)

// words are the catalogue in one language.
type words func(key string) string

// or is the text of a key, or what stands for it.
func (w words) or(key, otherwise string) string {
	if text := strings.TrimSpace(w(key)); text != "" && text != key {
		return text
	}
	return otherwise
}

// graph is a word of the drawing itself; without one, its name.
func (w words) graph(name string) string { return w.or("ui.graph."+name, name) }

// option is the label of an option as its button shows it.
func (w words) option(s *Step, option string) string {
	return w.or(s.ID+".options."+option, w.or("options."+option, option))
}

// span is a length of waiting in words: 3営業日, 24 hours.
func (w words) span(s Span) string {
	n, unit := s.Days, w.graph("days")
	if hours := s.Time / time.Hour; hours > 0 {
		n, unit = int(hours), w.graph("hours")
	} else if s.Time > 0 {
		return s.String()
	}
	if unit[0] < 0x80 {
		unit = " " + unit
	}
	return strconv.Itoa(n) + unit
}
