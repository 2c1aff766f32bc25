package transcript

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
)

// Script is a transcript: its lines as they stand in the file.
//
//	# what the conversation shows
//	now: 2026-11-24T10:00:00+09:00
//	name: 山田 太郎
//
//	> open                 the clerk opens the conversation
//	> say 1234567          … writes
//	> press done           … presses a button of the newest message
//	> press-old done       … of the message before it
//	> press-other done     … one that was made for somebody else
//	> again                the platform delivers the last event once more
//	> order status         a command apart from the conversation
//	> staff 了解しました    the distributor's staff answers
//	> advance 3bd          time passes
//	> confirmed a.b 別の題名  the clerk's report about a step confirms another's
//	  user …, desk …, answer …, report …  what comes back; written by the player
type Script struct {
	Name  string
	lines []string
	now   time.Time
	clerk string
	lang  string
}

// The marks of lines.
const (
	markInput  = "> "
	markOutput = "  "
)

// Parse reads a transcript. Name is its file's, for messages.
func Parse(name string, data []byte) (*Script, error) {
	s := &Script{Name: name}
	for n, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, markOutput) {
			continue // written anew
		}
		if key, value, found := strings.Cut(line, ": "); found && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, markInput) {
			if err := s.header(key, value); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
			}
		}
		s.lines = append(s.lines, line)
	}
	if s.now.IsZero() {
		return nil, fmt.Errorf("%s: the line now: is missing; say when the conversation takes place", name)
	}
	return s, nil
}

func (s *Script) header(key, value string) (err error) {
	switch key {
	case "now":
		if s.now, err = time.Parse(time.RFC3339, value); err != nil {
			return fmt.Errorf("now: %q is no time; write it as 2026-11-24T10:00:00+09:00", value)
		}
	case "name":
		s.clerk = value
	case "lang":
		s.lang = value
	default:
		return fmt.Errorf("unknown heading %q; use now, name or lang", key)
	}
	return nil
}

// Stage is what a transcript is played on: the engine alone, or the whole
// house.
type Stage interface {
	// Do plays an event and returns what was said and reported, in order, and
	// the answer.
	Do(bot.Event) ([]bot.Effect, bot.Answer, error)
	// Wake lets everything happen that is due by then, and returns what was
	// said.
	Wake(now time.Time) ([]bot.Effect, error)
}

// Travel is the time a span from now.
type Travel func(now time.Time, span string) (time.Time, error)

// Play plays the script and returns the transcript as it went.
func (s *Script) Play(stage Stage, travel Travel) ([]byte, error) {
	p := &player{script: s, stage: stage, travel: travel, now: s.now}
	for _, line := range s.lines {
		p.out.WriteString(line + "\n")
		input, found := strings.CutPrefix(line, markInput)
		if !found {
			continue
		}
		if err := p.input(input); err != nil {
			return nil, fmt.Errorf("%s: %q: %w", s.Name, line, err)
		}
	}
	return p.out.Bytes(), nil
}

// player is one playing of a script.
type player struct {
	script *Script
	stage  Stage
	travel Travel
	now    time.Time
	events int
	last   bot.Event
	newest []bot.Option // the buttons of the newest message
	before []bot.Option // and of the one before it
	out    bytes.Buffer
}

// clerk is who speaks in transcripts.
func clerk() bot.Address {
	return bot.Address{Platform: "local", Tenant: "transcript", Channel: "direct", User: "clerk"}
}

// Session is the session of a transcript.
func Session() string { return clerk().SessionID() }

// Desk is where the distributor reads in transcripts.
func Desk() bot.Address { return bot.Address{Platform: "local", Channel: "distributor"} }

func (p *player) input(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	e := bot.Event{From: clerk(), Name: p.script.clerk, Lang: p.script.lang}
	var err error
	switch verb {
	case "open":
		e.Kind = bot.Opened
	case "say":
		e.Kind, e.Text = bot.Said, unescape(rest)
	case "press":
		e.Kind = bot.Pressed
		e.Choice, err = find(p.newest, rest)
	case "press-old":
		e.Kind = bot.Pressed
		e.Choice, err = find(p.before, rest)
	case "press-other":
		e.Kind, e.Choice = bot.Pressed, "start.hello:"+rest+":1:stranger"
	case "order":
		e.Kind, e.Choice = bot.Ordered, rest
	case "staff":
		e.Kind, e.Text, e.From = bot.Answered, unescape(rest), Desk()
	case "confirmed":
		step, seen, _ := strings.Cut(rest, " ")
		e = bot.Event{Kind: bot.Confirmed, Choice: step, Text: unescape(seen)}
	case "again":
		return p.do(p.last)
	case "advance":
		return p.advance(rest)
	default:
		return fmt.Errorf("unknown verb %q; use open, say, press, press-old, press-other, again, order, staff, advance or confirmed", verb)
	}
	if err != nil {
		return err
	}
	p.events++
	e.ID, e.At, e.Session = fmt.Sprintf("%s-%d", p.script.Name, p.events), p.now, Session()
	return p.do(e)
}

func (p *player) do(e bot.Event) error {
	p.last = e
	said, answer, err := p.stage.Do(e)
	if err != nil {
		return err
	}
	if answer.Say != nil {
		p.write("answer", answer.Say)
	}
	p.said(said)
	return nil
}

func (p *player) advance(span string) (err error) {
	if p.now, err = p.travel(p.now, span); err != nil {
		return err
	}
	said, err := p.stage.Wake(p.now)
	p.said(said)
	return err
}
