package storetest

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/bot"
)

// Walk is n turns of a clerk's way as it goes in practice: two minutes apart,
// answers and a trail that grow, and at the end a reminder three days later.
// It is for measuring how much room and time a store takes.
func Walk(session string, n int) []bot.Turn {
	s := bot.Session{
		ID: session, Lang: "ja", Name: "山田 花子", Flow: "csp", FlowVersion: 1, Vars: map[string]string{},
		Home: bot.Address{Platform: "slack", Tenant: "T0123ABCDEF", Channel: "D0123ABCDEF", User: "U0123ABCDEF"},
	}
	turns := make([]bot.Turn, n)
	for i := range turns {
		at := morning().Add(time.Duration(2*i) * time.Minute)
		turns[i] = walkOn(s, i, at)
		s = turns[i].Session
	}
	turns[n-1].Effects = []bot.Effect{{
		ID: bot.EffectID(session, turns[n-1].EventID, 0), Session: session, To: s.Home, Lang: "ja",
		Due: s.Since.Add(3 * day), Wake: "review.ask",
	}}
	return turns
}

// walkOn is the next turn; it shares nothing with the session before.
func walkOn(s bot.Session, i int, at time.Time) bot.Turn {
	vars := map[string]string{}
	for name, value := range s.Vars {
		vars[name] = value
	}
	if answers := walkAnswers(); i < len(answers) {
		vars[answers[i][0]] = answers[i][1]
	}
	from := s.Version
	s.Version, s.Since, s.Seq, s.Vars = from+1, at, i, vars
	s.Step = fmt.Sprintf("%s_%d", walkSteps()[i%len(walkSteps())], i)
	s.Trail = append(s.Trail[:len(s.Trail):len(s.Trail)], s.Step)
	return bot.Turn{EventID: fmt.Sprintf("Ev%s%09d", s.ID, i), At: at, From: from, Session: s}
}

func walkSteps() []string {
	return []string{
		"start.who", "account.check", "account.signin", "enroll.email", "enroll.company", "enroll.address",
		"enroll.contact", "review.wait", "csp.partnerid", "csp.associate", "csp.terms", "link.accept",
	}
}

func walkAnswers() [][2]string {
	return [][2]string{
		{"company", "株式会社サンプル商事"}, {"company_en", "Sample Trading Co., Ltd."}, {"partner_id", "1234567"},
		{"contact", "山田 花子"}, {"submitted", "2026-12-01"}, {"account", "new"}, {"mfa", "done"},
	}
}
