package slack

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestStateIsRefused tries every state that is not the one of this browser,
// now, for the first time. Each is refused before Slack is asked.
func TestStateIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		log string
		try func(k *installKit) seen
	}{
		"none": {"no state", func(k *installKit) seen {
			b := k.browser()
			k.begin(b)
			return k.back(b, "code=c0de")
		}},
		"no cookie": {"no cookie", func(k *installKit) seen {
			return k.back(k.browser(), "code=c0de&state="+k.begin(k.browser()))
		}},
		"nonsense": {"malformed", func(k *installKit) seen {
			b := k.browser()
			k.begin(b)
			return k.back(b, "code=c0de&state=nonsense")
		}},
		"cut": {"malformed", func(k *installKit) seen {
			b := k.browser()
			return k.back(b, "code=c0de&state="+k.begin(b)[1:])
		}},
		"changed": {"not ours", func(k *installKit) seen {
			b := k.browser()
			state := k.begin(b)
			return k.back(b, "code=c0de&state="+"B"+state[1:])
		}},
		"another key": {"not ours", func(k *installKit) seen {
			b := k.browser()
			state := k.begin(b)
			other := k.process(func(c *InstallConfig) { c.Key = bytes.Repeat([]byte{8}, 32) })
			return other.back(b, "code=c0de&state="+state)
		}},
		"another browser": {"another browser", func(k *installKit) seen {
			mine, theirs := k.browser(), k.browser()
			k.begin(mine)
			return k.back(mine, "code=c0de&state="+k.begin(theirs))
		}},
		"an older one": {"another browser", func(k *installKit) seen {
			b := k.browser()
			state := k.begin(b)
			k.begin(b)
			return k.back(b, "code=c0de&state="+state)
		}},
		"late": {"expired", func(k *installKit) seen {
			b := k.browser()
			state := k.begin(b)
			k.clock.advance(10 * time.Minute)
			return k.back(b, "code=c0de&state="+state)
		}},
		"again": {"no cookie", func(k *installKit) seen {
			b := k.browser()
			state := k.begin(b)
			k.back(b, "error=access_denied&state="+state)
			return k.back(b, "code=c0de&state="+state)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newInstallKit(t)
			k.slack.codes["c0de"] = inTeam
			got := c.try(k)
			if got.status != http.StatusBadRequest || !strings.Contains(got.body, "はじめから") || !strings.Contains(got.body, "start again") {
				t.Errorf("%d %s", got.status, got.body)
			}
			if k.vault.names() != 0 || k.slack.asked != 0 || !strings.Contains(k.log.String(), c.log) {
				t.Errorf("%d records, %d codes, log %s", k.vault.names(), k.slack.asked, k.log)
			}
		})
	}
}

// TestStateIsUsedOnce is about a browser that keeps its cookie all the same.
func TestStateIsUsedOnce(t *testing.T) {
	t.Parallel()
	clock := &clockDouble{at: time.Unix(1_800_000_000, 0)}
	s, err := newStates(bytes.Repeat([]byte{7}, 32), rand.Reader, clock.now)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		state, browser, err := s.issue()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.redeem(state, browser); err != nil {
			t.Fatal(err)
		}
		if err := s.redeem(state, browser); err == nil || err.Error() != "state was used before" {
			t.Fatalf("used again: %v", err)
		}
		clock.advance(time.Hour)
	}
	if len(s.used) != 1 {
		t.Errorf("%d states remembered", len(s.used))
	}
}

// TestStateHasOneSpelling, though the last letter holds bits to spare.
func TestStateHasOneSpelling(t *testing.T) {
	t.Parallel()
	s, err := newStates(bytes.Repeat([]byte{7}, 32), rand.Reader, (&clockDouble{at: time.Unix(1_800_000_000, 0)}).now)
	if err != nil {
		t.Fatal(err)
	}
	state, browser, err := s.issue()
	if err != nil {
		t.Fatal(err)
	}
	body, last := state[:len(state)-1], state[len(state)-1:]
	for _, letter := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
		if string(letter) != last && s.redeem(body+string(letter), browser) == nil {
			t.Errorf("%c passes for %s", letter, last)
		}
	}
}

// FuzzState: nothing but an issued state passes, and nothing panics.
// What is drawn is always the same, as each worker of the fuzzer draws its own.
func FuzzState(f *testing.F) {
	clock := &clockDouble{at: time.Unix(1_800_000_000, 0)}
	s, err := newStates(bytes.Repeat([]byte{7}, 32), strings.NewReader(strings.Repeat("drawn", 7)), clock.now)
	if err != nil {
		f.Fatal(err)
	}
	state, browser, err := s.issue()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(state, browser+"A")
	f.Add(state+"A", browser)
	f.Add(state[:len(state)-1], browser)
	f.Add(strings.Repeat("A", 75), strings.Repeat("A", 22))
	f.Add("", "")
	f.Fuzz(func(t *testing.T, someState, someBrowser string) {
		if s.redeem(someState, someBrowser) == nil && (someState != state || someBrowser != browser) {
			t.Errorf("passes: %q with %q", someState, someBrowser)
		}
	})
}
