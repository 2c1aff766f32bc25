package slack

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// installKit is a server with installations, and all it works with.
type installKit struct {
	*Installs
	t      *testing.T
	vault  *vaultDouble
	slack  *oauthDouble
	clock  *clockDouble
	log    *logDouble
	server *httptest.Server
}

func newInstallKit(t *testing.T) *installKit {
	return (&installKit{
		t: t, vault: &vaultDouble{kept: map[string][]byte{}}, slack: newOAuthDouble(t), log: &logDouble{},
		clock: &clockDouble{at: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)},
	}).process(nil)
}

// process is another server on the same vault, changed as said.
func (k *installKit) process(change func(*InstallConfig)) *installKit {
	c := InstallConfig{
		Vault: k.vault, Key: bytes.Repeat([]byte{7}, 32), ClientID: "111.222", ClientSecret: "client-secret", Scopes: []string{"chat:write", "im:history"},
		APIURL: k.slack.URL + "/api/", HTTP: k.slack.Client(), Now: k.clock.now, Log: slog.New(slog.NewJSONHandler(k.log, nil)), Random: rand.Reader,
	}
	if change != nil {
		change(&c)
	}
	installs, err := NewInstalls(c)
	if err != nil {
		k.t.Fatal(err)
	}
	other := *k
	other.Installs = installs
	mux := http.NewServeMux()
	installs.Routes(mux)
	other.server = httptest.NewServer(mux)
	k.t.Cleanup(other.server.Close)
	return &other
}

// browser is one that keeps cookies and stays where it is sent.
func (k *installKit) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// install adds a workspace or an enterprise as Slack would hand it out.
func (k *installKit) install(where string) {
	k.t.Helper()
	k.slack.mu.Lock()
	k.slack.codes["1.2.c0de"] = where
	k.slack.mu.Unlock()
	b := k.browser()
	if got := k.back(b, "code=1.2.c0de&state="+k.begin(b)); got.status != http.StatusOK {
		k.t.Fatalf("installation: %d %s", got.status, got.body)
	}
}

// must is the token of a tenant that has one.
func (k *installKit) must(tenant string) string {
	k.t.Helper()
	token, err := k.Token(k.t.Context(), tenant)
	if err != nil {
		k.t.Fatal(err)
	}
	return token
}

// record is what the vault holds for a tenant, opened.
func (k *installKit) record(tenant string) map[string]any {
	k.t.Helper()
	sealed, _ := k.vault.Sealed(k.t.Context(), vaultName(tenant))
	data, err := k.box.open(vaultName(tenant), sealed)
	var record map[string]any
	if err == nil {
		err = json.Unmarshal(data, &record)
	}
	if err != nil {
		k.t.Fatal(err)
	}
	return record
}

// seen is a response.
type seen struct {
	status int
	header http.Header
	body   string
}

func (k *installKit) visit(b *http.Client, path string) seen {
	k.t.Helper()
	response, err := b.Get(k.server.URL + path)
	if err != nil {
		k.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		k.t.Fatal(err)
	}
	return seen{response.StatusCode, response.Header, string(body)}
}

// begin starts an installation and returns its state.
func (k *installKit) begin(b *http.Client) string {
	k.t.Helper()
	to, err := url.Parse(k.visit(b, "/slack/install").header.Get("Location"))
	if err != nil || to.Query().Get("state") == "" {
		k.t.Fatalf("sent to %s (%v)", to, err)
	}
	return to.Query().Get("state")
}

// back is the way back from Slack.
func (k *installKit) back(b *http.Client, query string) seen {
	k.t.Helper()
	return k.visit(b, "/slack/oauth_redirect?"+query)
}
