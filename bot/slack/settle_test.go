package slack

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// afterMark breaks a vault for good, or for so many times, once a record was
// marked as being renewed.
func afterMark(times int) func(bool) error {
	marked := false
	return func(saving bool) error {
		switch {
		case saving && !marked:
			marked = true
		case marked && times != 0:
			times--
			return errors.New("vault is away")
		}
		return nil
	}
}

func TestSavingIsTriedAgain(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.vault.breaks(afterMark(saves - 1))
	if token := k.must("T1"); token != "xoxb-2-secret" || k.record("T1")["refresh"] != "xoxe-2-secret" {
		t.Errorf("%s, kept %v", token, k.record("T1"))
	}
}

// TestRenewedTokenIsKeptInMemory: what could not be saved is used, and saved
// as soon as the vault is back.
func TestRenewedTokenIsKeptInMemory(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.vault.breaks(afterMark(-1))
	for range 5 {
		if token := k.must("T1"); token != "xoxb-2-secret" {
			t.Fatal(token)
		}
		k.clock.advance(30 * time.Minute)
	}
	if !strings.Contains(k.log.String(), "in memory only") || k.slack.traded != 1 {
		t.Errorf("%d trades, log %s", k.slack.traded, k.log)
	}
	k.vault.breaks(nil)
	if token := k.must("T1"); token != "xoxb-2-secret" || k.record("T1")["refresh"] != "xoxe-2-secret" {
		t.Errorf("%s, kept %v", token, k.record("T1"))
	}
	if token := k.process(nil).must("T1"); token != "xoxb-2-secret" || k.slack.doubled != 0 {
		t.Errorf("another process has %s", token)
	}
}

// TestNewerInstallationWins over a renewed token that is only in memory, and
// so does a removal.
func TestNewerInstallationWins(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.vault.breaks(afterMark(-1))
	k.must("T1")
	k.vault.breaks(nil)
	k.process(nil).install(inTeam)
	if token := k.must("T1"); token != "xoxb-3-secret" || k.record("T1")["refresh"] != "xoxe-3-secret" {
		t.Errorf("%s, kept %v", token, k.record("T1"))
	}
	k.clock.advance(11 * time.Hour)
	k.vault.breaks(afterMark(-1))
	k.must("T1")
	k.vault.breaks(nil)
	if err := k.process(nil).Remove(t.Context(), "T1"); err != nil {
		t.Fatal(err)
	}
	if token, err := k.Token(t.Context(), "T1"); !errors.Is(err, ErrNotInstalled) || k.vault.names() != 0 {
		t.Errorf("removed: %q %v", token, err)
	}
}

// TestRenewalIsNotBegun when the vault does not take the mark: nothing could
// be saved then.
func TestRenewalIsNotBegun(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.vault.breaks(func(saving bool) error {
		if saving {
			return errors.New("vault is away")
		}
		return nil
	})
	if token := k.must("T1"); token != "xoxb-1-secret" || k.slack.traded != 0 {
		t.Errorf("%s after %d trades", token, k.slack.traded)
	}
}

// TestRenewalGoesOnWithoutItsCaller: who gives up waiting does not lose what
// Slack has replaced.
func TestRenewalGoesOnWithoutItsCaller(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.slack.hold = make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	var call sync.WaitGroup
	call.Go(func() { _, _ = k.Token(ctx, "T1") })
	<-k.slack.held
	stop()
	close(k.slack.hold)
	call.Wait()
	if k.record("T1")["refresh"] != "xoxe-2-secret" {
		t.Errorf("kept %v", k.record("T1"))
	}
}

// TestOldTokenServesWhoDoesNotWait for the renewal somebody else is at.
func TestOldTokenServesWhoDoesNotWait(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	leave, err := k.shelf.turn(t.Context(), "T1")
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	ctx, stop := context.WithCancel(t.Context())
	k.vault.breaks(func(bool) error { stop(); return nil }) // after the first reading
	if token, err := k.Token(ctx, "T1"); token != "xoxb-1-secret" {
		t.Errorf("%s %v", token, err)
	}
}

// TestRemovalDuringRenewal: the renewed token does not bring the tenant back.
func TestRemovalDuringRenewal(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.slack.hold = make(chan struct{})
	var call sync.WaitGroup
	call.Go(func() {
		if token, err := k.Token(t.Context(), "T1"); !errors.Is(err, ErrNotInstalled) {
			t.Errorf("%q %v", token, err)
		}
	})
	<-k.slack.held
	if err := k.Remove(t.Context(), "T1"); err != nil {
		t.Error(err)
	}
	close(k.slack.hold)
	call.Wait()
	if k.vault.names() != 0 {
		t.Error("it is back")
	}
}

// TestRefreshTokenIsNeverForgotten, also when an answer brings no new one.
func TestRefreshTokenIsNeverForgotten(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.life = 43200
	k.install(inTeam)
	k.slack.refresh["xoxe-1-secret"] = `"refresh_token":"",` + inTeam
	k.clock.advance(11 * time.Hour)
	if token := k.must("T1"); token != "xoxb-2-secret" || k.record("T1")["refresh"] != "xoxe-1-secret" {
		t.Errorf("%s, kept %v", token, k.record("T1"))
	}
}

// TestNobodyIsTurnedAwayForImpatience: who does not wait for a token that is
// only in memory hears so, and not that there is none.
func TestNobodyIsTurnedAwayForImpatience(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11 * time.Hour)
	k.vault.breaks(afterMark(-1))
	k.must("T1")
	leave, err := k.shelf.turn(t.Context(), "T1")
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := k.Token(ctx, "T1"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestSavingTakesItsTime, also when Slack took all of the caller's.
func TestSavingTakesItsTime(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := k.settle(ctx, "T1", debt{install{Token: "xoxb-new", Refresh: "xoxe-new"}, "xoxe-1-secret"})
	if err != nil || k.record("T1")["token"] != "xoxb-new" {
		t.Errorf("%v, kept %v", err, k.record("T1"))
	}
}
