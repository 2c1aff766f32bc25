package bot_test

import (
	"testing"

	"github.com/shirube/shirube/bot"
)

func TestMessageText(t *testing.T) {
	t.Parallel()
	m := bot.Message{
		Title:   "題名",
		Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "一つ目"}, {Kind: bot.See, Text: "二つ目"}},
		Fields:  []bot.MessageField{{Name: "会社名", Value: "しるべ"}, {Name: "ID", Value: "1"}},
		Links:   []string{"https://a.jp", "https://b.jp"},
		Buttons: []bot.Button{{ID: "x", Label: "押さない"}},
	}
	const want = "題名\n\n一つ目\n\n二つ目\n\n会社名: しるべ\nID: 1\n\nhttps://a.jp\nhttps://b.jp"
	if got := m.Text(); got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
	if got := (bot.Message{}).Text(); got != "" {
		t.Errorf("an empty message says %q", got)
	}
}

func TestEffectID(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	for _, session := range []string{"s", "s1"} {
		for _, event := range []string{"e", "1e"} {
			for n := range 3 {
				id := bot.EffectID(session, event, n)
				if ids[id] || id != bot.EffectID(session, event, n) {
					t.Errorf("%s/%s/%d: the id %s is not one of its kind, or not the same again", session, event, n, id)
				}
				ids[id] = true
			}
		}
	}
}

// TestLane holds what waits for what: messages to one place wait for each
// other, reminders and other places do not.
func TestLane(t *testing.T) {
	t.Parallel()
	clerk := bot.Address{Platform: "p", Tenant: "t", Channel: "d", User: "u"}
	inThread := clerk
	inThread.Thread = "7"
	desk := bot.Address{Platform: "p", Tenant: "t", Channel: "c"}
	say := bot.Effect{Session: "s", To: clerk, Say: &bot.Reply{}}
	for name, c := range map[string]struct {
		other bot.Effect
		same  bool
	}{
		"the same place":  {bot.Effect{Session: "s", To: clerk, Say: &bot.Reply{}}, true},
		"its thread":      {bot.Effect{Session: "s", To: inThread, Say: &bot.Reply{}}, true},
		"another place":   {bot.Effect{Session: "s", To: desk, Say: &bot.Reply{}}, false},
		"another session": {bot.Effect{Session: "s2", To: clerk, Say: &bot.Reply{}}, false},
		"a reminder":      {bot.Effect{Session: "s", To: clerk, Wake: "w"}, false},
	} {
		if got := c.other.Lane() == say.Lane(); got != c.same {
			t.Errorf("%s: the same lane is %v, want %v", name, got, c.same)
		}
	}
}

func TestTurnCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		turn bot.Turn
		ok   bool
	}{
		"raised":     {bot.Turn{From: 1, Session: bot.Session{ID: "s", Version: 2}, Effects: []bot.Effect{{Session: "s"}}}, true},
		"not raised": {bot.Turn{From: 2, Session: bot.Session{ID: "s", Version: 2}}, false},
		"forgotten":  {bot.Turn{From: 2, Forget: true, Session: bot.Session{ID: "s", Version: 2}}, true},
		"a stranger": {bot.Turn{From: 1, Session: bot.Session{ID: "s", Version: 2}, Effects: []bot.Effect{{Session: "x"}}}, false},
	} {
		if err := c.turn.Check(); (err == nil) != c.ok {
			t.Errorf("%s: Check = %v", name, err)
		}
	}
}
