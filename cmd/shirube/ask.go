package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/shirube/shirube/bot/match"
)

type askCmd struct {
	Screen string   `help:"The portal screen the clerk is at." placeholder:"ID"`
	JSONL  bool     `name:"jsonl" help:"Read {\"id\",\"text\",\"screen\"} a line from standard input, and write what was understood."`
	Text   []string `arg:"" optional:"" help:"What the clerk wrote."`
}

// asked is a line of input.
type asked struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Screen string `json:"screen"`
}

// understood is what is printed for one text.
type understood struct {
	ID         *string     `json:"id,omitempty"`
	Match      string      `json:"match"`
	Kind       string      `json:"kind"`
	Score      float64     `json:"score"`
	Also       []candidate `json:"also,omitempty"`
	Candidates []candidate `json:"candidates"`
}

type candidate struct {
	Match string  `json:"match"`
	Kind  string  `json:"kind"`
	Score float64 `json:"score"`
}

// Run prints what the bot understands.
func (c askCmd) Run(e world) error {
	files, err := content(e)
	if err != nil {
		return err
	}
	g, err := loadGuide(files)
	if err != nil {
		return err
	}
	m := g.finder
	if c.JSONL {
		return c.lines(e, m)
	}
	if len(c.Text) == 0 {
		return errors.New("give a text to understand, or --jsonl and lines on standard input")
	}
	return say(e, understand(m.Find(strings.Join(c.Text, " "), c.Screen)))
}

func (c askCmd) lines(e world, m *match.Matcher) error {
	in := bufio.NewScanner(e.In)
	in.Buffer(make([]byte, 0, 64<<10), 4<<20)
	for n := 1; in.Scan(); n++ {
		if strings.TrimSpace(in.Text()) == "" {
			continue
		}
		var line asked
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			return fmt.Errorf("read line %d: %w; write {\"id\":\"…\",\"text\":\"…\"}", n, err)
		}
		if line.Screen == "" {
			line.Screen = c.Screen
		}
		u := understand(m.Find(line.Text, line.Screen))
		u.ID = &line.ID
		if err := say(e, u); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read lines: %w", err)
	}
	return nil
}

func say(e world, u understood) error {
	enc := json.NewEncoder(e.Out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(u); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

func understand(r match.Result) understood {
	u := understood{Match: r.Match.ID, Kind: string(r.Match.Kind), Score: rounded(r.Match.Score), Candidates: []candidate{}}
	for _, f := range r.Also {
		u.Also = append(u.Also, candidate{f.ID, string(f.Kind), rounded(f.Score)})
	}
	for _, f := range r.Candidates {
		u.Candidates = append(u.Candidates, candidate{f.ID, string(f.Kind), rounded(f.Score)})
	}
	return u
}

// rounded is a score as it is printed.
func rounded(score float64) float64 { return float64(int(score*100+0.5)) / 100 }
