package flow

import (
	"sort"
	"strings"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// Desk is a place where the distributor reads, and its language.
type Desk struct {
	To   bot.Address
	Lang string
}

// Machine plays a book. It holds no state and may be used from many goroutines.
type Machine struct {
	book     *Book
	cal      *japan.Calendar
	desks    []Desk
	langs    []string
	args     map[string][]string      // the values a text needs; a key that is not here has no text
	bodies   map[string][]bot.Part    // the texts of a step or an error, in their order
	labels   map[string][]string      // a label's spellings, folded
	commands map[string]string        // a typed word, folded: its command
	messages map[string][]*KnownError // a portal's message, folded
	editions map[string]string        // of what a step says
	finder   Finder
}

// New makes a machine that plays the book in the lexicon's languages, counts
// business days by cal and tells the desks.
func New(book *Book, lex Lexicon, cal *japan.Calendar, desks []Desk) *Machine {
	m := &Machine{
		book: book, cal: cal, desks: desks, langs: lex.Languages(),
		args: map[string][]string{}, bodies: map[string][]bot.Part{}, labels: map[string][]string{},
		commands: map[string]string{}, messages: map[string][]*KnownError{},
		editions: map[string]string{},
	}
	for _, key := range lex.Keys() {
		m.args[key] = lex.Args(key)
		m.learn(lex, key)
	}
	for _, s := range book.Steps() {
		m.compose(s.ID)
		m.editions[s.ID] = edition(s, lex)
	}
	for _, e := range book.Errors {
		m.compose("errors." + e.ID)
		for _, text := range e.Texts {
			folded := japan.Fold(text)
			m.messages[folded] = append(m.messages[folded], e)
		}
	}
	return m
}

// With is the machine that also understands free text.
func (m *Machine) With(f Finder) *Machine {
	with := *m
	with.finder = f
	return &with
}

// compose collects the texts of a step or an error by the convention of their
// keys.
func (m *Machine) compose(id string) {
	for _, kind := range []bot.PartKind{bot.Do, bot.See, bot.Avoid} {
		if k := id + "." + string(kind); m.has(k) {
			m.bodies[id] = append(m.bodies[id], bot.Part{Kind: kind, Phrase: bot.Phrase{Key: k}})
		}
	}
}

// learn notes what may be typed for a key: a command's words or a label.
func (m *Machine) learn(lex Lexicon, key string) {
	command, isWord := strings.CutPrefix(key, "words.")
	for _, lang := range m.langs {
		text, _ := lex.Text(lang, key)
		switch {
		case isWord:
			for word := range strings.SplitSeq(text, "|") {
				m.commands[japan.Fold(word)] = command
			}
		case strings.HasPrefix(key, "options.") || strings.Contains(key, ".options.") || strings.HasSuffix(key, ".name"):
			m.labels[key] = append(m.labels[key], japan.Fold(text))
		}
	}
}

// Book is the book the machine plays.
func (m *Machine) Book() *Book { return m.book }

// Play is what the event does to the session. The input is not changed.
func (m *Machine) Play(s bot.Session, e bot.Event) bot.Turn {
	turn, _ := m.Trace(s, e)
	return turn
}

// Trace is Play that also tells the ids of the ways it took, for coverage.
func (m *Machine) Trace(s bot.Session, e bot.Event) (bot.Turn, []string) {
	sc := newScene(m, s, e)
	sc.play()
	return sc.turn(), sc.ways
}

// lang is a language of the catalogue for what a platform says, or the default.
func (m *Machine) lang(hint string) string {
	base, _, _ := strings.Cut(strings.ToLower(hint), "-")
	for _, lang := range m.langs {
		if lang == base {
			return lang
		}
	}
	return m.langs[0]
}

// has tells whether the catalogue has a text for the key.
func (m *Machine) has(key string) bool { _, found := m.args[key]; return found }

// milestones are the names of everything the distributor is told, sorted.
func (b *Book) milestones() []string {
	set := map[string]bool{milestoneHelp: true}
	for _, s := range b.Steps() {
		for _, e := range append(append([]Edge{}, s.Next...), s.Gate...) {
			set[e.Tell] = true
		}
		for _, w := range s.Wait {
			set[w.Tell] = true
		}
	}
	delete(set, "")
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
