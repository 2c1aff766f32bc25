package match

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"
)

// maxConcepts is how many concepts there may be: a set of them is a few words.
const maxConcepts = 320

type set [maxConcepts / 64]uint64

func (s *set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s *set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }
func (s *set) join(o *set) {
	for i := range s {
		s[i] |= o[i]
	}
}
func (s *set) meets(o *set) bool {
	both := uint64(0)
	for i := range s {
		both |= s[i] & o[i]
	}
	return both != 0
}

// word is one way to say a concept.
type word struct {
	runes   []rune
	concept int
	slips   int
	tail    int    // how many runes at the end stand for a denial and must be there
	apart   bool   // a katakana word that must not be part of a longer one
	script  script // of a short word of one kind of kana, which another must not pass for
}

// pattern is concepts that together mean an entry: one of each group, and none
// of never.
type pattern struct {
	entry  int
	groups []set
	never  set
	likely bool // only likely
	answer bool
	weight float64 // how much its concepts say
}

// literal is a message of the portal.
type literal struct {
	entry int
	*text
}

// Matcher finds entries in texts.
type Matcher struct {
	entries                                                             []*entry
	screens                                                             []map[string]bool // by entry: where it is likelier
	ids                                                                 map[string]int    // of concepts
	words                                                               []word
	tree                                                                *tree // of the words, and behind them the pieces of the loose ones
	loose                                                               *loose
	masks                                                               set
	patterns                                                            []pattern
	literals                                                            []literal
	*learned                                                                     // nil when nothing was learned
	class                                                               []int    // of each entry in its model, or -1
	said                                                                []int    // the manner of each topic
	names                                                               []uint64 // of the concepts, hashed
	content                                                             fs.FS
	twin                                                                map[string]int
	labels                                                              []*label // of the screens
	solved, progress, unsolved, advice, ours, alien, at, asks, whereAmI int      // concepts the weighing asks for
	outcome, hence, notSo, otherAccount, thanks, mistake, trade         int
	notDone                                                             int
	asking, trouble, hard, told, loud, deniable, things                 set
	faults                                                              []fault
	done                                                                sync.Pool // of readings
}

// fault is a mistake that shows when the data is put together.
type fault struct {
	file     string
	line     int
	what, do string
}

// negatives are how a Japanese verb is denied; a word that ends in ~ stands for
// itself with each.
//
//nolint:gochecknoglobals // a table
var negatives = []string{"ない", "ません", "なく", "なかっ", "ず", "ねえ", "へん",
	"ていない", "ていません", "てない", "ておりません", "ておら", "てません", "てへん", "とらん"}

// New puts the data together. Screens are where an entry is likelier, by its id.
//
//nolint:funlen // a line for each part of the data
func New(d *Data, screens map[string][]string) *Matcher {
	m := &Matcher{entries: d.entries, ids: map[string]int{}, twin: map[string]int{}}
	for _, c := range d.concepts {
		if len(m.ids) == maxConcepts {
			m.fault(conceptsFile, c.line, "there are too many concepts", fmt.Sprintf("keep %d at most", maxConcepts))
			break
		}
		m.learn(c)
	}
	for _, name := range d.masks {
		m.masks.add(m.concept(conceptsFile, 0, name))
	}
	for _, name := range d.things {
		m.things.add(m.concept(conceptsFile, 0, name))
	}
	for i, group := range d.twins {
		for _, id := range group {
			m.twin[id] = i + 1
		}
	}
	for _, name := range d.exact {
		m.stiffen(m.concept(conceptsFile, 0, name))
	}
	for i := range m.words {
		m.words[i].apart = m.words[i].apart && m.words[i].concept == m.named("alien")
	}
	var pieces []word
	m.loose, pieces = gather(m.words)
	m.tree = plant(slices.Concat(m.words, pieces))
	m.solved, m.ours, m.alien, m.at, m.asks = m.named("solved"), m.named("ours"), m.named("alien"), m.named("at"), m.named("question")
	m.progress = m.named("progress")
	m.unsolved, m.advice = m.named("unsolved"), m.named("advice")
	m.whereAmI, m.mistake = m.named("where-am-i"), m.named("mistake")
	m.thanks, m.trade = m.named("thanks"), m.named("trade")
	m.outcome, m.hence, m.otherAccount = m.named("outcome"), m.named("hence"), m.named("other-account")
	m.notSo, m.notDone = m.named("not-so"), m.named("not-done")
	for _, name := range []string{"question", "where", "how", "how-long", "why", "meaning", "input-what"} {
		m.asking.add(m.named(name))
	}
	for _, name := range []string{"problem", "impossible", "unusable", "unpressable", "mistake", "elapsed", "rejected-status", "other-screen"} {
		m.hard.add(m.named(name))
	}
	m.told = m.hard
	m.told.add(m.named("absent"))
	m.told.add(m.named("not-arrive"))
	m.deniable = m.told
	for _, name := range []string{"rejected", "forgot", "pending", "reset", "unknown-it"} {
		m.deniable.add(m.named(name))
	}
	for _, name := range []string{"problem", "absent", "other-screen", "impossible", "not-arrive", "have-not", "need"} {
		m.trouble.add(m.named(name))
	}
	m.loud = m.trouble
	for _, name := range []string{"english", "japanese", "unpressable", "mistake", "elapsed", "forgot", "other-account"} {
		m.loud.add(m.named(name))
	}
	for i, e := range d.entries {
		m.screens = append(m.screens, map[string]bool{})
		for _, s := range screens[e.ID] {
			m.screens[i][s] = true
		}
		if e.kind == Screen {
			m.screens[i][e.ID] = true
		}
		m.compile(i, e)
	}
	m.weighPatterns()
	m.enrol(d)
	return m
}

func (m *Matcher) fault(file string, line int, what, do string) {
	m.faults = append(m.faults, fault{file, line, what, do})
}

// named is the number of a concept the weighing itself asks for; one that is
// never spotted when the data has none.
func (m *Matcher) named(name string) int {
	if id, found := m.ids[name]; found {
		return id
	}
	return maxConcepts - 1
}

func (m *Matcher) concept(file string, line int, name string) int {
	id, found := m.ids[name]
	if screen, on := strings.CutPrefix(name, "@"); on && !found && m.standsOn(screen) && len(m.ids) < maxConcepts-1 {
		id, found = len(m.ids), true
		m.ids[name] = id
	}
	if !found {
		m.fault(file, line, fmt.Sprintf("there is no concept %q", name), "write it in "+conceptsFile+" or correct its spelling")
		return maxConcepts - 1
	}
	return id
}

// standsOn tells whether there is such a screen.
func (m *Matcher) standsOn(screen string) bool {
	return slices.ContainsFunc(m.entries, func(e *entry) bool { return e.kind == Screen && e.ID == screen })
}

func (m *Matcher) compile(i int, e *entry) {
	texts := e.Texts
	if e.kind == Screen {
		m.print(i, append([]string{e.ID}, e.Texts...))
		texts = nil
	}
	for _, t := range texts {
		if lit := newText(t); len(lit.runes) > 3 {
			m.literals = append(m.literals, literal{i, lit})
		}
	}
	for _, p := range e.When {
		m.patterns = append(m.patterns, m.pattern(i, e, p, false))
	}
	for _, p := range e.Maybe {
		m.patterns = append(m.patterns, m.pattern(i, e, p, true))
	}
}

// pattern reads concepts with spaces between; a|b is one of them, !c none, and
// @s is there when the clerk stands at the screen s.
func (m *Matcher) pattern(i int, e *entry, s string, likely bool) pattern {
	p := pattern{entry: i, likely: likely, answer: e.kind == Answer}
	for token := range strings.FieldsSeq(s) {
		name, never := strings.CutPrefix(token, "!")
		var group set
		for one := range strings.SplitSeq(name, "|") {
			group.add(m.concept(e.file, e.line, one))
		}
		if never {
			for k := range group {
				p.never[k] |= group[k]
			}
			continue
		}
		p.groups = append(p.groups, group)
	}
	return p
}

// weighPatterns lets a concept say more the fewer entries ask for it.
func (m *Matcher) weighPatterns() {
	entries := make([]map[int]bool, maxConcepts)
	for _, p := range m.patterns {
		for _, g := range p.groups {
			for c := range maxConcepts {
				if g.has(c) {
					if entries[c] == nil {
						entries[c] = map[int]bool{}
					}
					entries[c][p.entry] = true
				}
			}
		}
	}
	for i := range m.patterns {
		for _, g := range m.patterns[i].groups {
			most := 1
			for c := range maxConcepts {
				if g.has(c) {
					most = max(most, len(entries[c]))
				}
			}
			m.patterns[i].weight += 1 / (1 + math.Log(float64(most)))
		}
	}
}
