package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shirube/shirube/bot"
)

// kit is a test with its store and its clock. What must not fail ends the
// test when it does.
type kit struct {
	*testing.T
	Harness
	now time.Time
}

// turn is an event's turn from the given version. The effects get their ids
// and the session.
func (k *kit) turn(session, event string, from int64, effects ...bot.Effect) bot.Turn {
	for i := range effects {
		effects[i].Session = session
		effects[i].ID = bot.EffectID(session, event, i)
	}
	return bot.Turn{
		EventID: event, At: k.now, From: from, Effects: effects,
		Session: bot.Session{ID: session, Version: from + 1, Step: event},
	}
}

// forget is a turn that removes the session.
func (k *kit) forget(session, event string, from int64, effects ...bot.Effect) bot.Turn {
	t := k.turn(session, event, from, effects...)
	t.Forget = true
	return t
}

func (k *kit) commit(t bot.Turn) {
	k.Helper()
	if err := Save(k.Context(), k.Store, t); err != nil {
		k.Fatalf("commit %s: %v", t.EventID, err)
	}
}

// refuse commits a turn that must be refused with this error.
func (k *kit) refuse(t bot.Turn, want error) {
	k.Helper()
	if err := Save(k.Context(), k.Store, t); !errors.Is(err, want) {
		k.Fatalf("commit %s: got error %v, want %v", t.EventID, err, want)
	}
}

func (k *kit) load(id string) bot.Session {
	k.Helper()
	s, err := k.Store.Load(k.Context(), id)
	if err != nil {
		k.Fatalf("load: %v", err)
	}
	return s
}

// stands checks that the session is the one after the turn.
func (k *kit) stands(t bot.Turn) {
	k.Helper()
	want := t.Session
	if t.Forget {
		want = bot.Session{ID: want.ID}
	}
	if d := cmp.Diff(want, k.load(want.ID)); d != "" {
		k.Fatalf("session after %s (-want +got):\n%s", t.EventID, d)
	}
}

func (k *kit) claim(limit int) []bot.Claim {
	k.Helper()
	claims, err := k.Store.Claim(k.Context(), k.now, limit)
	if err != nil {
		k.Fatalf("claim: %v", err)
	}
	return claims
}

// claimed claims everything and checks that it is the effects with these
// names, in any order. It returns the claims by name.
func (k *kit) claimed(want ...string) map[string]bot.Claim {
	k.Helper()
	got := map[string]bot.Claim{}
	for _, c := range k.claim(100) {
		got[name(c.Effect)] = c
	}
	for _, w := range want {
		if _, ok := got[w]; !ok {
			k.Fatalf("claimed %v, want %v", names(got), want)
		}
	}
	if len(got) != len(want) {
		k.Fatalf("claimed %v, want %v", names(got), want)
	}
	return got
}

func (k *kit) done(c bot.Claim) {
	k.Helper()
	if err := Finish(k.Context(), k.Store, c, bot.Receipt{ID: "1"}); err != nil {
		k.Fatalf("done %s: %v", name(c.Effect), err)
	}
}

// retry makes the claim due again after this long.
func (k *kit) retry(c bot.Claim, after time.Duration) {
	k.Helper()
	why := &bot.SendError{Reason: "ratelimited", Retryable: true}
	if err := k.Store.Retry(k.Context(), c, k.now.Add(after), why); err != nil {
		k.Fatalf("retry %s: %v", name(c.Effect), err)
	}
}

func (k *kit) bury(c bot.Claim) {
	k.Helper()
	if err := k.Store.Bury(k.Context(), c, errors.New("channel_not_found")); err != nil {
		k.Fatalf("bury %s: %v", name(c.Effect), err)
	}
}

// fenced checks that nothing can be done with the claim any more.
func (k *kit) fenced(c bot.Claim) {
	k.Helper()
	errs := map[string]error{
		"Done":  Finish(k.Context(), k.Store, c, bot.Receipt{}),
		"Retry": k.Store.Retry(k.Context(), c, k.now, errors.New("late")),
		"Bury":  k.Store.Bury(k.Context(), c, errors.New("late")),
	}
	for op, err := range errs {
		if !errors.Is(err, bot.ErrFenced) {
			k.Fatalf("%s of a claim that is over: got error %v, want %v", op, err, bot.ErrFenced)
		}
	}
}

// nextIs checks when there is something to do next; zero is never.
func (k *kit) nextIs(want time.Time) {
	k.Helper()
	due, ok, err := k.Store.Next(k.Context())
	if err != nil {
		k.Fatalf("next: %v", err)
	}
	if ok == want.IsZero() || ok && !due.Equal(want) {
		k.Fatalf("next is %v (%v), want %v", due, ok, want)
	}
}

// say is a reply to a channel; its name is what it says.
func say(channel, text string, due time.Time) bot.Effect {
	return bot.Effect{
		To: bot.Address{Platform: "slack", Tenant: "T1", Channel: channel}, Lang: "ja", Due: due,
		Say: &bot.Reply{Title: bot.Phrase{Key: text}},
	}
}

// wake is a reminder; its name is what it wakes.
func wake(choice string, due time.Time) bot.Effect {
	return bot.Effect{Wake: choice, Due: due}
}

// name is how the tests call an effect.
func name(e bot.Effect) string {
	switch {
	case e.Say != nil:
		return e.Say.Title.Key
	case e.Report != nil:
		return e.Report.Text
	}
	return e.Wake
}

func names(claims map[string]bot.Claim) string {
	var all []string
	for n := range claims {
		all = append(all, n)
	}
	return fmt.Sprint(all)
}
