package flow_test

import (
	"testing"

	"github.com/shirube/shirube/bot"
)

// TestPublic answers where others read along, and leaves the clerk's home where
// it is.
func TestPublic(t *testing.T) {
	t.Parallel()
	m := machine(t)
	group := clerk()
	group.Channel, group.Thread = "group", "77"
	public := func(n int, s bot.Session) bot.Turn {
		e := event(n, bot.Said, "状況", "")
		e.From, e.Public = group, true
		return m.Play(s, e)
	}
	to := func(turn bot.Turn) bot.Address {
		t.Helper()
		for _, e := range turn.Effects {
			if e.Say != nil && e.To.User != "" {
				return e.To
			}
		}
		t.Fatalf("nothing is said in %+v", turn)
		return bot.Address{}
	}
	first := public(1, bot.Session{})
	if got := to(first); got != group || first.Session.Home.Channel != "" || first.Session.Home.User != clerk().User {
		t.Errorf("said to %+v, home %+v", got, first.Session.Home)
	}
	direct := event(2, bot.Said, "状況", "")
	direct.From.Channel = "direct"
	second := m.Play(first.Session, direct)
	if got := to(second); got != direct.From {
		t.Errorf("said to %+v", got)
	}
	third := public(3, second.Session)
	if got := to(third); got != group || third.Session.Home != direct.From {
		t.Errorf("said to %+v, home %+v", got, third.Session.Home)
	}
}
