package slack

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestInstallationLeadsToSlack(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	got := k.visit(k.browser(), "/slack/install")
	to, err := url.Parse(got.header.Get("Location"))
	if err != nil || got.status != http.StatusFound {
		t.Fatalf("%d to %s (%v)", got.status, to, err)
	}
	if at := to.Scheme + "://" + to.Host + to.Path; at != k.slack.URL+"/oauth/v2/authorize" {
		t.Errorf("leads to %s", at)
	}
	want := url.Values{
		"client_id": {"111.222"}, "scope": {"chat:write,im:history"}, "redirect_uri": {k.server.URL + "/slack/oauth_redirect"}, "state": to.Query()["state"],
	}
	if to.RawQuery != want.Encode() || strings.Contains(got.body+to.String(), "client-secret") {
		t.Errorf("asks for %s", to.RawQuery)
	}
	if got.header.Get("Cache-Control") != "no-store" || got.header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", got.header)
	}
}

func TestInstallationLeadsToSlackItself(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t).process(func(c *InstallConfig) { c.APIURL = "https://slack.com/api/" })
	if to := k.visit(k.browser(), "/slack/install").header.Get("Location"); !strings.HasPrefix(to, "https://slack.com/oauth/v2/authorize?") {
		t.Errorf("leads to %s", to)
	}
}

func TestInstallation(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.codes["1.2.c0de"] = inTeam
	b := k.browser()
	got := k.back(b, "code=1.2.c0de&state="+k.begin(b))
	if got.status != http.StatusOK || !strings.Contains(got.body, "Slack に追加できました") || !strings.Contains(got.body, "Added to Slack") {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if !strings.Contains(got.body, `<a href="`+k.slack.URL+`/app_redirect?app=A1&amp;team=T1">`) {
		t.Errorf("no way into Slack: %s", got.body)
	}
	if token := k.must("T1"); token != "xoxb-1-secret" {
		t.Errorf("token %s", token)
	}
	if sealed, _ := k.vault.Sealed(t.Context(), "slack/install/T1"); len(sealed) == 0 || bytes.Contains(sealed, []byte("xoxb")) {
		t.Errorf("kept %q", sealed)
	}
}

func TestInstallationDeclined(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	b := k.browser()
	got := k.back(b, "error=access_denied&state="+k.begin(b))
	if got.status != http.StatusOK || !strings.Contains(got.body, "何も変わっていません") || !strings.Contains(got.body, "Nothing has changed") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if k.vault.names() != 0 || k.slack.asked != 0 {
		t.Error("something was installed")
	}
}

// TestInstallationFails tries what can go wrong after a good state: nothing is
// kept, and the page says so.
func TestInstallationFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query, where, log string
		status            int
		breaks            func(*installKit)
	}{
		"error":       {query: "error=invalid_scope", status: 400, log: "invalid_scope"},
		"odd error":   {query: "error=<b>1", status: 400, log: "unknown_error"},
		"no code":     {status: 400, log: "unknown_error"},
		"wrong code":  {query: "code=wr0ng", status: 502, log: "invalid_code"},
		"no place":    {query: "code=c0de", where: `"team":null`, status: 502, log: "did not say where"},
		"no token":    {query: "code=c0de", where: `"access_token":"",` + inTeam, status: 502, log: "no token for the bot"},
		"odd place":   {query: "code=c0de", where: `"team":{"id":"../T1"}`, status: 502, log: "did not say where"},
		"Slack is":    {query: "code=c0de", where: inTeam, status: 502, log: "connection", breaks: func(k *installKit) { k.slack.CloseClientConnections(); k.slack.Listener.Close() }},
		"vault is":    {query: "code=c0de", where: inTeam, status: 502, log: "vault is away", breaks: func(k *installKit) { k.vault.breaks(func(bool) error { return errors.New("vault is away") }) }},
		"always late": {query: "code=c0de", where: inTeam, status: 502, log: "changed meanwhile", breaks: func(k *installKit) { k.vault.breaks(late(swaps)) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newInstallKit(t)
			if c.where != "" {
				k.slack.codes["c0de"] = c.where
			}
			b := k.browser()
			state := k.begin(b)
			if c.breaks != nil {
				c.breaks(k)
			}
			got := k.back(b, c.query+"&state="+state)
			if got.status != c.status || !strings.Contains(got.body, "追加を終えられませんでした") || !strings.Contains(got.body, "could not be added") {
				t.Errorf("%d %s", got.status, got.body)
			}
			if k.vault.names() != 0 || !strings.Contains(k.log.String(), c.log) {
				t.Errorf("%d records, log %s", k.vault.names(), k.log)
			}
		})
	}
}

func TestInstallationWithinTenMinutes(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.codes["c0de"] = inTeam
	b := k.browser()
	state := k.begin(b)
	k.clock.advance(10*time.Minute - time.Second)
	if got := k.back(b, "code=c0de&state="+state); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestSettingsOfInstallations: what is wrong is said, and no setting is shown.
func TestSettingsOfInstallations(t *testing.T) {
	t.Parallel()
	good := newInstallKit(t).InstallConfig
	for want, change := range map[string]func(*InstallConfig){
		"the key has 31 bytes, not 32": func(c *InstallConfig) { c.Key = c.Key[1:] },
		"the public URL":               func(c *InstallConfig) { c.PublicURL = "bot.test" },
		"does not end in /api/":        func(c *InstallConfig) { c.APIURL = "https://slack.com/api" },
		"the API's URL":                func(c *InstallConfig) { c.APIURL = "//slack.com/api/" },
	} {
		c := good
		change(&c)
		if _, err := NewInstalls(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestInstallationNeedsChance(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t).process(func(c *InstallConfig) { c.Random = strings.NewReader("not enough") })
	if got := k.visit(k.browser(), "/slack/install"); got.status != http.StatusInternalServerError || got.header.Get("Location") != "" {
		t.Errorf("%d to %s", got.status, got.header.Get("Location"))
	}
}

// TestInstallationAmongOthers, who change the same record meanwhile.
func TestInstallationAmongOthers(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.vault.breaks(late(swaps - 1))
	k.install(inTeam)
	if token := k.must("T1"); token != "xoxb-1-secret" {
		t.Error(token)
	}
}

// TestInstallationWithoutItsBrowser: for Slack the app is installed, so it is.
func TestInstallationWithoutItsBrowser(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	k.slack.codes["c0de"] = inTeam
	k.slack.hold = make(chan struct{})
	state, browser, err := k.states.issue()
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/slack/oauth_redirect?code=c0de&state="+state, nil)
	r.AddCookie(&http.Cookie{Name: "shirube-install", Value: browser})
	var finishing sync.WaitGroup
	finishing.Go(func() { k.finish(httptest.NewRecorder(), r) })
	<-k.slack.held
	leave()
	close(k.slack.hold)
	finishing.Wait()
	if token := k.must("T1"); token != "xoxb-1-secret" {
		t.Error(token)
	}
}
