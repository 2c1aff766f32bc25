package flow_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/locale"
)

// standing is a session at a step with a filled card.
func standing(t *testing.T, m *flow.Machine, step string) bot.Session {
	t.Helper()
	s := bot.Session{ID: clerk().SessionID(), Version: 1, Step: step, Flow: m.Book().Step(step).Flow().ID, FlowVersion: 1, Lang: "ja", Home: clerk(),
		Vars: map[string]string{"passed": step}}
	for name, v := range m.Book().Vars {
		s.Vars[name] = v.Example
	}
	s.Vars["company_form"] = "株式会社 しるべ商事"
	return s
}

// TestFormsAreIdentical: the review compares the two registrations.
func TestFormsAreIdentical(t *testing.T) {
	t.Parallel()
	m := machine(t)
	catalog, err := locale.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	shown := func(step string) []bot.MessageField {
		turn := m.Play(standing(t, m, step), event(1, bot.Opened, "", ""))
		return catalog.Message(turn.Effects[0]).Fields
	}
	want := shown("maicpp.company")
	if diff := cmp.Diff(want, shown("csp.company")); diff != "" {
		t.Errorf("the forms differ:\n%s", diff)
	}
	if len(want) != 6 || want[0].Value != "株式会社 しるべ商事" || !want[0].Copy {
		t.Errorf("shown to be copied: %+v", want)
	}
}

// TestEveryRefusalHasWords types what is refused for each reason.
func TestEveryRefusalHasWords(t *testing.T) {
	t.Parallel()
	m := machine(t)
	catalog, err := locale.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	bad := []string{"　", "？", "むらさき", "12", "0-1", "4123456789012", "100-00 号", "https://shirube.example", "taro@gmail.com", "info@shirube.example", "taro@x",
		"+1 212 555 0100", "東京都\u0085千代田区", "---", strings.Repeat("東", 300), "x y"}
	for _, name := range []string{"corporate_number", "postal_code", "address", "phone", "contact", "contact_email", "website", "support_email", "company"} {
		s := standing(t, m, "account.robot")
		s.Focus = "card/" + name
		for _, typed := range bad {
			turn := m.Play(s, event(1, bot.Said, typed, ""))
			for _, r := range said(turn) {
				for _, part := range r.Parts {
					if _, found := catalog.Text("ja", part.Phrase.Key); !found {
						t.Errorf("%s: %q is answered with %s, which has no words", name, typed, part.Phrase.Key)
					}
				}
			}
		}
	}
}

// TestMistypedNumberIsNoCard: a corporate number with a wrong digit passes a
// card's test by chance and is answered as what it is meant for.
func TestMistypedNumberIsNoCard(t *testing.T) {
	t.Parallel()
	m := machine(t)
	turn := m.Play(bot.Session{ID: clerk().SessionID(), Version: 1, Step: "card.number", Flow: "card", FlowVersion: 1, Lang: "ja", Home: clerk()},
		event(1, bot.Said, "4000000000006", "")) // passes Luhn
	if got := said(turn)[0].Parts[0].Phrase.Key; got != "wrong.corporate_number.check-digit" {
		t.Errorf("answered with %s", got)
	}
}

// TestChangeBeforeAnyForm has no consequences to tell.
func TestChangeBeforeAnyForm(t *testing.T) {
	t.Parallel()
	m := machine(t)
	s := standing(t, m, "account.robot")
	s.Focus = "card/company"
	turn := m.Play(s, event(1, bot.Said, "株式会社みちしるべ", ""))
	keys, _ := json.Marshal(said(turn)[0].Parts)
	if turn.Session.Vars["company"] != "株式会社みちしるべ" || turn.Session.Vars["company_form"] != "" || turn.Session.Focus != "" {
		t.Errorf("%+v", turn.Session)
	}
	if want := "ui.noted"; !strings.Contains(string(keys), want) || strings.Contains(string(keys), "ui.card.again") {
		t.Errorf("said %s", keys)
	}
}
