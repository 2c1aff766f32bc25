// Package platformtest holds the one suite that every platform must pass: what
// people do arrives as events, what is to be said is sent, what the service
// answers is told to the worker, and nothing secret is told on. It knows a
// platform only through a [Rig] and must not know which one it tests.
package platformtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
)

// Rig is a platform between a double of its service and a handler.
type Rig struct {
	Platform bot.Platform
	Clerk    bot.Address // where the clerk reads
	Desk     bot.Address // where the distributor reads
	// Say and Press are the clerk's text and press as the service delivers them;
	// the same id is the same delivery again. Press gets what Sent returned. They
	// tell whether the service may forget the delivery.
	Say   func(id, text string) bool
	Press func(id, sent string) bool
	// Reply is an answer of the distributor's staff to a message with this
	// receipt.
	Reply func(id, text string, to bot.Receipt) bool
	// Sent is the payload the service took last.
	Sent func() string
	// Forge delivers what the service did not sign, and returns the status; nil
	// where there is no way to.
	Forge func() int
	// Answer makes the service answer sends with a status; nil where it has none.
	Answer func(status int, header map[string]string)
	// Log is what the platform logged.
	Log func() string
	// Secrets must not be in it, nor in an error.
	Secrets []string
}

// Open makes a rig whose platform hands its events to the handler and finds
// threads by the port.
type Open func(t *testing.T, h bot.Handler, threads bot.Threads) Rig

// Run tests the platform that open makes, once for each test.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*kit){
		"Said": said, "Pressed": pressed, "Answered": answered, "Again": again, "Away": away, "Forged": forged, "Sent": sent, "Statuses": statuses,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := &kit{T: t, ears: &ears{}, threads: &threads{about: map[string]string{}}}
			k.Rig = open(t, k.ears, k.threads)
			test(k)
			k.discreet(k.Log())
		})
	}
}

// words are a person's; they are nobody's business. The signs are those that
// platforms write in their own way.
const words = `秘密の言葉 <A&B> "x"`

// kit is a test with its rig.
type kit struct {
	*testing.T
	Rig
	*ears
	threads *threads
}

// one is the only event that was heard.
func (k *kit) one() bot.Event {
	k.Helper()
	heard := k.heard()
	if len(heard) != 1 {
		k.Fatalf("heard %d events: %+v", len(heard), heard)
	}
	return heard[0]
}

// discreet checks that a text tells nothing on.
func (k *kit) discreet(text string) {
	k.Helper()
	for _, secret := range append([]string{"秘密の言葉"}, k.Secrets...) {
		if strings.Contains(text, secret) {
			k.Errorf("told on %q in %s", secret, text)
		}
	}
}

func (k *kit) send(to bot.Address) bot.Receipt {
	k.Helper()
	receipt, err := k.Platform.Send(k.Context(), message(to))
	if err != nil {
		k.Fatalf("send: %v", err)
	}
	return receipt
}

func message(to bot.Address) bot.Message {
	return bot.Message{
		ID: "effect-1", To: to, Lang: "ja", Step: "s.one", Title: "題名です", Attempt: 1, Due: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC),
		Parts:   []bot.MessagePart{{Kind: bot.Do, Text: "本文です。"}},
		Buttons: []bot.Button{{ID: "s.one:done:1:x", Label: "できました", Style: bot.Primary}},
	}
}

func said(k *kit) {
	if !k.Say("1", words) {
		k.Fatal("not taken")
	}
	e := k.one()
	if e.Kind != bot.Said || e.Text != words || e.Session != k.Clerk.SessionID() || e.From.User != k.Clerk.User || e.ID == "" || e.At.IsZero() {
		k.Errorf("heard %+v", e)
	}
}

func pressed(k *kit) {
	k.send(k.Clerk)
	if !k.Press("1", k.Sent()) {
		k.Fatal("not taken")
	}
	if e := k.one(); e.Kind != bot.Pressed || e.Choice != "s.one:done:1:x" || e.Session != k.Clerk.SessionID() {
		k.Errorf("heard %+v", e)
	}
}

func answered(k *kit) {
	receipt := k.send(k.Desk)
	k.threads.about[receipt.ID] = k.Clerk.SessionID()
	if !k.Reply("1", words, receipt) {
		k.Fatal("not taken")
	}
	if e := k.one(); e.Kind != bot.Answered || e.Text != words || e.From.Channel != k.Desk.Channel {
		k.Errorf("heard %+v", e)
	}
}

// again delivers everything twice: one event, one id.
func again(k *kit) {
	k.send(k.Clerk)
	card := k.Sent()
	for _, do := range []func(string) bool{
		func(id string) bool { return k.Say(id, words) },
		func(id string) bool { return k.Press(id, card) },
	} {
		before := len(k.heard())
		for _, id := range []string{"1", "1", "2"} {
			if !do(id) {
				k.Error("not taken")
			}
		}
		e := k.heard()[before:]
		if len(e) != 3 || e[0].ID != e[1].ID || e[0].ID == e[2].ID {
			k.Errorf("heard %+v", e)
		}
	}
}

// away has the handler fail: a message comes again, and is the same event then.
func away(k *kit) {
	k.fail(errors.New("the store is away"))
	if k.Say("1", words) {
		k.Error("the service may forget what was not taken")
	}
	k.fail(nil)
	if !k.Say("1", words) {
		k.Error("not taken")
	}
	if e := k.one(); e.Text != words {
		k.Errorf("heard %+v", e)
	}
}

func forged(k *kit) {
	if k.Forge == nil {
		return
	}
	if status := k.Forge(); status != 401 && status != 403 {
		k.Errorf("status %d", status)
	}
	if heard := k.heard(); len(heard) != 0 {
		k.Errorf("heard %+v", heard)
	}
}

func sent(k *kit) {
	for _, to := range []bot.Address{k.Clerk, k.Desk} {
		if receipt := k.send(to); receipt.ID == "" {
			k.Errorf("no receipt from %+v", to)
		}
		for _, text := range []string{"題名です", "本文です。", "できました", "s.one:done:1:x"} {
			if !strings.Contains(k.Sent(), text) {
				k.Errorf("no %q in %s", text, k.Sent())
			}
		}
	}
}

// statuses puts the service's answers into the worker's terms.
func statuses(k *kit) {
	if k.Answer == nil {
		return
	}
	for _, status := range []int{429, 500, 502, 503, 504} {
		k.Answer(status, map[string]string{"Retry-After": "7"})
		_, err := k.Platform.Send(k.Context(), message(k.Clerk))
		refused := (*bot.SendError)(nil)
		if !errors.As(err, &refused) || !refused.Retryable || refused.Untried || status == 429 && refused.After != 7*time.Second {
			k.Errorf("status %d: %+v", status, err)
		}
		k.discreet(fmt.Sprint(err))
	}
	k.Answer(0, nil)
	k.send(k.Clerk)
}

// ears is a handler that notes what it heard, or fails.
type ears struct {
	mu     sync.Mutex
	events []bot.Event
	err    error
}

// Handle implements bot.Handler.
func (e *ears) Handle(_ context.Context, event bot.Event) (bot.Answer, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err != nil {
		return bot.Answer{}, e.err
	}
	e.events = append(e.events, event)
	return bot.Answer{}, nil
}

func (e *ears) heard() []bot.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]bot.Event(nil), e.events...)
}

func (e *ears) fail(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.err = err
}

// threads knows sessions by the ids of messages.
type threads struct{ about map[string]string }

// Thread implements bot.Threads.
func (t *threads) Thread(_ context.Context, at bot.Address) (string, error) {
	return t.about[at.Thread], nil
}
