package transcript_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/transcript"
)

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"> open\n":        "now: is missing",
		"now: tomorrow\n": "x.txt:1",
		"now: 2026-11-24T10:00:00+09:00\nwho: me\n": `x.txt:2: unknown heading "who"`,
	} {
		if _, err := transcript.Parse("x.txt", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, want %q", text, err, want)
		}
	}
}

// parrot is a stage that says what it heard, with one button.
type parrot struct{ heard []bot.Event }

func (p *parrot) Do(e bot.Event) ([]bot.Effect, bot.Answer, error) {
	p.heard = append(p.heard, e)
	reply := &bot.Reply{Step: "s.one", Parts: []bot.Part{{Kind: bot.Do, Phrase: bot.Phrase{Key: string(e.Kind)}}},
		Options: []bot.Option{{ID: "s.one:done:1:x"}}}
	return []bot.Effect{{To: transcript.Desk(), Say: reply}, {To: e.From, Say: reply}}, bot.Answer{}, nil
}

func (p *parrot) Wake(time.Time) ([]bot.Effect, error) { return nil, nil }

func play(t *testing.T, stage transcript.Stage, text string) (string, error) {
	t.Helper()
	script, err := transcript.Parse("x.txt", []byte("now: 2026-11-24T10:00:00+09:00\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := script.Play(stage, func(now time.Time, _ string) (time.Time, error) { return now.Add(time.Hour), nil })
	return string(got), err
}

func TestPlay(t *testing.T) {
	t.Parallel()
	stage := &parrot{}
	got, err := play(t, stage, "# why\n> open\n  user written before\n> press done\n> again\n> say a\\nb\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# why\n> open\n  user s.one 0/0: opened [done]\n  desk s.one 0/0: opened [done]\n", "> press done\n  user s.one 0/0: pressed [done]\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("played:\n%s\nwithout:\n%s", got, want)
		}
	}
	if strings.Contains(got, "written before") {
		t.Error("an old line of the player was kept")
	}
	ids := []string{stage.heard[0].ID, stage.heard[1].ID, stage.heard[2].ID}
	if ids[0] == ids[1] || ids[1] != ids[2] || stage.heard[1].Choice != "s.one:done:1:x" || stage.heard[3].Text != "a\nb" {
		t.Errorf("heard %+v", stage.heard)
	}
}

func TestPlayRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"> dance\n":              `unknown verb "dance"`,
		"> open\n> press dine\n": `there is no button "dine", only [done]`,
	} {
		if _, err := play(t, &parrot{}, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Play(%q) = %v, want %q", text, err, want)
		}
	}
}
