package slack

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// rotating is a kit with T1 installed and tokens that live 12 hours.
func rotating(t *testing.T) *installKit {
	k := newInstallKit(t)
	k.slack.life = 43200
	k.install(inTeam)
	return k
}

func TestTokenIsRenewedInItsLastHour(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(11*time.Hour - time.Second)
	if token := k.must("T1"); token != "xoxb-1-secret" || k.slack.traded != 0 {
		t.Fatalf("%s after %d trades", token, k.slack.traded)
	}
	for n := 2; n < 7; n++ { // each with the refresh token that came last, expired or not
		k.clock.advance(time.Duration(n) * 7 * time.Hour)
		if token, want := k.must("T1"), fmt.Sprintf("xoxb-%d-secret", n); token != want || k.slack.doubled != 0 {
			t.Fatalf("%s, not %s", token, want)
		}
		record := k.record("T1")
		if record["refresh"] != fmt.Sprintf("xoxe-%d-secret", n) || record["renewing"] != nil {
			t.Fatalf("kept %v", record)
		}
	}
}

func TestShortLivedTokenIsRenewedInItsLastQuarter(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.life = 400
	k.install(inTeam)
	k.clock.advance(299 * time.Second)
	before := k.must("T1")
	k.clock.advance(61 * time.Second)
	if after := k.must("T1"); before != "xoxb-1-secret" || after != "xoxb-2-secret" {
		t.Errorf("%s, then %s", before, after)
	}
}

func TestTokenWithoutEndIsNotRenewed(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inTeam)
	k.clock.advance(1000 * time.Hour)
	if token := k.must("T1"); token != "xoxb-1-secret" || k.slack.traded != 0 {
		t.Errorf("%s after %d trades", token, k.slack.traded)
	}
}

// TestOneRenewalAtATime: while one process waits for Slack, the other one and
// other calls in the same one use the old token; nobody asks twice.
func TestOneRenewalAtATime(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	other := k.process(nil)
	k.clock.advance(11 * time.Hour)
	k.slack.hold = make(chan struct{})
	var calls sync.WaitGroup
	var mu sync.Mutex
	got := map[string]int{}
	for range 8 {
		calls.Go(func() {
			token, err := k.Token(t.Context(), "T1")
			mu.Lock()
			defer mu.Unlock()
			got[fmt.Sprint(token, err)]++
		})
	}
	<-k.slack.held
	if token := other.must("T1"); token != "xoxb-1-secret" {
		t.Errorf("the other process has %s", token)
	}
	close(k.slack.hold)
	calls.Wait()
	if got["xoxb-2-secret<nil>"] != 8 || k.slack.traded != 1 {
		t.Errorf("%v after %d trades", got, k.slack.traded)
	}
	k.clock.advance(shelfLife)
	if token := other.must("T1"); token != "xoxb-2-secret" || k.slack.traded != 1 {
		t.Errorf("the other process has %s after %d trades", token, k.slack.traded)
	}
}

// TestProcessesRaceForWeeks lets two processes meet at every renewal.
func TestProcessesRaceForWeeks(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	both := []*installKit{k, k.process(nil)}
	for round := range 40 {
		k.clock.advance(11*time.Hour + time.Minute)
		var calls sync.WaitGroup
		for n := range 6 {
			calls.Go(func() {
				if _, err := both[n%2].Token(t.Context(), "T1"); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		calls.Wait()
	}
	if k.slack.traded != 40 || k.slack.doubled != 0 {
		t.Errorf("%d trades, %d with a token that was used", k.slack.traded, k.slack.doubled)
	}
}

func TestOldTokenServesWhileRenewalFails(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.slack.refuse = "internal_error"
	k.clock.advance(11 * time.Hour)
	for range 59 {
		if token := k.must("T1"); token != "xoxb-1-secret" {
			t.Fatal(token)
		}
		k.clock.advance(time.Minute)
	}
	if k.slack.traded != 59 || !strings.Contains(k.log.String(), "slack refused: internal_error") {
		t.Errorf("%d trades, log %s", k.slack.traded, k.log)
	}
	k.clock.advance(time.Minute)
	if _, err := k.Token(t.Context(), "T1"); err == nil || err.Error() != "slack token of T1: refresh: slack refused: internal_error" {
		t.Errorf("expired: %v", err)
	}
	if _, err := k.Token(t.Context(), "T1"); !errors.Is(err, errExpired) {
		t.Errorf("at once again: %v", err)
	}
	k.slack.refuse = ""
	k.clock.advance(time.Minute)
	if token := k.must("T1"); token != "xoxb-2-secret" {
		t.Errorf("well again: %s", token)
	}
}

// TestSlowerProcessTakesWhatTheOtherGot, between its reading and its mark.
func TestSlowerProcessTakesWhatTheOtherGot(t *testing.T) {
	t.Parallel()
	k := rotating(t)
	k.clock.advance(13 * time.Hour)
	known, sealed, err := k.read(t.Context(), "T1")
	if err != nil {
		t.Fatal(err)
	}
	k.process(nil).must("T1")
	got, err := k.refresh(t.Context(), "T1", known, sealed)
	if err != nil || got.Token != "xoxb-2-secret" || k.slack.traded != 1 {
		t.Errorf("%s %v after %d trades", got.Token, err, k.slack.traded)
	}
}

// TestTokenIsNotBelievedPastItsEnd, however lately it was read.
func TestTokenIsNotBelievedPastItsEnd(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.life = 400
	k.install(inTeam)
	k.slack.refuse = "internal_error"
	k.clock.advance(399 * time.Second)
	before := k.must("T1")
	k.clock.advance(time.Second)
	if after, err := k.Token(t.Context(), "T1"); before != "xoxb-1-secret" || err == nil {
		t.Errorf("%s, then %s", before, after)
	}
}

// TestRenewalOutlivesItsProcess: a mark somebody left behind runs out, and one
// from a clock that is wrong counts for nothing.
func TestRenewalOutlivesItsProcess(t *testing.T) {
	t.Parallel()
	for _, left := range []time.Duration{renewingFor, 5 * time.Hour} {
		k := rotating(t)
		k.clock.advance(13 * time.Hour)
		known, sealed, err := k.read(t.Context(), "T1")
		if err != nil {
			t.Fatal(err)
		}
		known.Renewing = k.clock.now().Add(left)
		if err := k.reseal(t.Context(), "T1", sealed, known); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Token(t.Context(), "T1"); (err != nil) != (left == renewingFor) {
			t.Errorf("%v: %v", left, err)
		}
		k.clock.advance(renewingFor)
		if token := k.must("T1"); token != "xoxb-2-secret" {
			t.Errorf("%v: %s", left, token)
		}
	}
}
