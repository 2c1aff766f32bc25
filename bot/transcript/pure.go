package transcript

import (
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
)

// Pure is the stage of the engine alone. The session goes through JSON at every
// turn, as it does in a store.
type Pure struct {
	machine *flow.Machine
	saved   []byte
	seen    map[string]bool
	clocks  []bot.Effect
	// Cover counts what was walked.
	Cover *Coverage
}

// NewPure makes a fresh stage.
func NewPure(machine *flow.Machine, cover *Coverage) *Pure {
	return &Pure{machine: machine, saved: []byte("{}"), seen: map[string]bool{}, Cover: cover}
}

// Session is where the clerk stands.
func (s *Pure) Session() (session bot.Session, err error) {
	if err := json.Unmarshal(s.saved, &session); err != nil {
		return bot.Session{}, fmt.Errorf("read session: %w", err)
	}
	return session, nil
}

// Do implements Stage.
func (s *Pure) Do(e bot.Event) ([]bot.Effect, bot.Answer, error) {
	session, err := s.Session()
	if err != nil {
		return nil, bot.Answer{}, err
	}
	turn, ways := s.machine.Trace(session, e)
	if s.seen[e.ID] {
		return nil, turn.Answer, nil
	}
	s.seen[e.ID] = true
	next := turn.Session
	if turn.Forget {
		next, s.clocks = bot.Session{}, nil
	}
	if s.saved, err = json.Marshal(next); err != nil {
		return nil, bot.Answer{}, fmt.Errorf("save session: %w", err)
	}
	s.Cover.walked(next.Step, ways)
	var said []bot.Effect
	for _, effect := range turn.Effects {
		if effect.Wake != "" {
			s.clocks = append(s.clocks, effect)
			continue
		}
		said = append(said, effect)
	}
	return said, turn.Answer, nil
}

// Wake implements Stage.
func (s *Pure) Wake(now time.Time) ([]bot.Effect, error) {
	var said []bot.Effect
	for {
		sort.SliceStable(s.clocks, func(i, j int) bool { return s.clocks[i].Due.Before(s.clocks[j].Due) })
		if len(s.clocks) == 0 || s.clocks[0].Due.After(now) {
			return said, nil
		}
		clock := s.clocks[0]
		s.clocks = s.clocks[1:]
		more, _, err := s.Do(bot.Event{ID: clock.ID, Session: clock.Session, At: now, Kind: bot.Woke, Choice: clock.Wake})
		if err != nil {
			return nil, err
		}
		said = append(said, more...)
	}
}

// Coverage is which steps and ways of a book were walked.
type Coverage struct {
	steps map[string]bool
	ways  map[string]bool
}

// NewCoverage makes an empty coverage.
func NewCoverage() *Coverage {
	return &Coverage{steps: map[string]bool{}, ways: map[string]bool{}}
}

func (c *Coverage) walked(step string, ways []string) {
	c.steps[step] = true
	for _, way := range ways {
		c.ways[way] = true
	}
}

// Missing are the steps and ways nobody walked.
func (c *Coverage) Missing(book *flow.Book) (steps, ways []string) {
	for _, s := range book.Steps() {
		if !c.steps[s.ID] {
			steps = append(steps, s.ID)
		}
	}
	for _, w := range book.Ways() {
		if !c.ways[w.ID] {
			ways = append(ways, w.ID)
		}
	}
	return steps, ways
}
