package slack

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestNotInstalled(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	for _, tenant := range []string{"T1", "E1", ""} {
		if token, err := k.Token(t.Context(), tenant); token != "" || !errors.Is(err, ErrNotInstalled) {
			t.Errorf("%s: %q %v", tenant, token, err)
		}
	}
	k.install(inTeam) // nobody has to wait for it
	if token := k.must("T1"); token != "xoxb-1-secret" {
		t.Error(token)
	}
}

func TestRecordIsBelievedForAMinute(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inTeam)
	reads := func(want int) {
		t.Helper()
		before := k.vault.reads
		k.must("T1")
		if got := k.vault.reads - before; got != want {
			t.Errorf("%d reads, not %d", got, want)
		}
	}
	reads(1)
	k.clock.advance(59 * time.Second)
	reads(0)
	k.clock.advance(time.Second)
	reads(1)
	k.install(inTeam)
	if token := k.must("T1"); token != "xoxb-2-secret" {
		t.Errorf("after a change: %s", token)
	}
}

// TestSlowReaderUndoesNothing: what was read before a change is not believed
// after it.
func TestSlowReaderUndoesNothing(t *testing.T) {
	t.Parallel()
	s := newShelf((&clockDouble{}).now)
	epoch := s.age()
	s.drop("T1")
	s.put("T1", install{Token: "old"}, epoch)
	if known, found := s.get("T1"); found {
		t.Errorf("believes %q", known.Token)
	}
	s.put("T1", install{Token: "new"}, s.age())
	if known, found := s.get("T1"); !found || known.Token != "new" {
		t.Errorf("believes %q", known.Token)
	}
}

func TestAnotherKey(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inGrid1)
	other := k.process(func(c *InstallConfig) { c.Key = bytes.Repeat([]byte{8}, 32) })
	for _, tenant := range []string{"T1", "E1"} {
		_, err := other.Token(t.Context(), tenant)
		if want := "slack token of " + tenant + ": open the installation: sealed with another key, or damaged"; err == nil || err.Error() != want {
			t.Errorf("%v", err)
		}
	}
	other.install(inGrid1) // mends it
	if token := other.must("E1"); token != "xoxb-2-secret" {
		t.Error(token)
	}
}

func TestRemoval(t *testing.T) {
	t.Parallel()
	for name, tenant := range map[string]string{inTeam: "T1", inOrg: "E1", inGrid1: "E1", inGrid1 + " ": "T1"} {
		k := newInstallKit(t)
		k.install(name)
		k.must(tenant)
		for range 2 { // the news may come twice
			if err := k.Remove(t.Context(), tenant); err != nil {
				t.Fatal(err)
			}
		}
		if token, err := k.Token(t.Context(), tenant); !errors.Is(err, ErrNotInstalled) || k.vault.names() != 0 {
			t.Errorf("%s: %q %v, %d records left", name, token, err, k.vault.names())
		}
	}
}

func TestRemovalOfWhatDoesNotOpen(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inTeam)
	other := k.process(func(c *InstallConfig) { c.Key = bytes.Repeat([]byte{8}, 32) })
	if err := other.Remove(t.Context(), "T1"); err != nil || k.vault.names() != 0 {
		t.Errorf("%v, %d records left", err, k.vault.names())
	}
}

// TestRemovalFailsAloud, so that Slack tells again.
func TestRemovalFailsAloud(t *testing.T) {
	t.Parallel()
	for _, when := range []bool{true, false} {
		k := newInstallKit(t)
		k.install(inTeam)
		k.vault.breaks(func(saving bool) error {
			if saving == when {
				return errors.New("vault is away")
			}
			return nil
		})
		err := k.Remove(t.Context(), "T1")
		if err == nil || !strings.HasPrefix(err.Error(), "slack removal from T1: ") || !strings.HasSuffix(err.Error(), "vault is away") {
			t.Errorf("%v", err)
		}
		k.vault.breaks(nil)
		if token := k.must("T1"); token != "xoxb-1-secret" {
			t.Error(token)
		}
	}
}
