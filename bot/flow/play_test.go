package flow_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/japan"
	"github.com/shirube/shirube/bot/locale"
)

// machine plays the project's own procedure: the engine is tested on what it
// is for.
func machine(t testing.TB) *flow.Machine {
	t.Helper()
	content := os.DirFS("../..")
	book, err := flow.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := locale.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	desk := bot.Address{Platform: "test", Channel: "desk"}
	return flow.New(book, catalog, japan.NewCalendar(), []flow.Desk{{To: desk}})
}

func clerk() bot.Address { return bot.Address{Platform: "test", Tenant: "t", User: "u"} }

// event is an event of the clerk at a fixed time.
func event(n int, kind bot.EventKind, text, choice string) bot.Event {
	return bot.Event{
		ID: fmt.Sprint(n), Session: clerk().SessionID(), From: clerk(), Kind: kind, Text: text, Choice: choice, Name: "山田",
		At: time.Date(2026, 11, 24, 10, 0, 0, 0, japan.Tokyo()).Add(time.Duration(n) * time.Minute),
	}
}

// said are the replies of a turn to the clerk.
func said(t bot.Turn) []*bot.Reply {
	var replies []*bot.Reply
	if t.Answer.Say != nil {
		replies = append(replies, t.Answer.Say)
	}
	for _, e := range t.Effects {
		if e.Say != nil && e.To.User != "" && e.To.Channel != bot.Panel {
			replies = append(replies, e.Say)
		}
	}
	return replies
}

// anything draws an event of any kind: known words, answers, buttons of the
// last message, and nonsense.
func anything(rt *rapid.T, n int, last []bot.Option) bot.Event {
	words := []string{"戻る", "次", "はい", "いいえ", "ヘルプ", "困った", "もうやった", "画面がない", "担当者", "状況", "やり直す", "削除", "言語", "英語",
		"これは何", "1234567", "123456", "株式会社しるべ商事", "12/3", "昨日", "この名前は既にシステムに存在します", "Something went wrong", "\xff", "", "?"}
	kind := rapid.SampledFrom([]bot.EventKind{bot.Said, bot.Pressed, bot.Pressed, bot.Pressed, bot.Ordered, bot.Woke, bot.Answered, bot.Confirmed, bot.Opened, bot.Looked, bot.Filled}).Draw(rt, "kind")
	text := rapid.OneOf(rapid.SampledFrom(words), rapid.String()).Draw(rt, "text")
	choice := rapid.OneOf(rapid.SampledFrom([]string{"status", "back", "help", "human", "lang", "start", "review.wait#0#x", "a:b:1:c", "account.open"}), rapid.String()).Draw(rt, "choice")
	if kind == bot.Pressed && len(last) > 0 {
		choice = rapid.SampledFrom(last).Draw(rt, "button").ID
	}
	return event(n, kind, text, choice)
}

// TestPlayHolds walks at random and holds what must hold for every turn.
func TestPlayHolds(t *testing.T) {
	t.Parallel()
	m := machine(t)
	rapid.Check(t, func(rt *rapid.T) {
		var s bot.Session
		var last []bot.Option
		for n := range rapid.IntRange(1, 60).Draw(rt, "events") {
			e := anything(rt, n, last)
			before, _ := json.Marshal(s)
			turn := m.Play(s, e)
			if after, _ := json.Marshal(s); string(after) != string(before) {
				rt.Fatalf("the input was changed:\n%s\n%s", before, after)
			}
			if diff := cmp.Diff(turn, m.Play(s, e)); diff != "" {
				rt.Fatalf("the same in is not the same out:\n%s", diff)
			}
			for _, r := range said(turn) {
				mustBeUsable(rt, r)
				if len(r.Options) > 0 {
					last = r.Options
				}
			}
			s = saved(rt, turn)
			if s.Step != "" && m.Book().Step(s.Step) == nil {
				rt.Fatalf("stands at %q, which is no step", s.Step)
			}
		}
	})
}

// mustBeUsable holds what every message to the clerk must be.
func mustBeUsable(rt *rapid.T, r *bot.Reply) {
	if len(r.Parts) == 0 && len(r.Fields) == 0 {
		rt.Fatalf("a message without words: %+v", r)
	}
	if len(r.Options) > 4 {
		rt.Fatalf("%d buttons at %s", len(r.Options), r.Step)
	}
	seen := map[string]bool{}
	for _, o := range r.Options {
		if seen[o.ID] {
			rt.Fatalf("two buttons with the id %s", o.ID)
		}
		seen[o.ID] = true
	}
}

// saved is the session as a store would hand it out again.
func saved(rt *rapid.T, turn bot.Turn) bot.Session {
	var s bot.Session
	if turn.Forget {
		return s
	}
	data, err := json.Marshal(turn.Session)
	if err != nil {
		rt.Fatalf("marshal: %v", err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		rt.Fatalf("unmarshal: %v", err)
	}
	if diff := cmp.Diff(turn.Session, s); diff != "" {
		rt.Fatalf("a session does not survive JSON:\n%s", diff)
	}
	return s
}

// TestFirstButtonEnds goes anywhere, then takes the first button and answers
// what is asked: it must arrive.
func TestFirstButtonEnds(t *testing.T) {
	t.Parallel()
	m := machine(t)
	rapid.Check(t, func(rt *rapid.T) {
		turn := m.Play(bot.Session{}, event(0, bot.Opened, "", ""))
		n := 1
		for range rapid.IntRange(0, 80).Draw(rt, "wander") {
			if replies := said(turn); len(replies) > 0 && len(replies[len(replies)-1].Options) > 0 && !turn.Forget {
				o := rapid.SampledFrom(replies[len(replies)-1].Options).Draw(rt, "button")
				turn = m.Play(turn.Session, event(n, bot.Pressed, "", o.ID))
				n++
			}
		}
		if turn.Forget {
			return
		}
		turn = m.Play(turn.Session, event(n, bot.Opened, "", ""))
		for inputs := 0; !m.Book().Step(turn.Session.Step).End; inputs++ {
			if inputs > 120 {
				rt.Fatalf("still at %s (%s) after 120 inputs", turn.Session.Step, turn.Session.Focus)
			}
			n++
			r := said(turn)[0]
			if len(r.Options) > 0 {
				turn = m.Play(turn.Session, event(n, bot.Pressed, "", r.Options[0].ID))
			} else {
				turn = m.Play(turn.Session, event(n, bot.Said, r.Ask.Example, ""))
			}
		}
	})
}

// TestBadInputChangesNothing holds that what cannot be understood is answered
// and leaves the session as it was.
func TestBadInputChangesNothing(t *testing.T) {
	t.Parallel()
	m := machine(t)
	s := m.Play(bot.Session{}, event(0, bot.Opened, "", "")).Session
	for _, c := range []struct {
		name, want string
		e          bot.Event
	}{
		{"overlong", "ui.too_long", event(1, bot.Said, strings.Repeat("長", 100_000), "")},
		{"control characters", "ui.unreadable", event(1, bot.Said, "\x00\x1b\x07\u200b", "")},
		{"invalid UTF-8", "ui.unreadable", event(1, bot.Said, "\xff\xfe\xc0", "")},
		{"nonsense", "ui.unknown", event(1, bot.Said, "むらさきの空をとぶ", "")},
		{"a button that is none", "ui.stale", event(1, bot.Pressed, "", "nonsense")},
		{"an old button", "ui.stale", event(1, bot.Pressed, "", "start.hello:fresh:0:zz")},
		{"a stranger's button", "ui.foreign", event(1, bot.Pressed, "", "start.hello:fresh:1:stranger")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.want == "ui.stale" && c.e.Choice != "nonsense" {
				own := said(m.Play(s, event(9, bot.Opened, "", "")))[0].Options[0].ID
				c.e.Choice = strings.Replace(own, ":1:", ":0:", 1)
			}
			turn := m.Play(s, c.e)
			got := turn.Session
			got.Version = s.Version
			if diff := cmp.Diff(s, got); diff != "" {
				t.Errorf("the session changed:\n%s", diff)
			}
			replies := said(turn)
			if len(replies) != 1 || replies[0].Parts[0].Phrase.Key != c.want {
				t.Fatalf("answered with %+v, want %s", replies, c.want)
			}
			if len(replies[0].Options) == 0 {
				t.Error("the clerk is left without a way on")
			}
		})
	}
}

func FuzzPlay(f *testing.F) {
	m := machine(f)
	f.Add("said", "この名前は既にシステムに存在します", "")
	f.Add("pressed", "", "start.hello:fresh:1:abc")
	f.Add("ordered", "", "status")
	s := m.Play(bot.Session{}, event(0, bot.Opened, "", "")).Session
	f.Fuzz(func(t *testing.T, kind, text, choice string) {
		turn := m.Play(s, event(1, bot.EventKind(kind), text, choice))
		if !turn.Forget && m.Book().Step(turn.Session.Step) == nil {
			t.Errorf("stands at %q", turn.Session.Step)
		}
		if _, err := json.Marshal(turn.Effects); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkPlay plays the press of a button in the middle of the walk.
func BenchmarkPlay(b *testing.B) {
	m := machine(b)
	s := bot.Session{Version: 20, Step: "csp.company", Flow: "csp", FlowVersion: 1, Lang: "ja", Home: clerk(), ID: clerk().SessionID(),
		Vars: map[string]string{"company": "株式会社しるべ商事", "partner_id": "1234567"}, Trail: []string{"csp.open", "csp.welcome", "csp.program", "csp.associate"}}
	press := event(1, bot.Pressed, "", said(m.Play(s, event(0, bot.Opened, "", "")))[0].Options[0].ID)
	b.ReportAllocs()
	for b.Loop() {
		m.Play(s, press)
	}
}
