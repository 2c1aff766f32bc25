package slack

import (
	"errors"
	"testing"
	"time"
)

func TestWholeEnterprise(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inOrg)
	if token := k.must("E1"); token != "xoxb-1-secret" || k.vault.names() != 1 {
		t.Errorf("%s in %d records", token, k.vault.names())
	}
}

// TestWorkspacesOfAnEnterprise: the latest one speaks for the enterprise, and
// each token is kept once, or its renewal would leave an old copy behind.
func TestWorkspacesOfAnEnterprise(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.life = 43200
	k.install(inGrid1)
	if k.must("T1") != "xoxb-1-secret" || k.must("E1") != "xoxb-1-secret" {
		t.Error("the first")
	}
	k.install(inGrid2)
	if k.must("T1") != "xoxb-1-secret" || k.must("T2") != "xoxb-2-secret" || k.must("E1") != "xoxb-2-secret" {
		t.Error("the second")
	}
	k.clock.advance(11 * time.Hour)
	if k.must("E1") != "xoxb-3-secret" || k.must("T2") != "xoxb-3-secret" || k.slack.traded != 1 {
		t.Error("renewed")
	}
	k.install(inGrid1)
	if k.must("E1") != "xoxb-4-secret" || k.must("T1") != "xoxb-4-secret" || len(k.record("E1")["workspaces"].([]any)) != 2 {
		t.Errorf("the first again: %v", k.record("E1"))
	}
}

// TestLatestInstallationSpeaks for an enterprise, whatever was before.
func TestLatestInstallationSpeaks(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	for n, where := range []string{inOrg, inGrid1, inOrg} {
		k.install(where)
		if got, want := k.must("E1"), []string{"xoxb-1-secret", "xoxb-2-secret", "xoxb-3-secret"}[n]; got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	if err := k.Remove(t.Context(), "E1"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Token(t.Context(), "E1"); !errors.Is(err, ErrNotInstalled) {
		t.Error(err)
	}
}

// TestRemovalFromOneOfSeveral: the news names the enterprise only.
func TestRemovalFromOneOfSeveral(t *testing.T) {
	t.Parallel()
	for _, gone := range []string{"T1", "T2"} {
		k := newInstallKit(t)
		k.install(inGrid1)
		k.install(inGrid2)
		left := map[string]string{"T1": "T2", "T2": "T1"}[gone]
		delete(k.slack.tokens, k.must(gone))
		if err := k.Remove(t.Context(), "E1"); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Token(t.Context(), gone); !errors.Is(err, ErrNotInstalled) {
			t.Errorf("%s is still there", gone)
		}
		if k.must("E1") != k.must(left) || k.vault.names() != 2 {
			t.Errorf("%s does not speak for the enterprise", left)
		}
	}
}

// TestRemovalWaitsForSlack: nobody is removed because Slack was away.
func TestRemovalWaitsForSlack(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inGrid1)
	k.install(inGrid2)
	k.slack.refuse = "internal_error"
	if err := k.Remove(t.Context(), "E1"); err == nil || k.vault.names() != 3 {
		t.Errorf("%v, %d records", err, k.vault.names())
	}
	k.slack.Close()
	if err := k.Remove(t.Context(), "E1"); err == nil || k.vault.names() != 3 {
		t.Errorf("%v, %d records", err, k.vault.names())
	}
}

// TestRemovalByWorkspace leaves the enterprise to the others.
func TestRemovalByWorkspace(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inGrid1)
	k.install(inGrid2)
	if err := k.Remove(t.Context(), "T2"); err != nil {
		t.Fatal(err)
	}
	if k.must("E1") != "xoxb-1-secret" || k.vault.names() != 2 {
		t.Errorf("%s in %d records", k.must("E1"), k.vault.names())
	}
	k.install(inOrg)
	if err := k.Remove(t.Context(), "T1"); err != nil {
		t.Fatal(err)
	}
	if k.must("E1") != "xoxb-3-secret" || k.vault.names() != 1 {
		t.Errorf("%s in %d records", k.must("E1"), k.vault.names())
	}
}

// TestHalfARemoval: a workspace that an enterprise still names is passed over.
func TestHalfARemoval(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.install(inGrid1)
	k.install(inGrid2)
	delete(k.vault.kept, vaultName("T2"))
	if token := k.must("E1"); token != "xoxb-1-secret" {
		t.Error(token)
	}
	if err := k.Remove(t.Context(), "E1"); err != nil || k.vault.names() != 2 {
		t.Errorf("%v, %d records left", err, k.vault.names())
	}
}
