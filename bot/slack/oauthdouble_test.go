package slack

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// oauthDouble is the part of Slack that hands out tokens: each code and each
// refresh token once.
type oauthDouble struct {
	*httptest.Server
	mu      sync.Mutex
	life    int               // seconds; 0: tokens do not expire
	codes   map[string]string // and where they install: a fragment of JSON
	refresh map[string]string // good ones, and where
	tokens  map[string]bool   // good ones
	asked   int               // for a token by a code
	traded  int
	doubled int // refresh tokens that were given again or not known
	refuse  string
	hold    chan struct{} // not nil: requests for tokens wait until it is closed
	held    chan struct{} // gets one for each that waits
}

func newOAuthDouble(t *testing.T) *oauthDouble {
	d := &oauthDouble{codes: map[string]string{}, refresh: map[string]string{}, tokens: map[string]bool{}, held: make(chan struct{}, 99)}
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

func (d *oauthDouble) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/api/auth.test" {
		fmt.Fprint(w, d.test(r.FormValue("token")))
		return
	}
	if r.URL.Path != "/api/oauth.v2.access" || r.FormValue("client_id") != "111.222" || r.FormValue("client_secret") != "client-secret" {
		fmt.Fprint(w, `{"ok":false,"error":"bad_client_secret"}`)
		return
	}
	if d.hold != nil {
		d.held <- struct{}{}
		<-d.hold
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	where, ok := d.spend(r)
	switch {
	case d.refuse != "":
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, d.refuse)
	case !ok:
		fmt.Fprint(w, `{"ok":false,"error":"invalid_code"}`)
	default:
		fmt.Fprint(w, d.grant(where))
	}
}

func (d *oauthDouble) test(token string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.refuse != "":
		return fmt.Sprintf(`{"ok":false,"error":%q}`, d.refuse)
	case !d.tokens[token]:
		return `{"ok":false,"error":"token_revoked"}`
	}
	return `{"ok":true}`
}

func (d *oauthDouble) spend(r *http.Request) (where string, ok bool) {
	if r.FormValue("grant_type") != "refresh_token" {
		d.asked++
		where, ok = d.codes[r.FormValue("code")]
		delete(d.codes, r.FormValue("code"))
		return where, ok && r.FormValue("redirect_uri") != ""
	}
	d.traded++
	where, ok = d.refresh[r.FormValue("refresh_token")]
	if !ok {
		d.doubled++
	}
	if d.refuse == "" {
		delete(d.refresh, r.FormValue("refresh_token"))
	}
	return where, ok
}

func (d *oauthDouble) grant(where string) string {
	n := len(d.tokens) + 1
	token, refresh := fmt.Sprintf("xoxb-%d-secret", n), fmt.Sprintf("xoxe-%d-secret", n)
	d.tokens[token] = true
	rotation := ""
	if d.life > 0 {
		d.refresh[refresh] = where
		rotation = fmt.Sprintf(`"refresh_token":%q,"expires_in":%d,`, refresh, d.life)
	}
	return fmt.Sprintf(`{"ok":true,"access_token":%q,"token_type":"bot","app_id":"A1",%s%s}`, token, rotation, where)
}

// Where an app is installed, in Slack's words.
const (
	inTeam  = `"team":{"id":"T1","name":"Team"},"enterprise":null,"is_enterprise_install":false`
	inGrid1 = `"team":{"id":"T1","name":"One"},"enterprise":{"id":"E1","name":"Grid"},"is_enterprise_install":false`
	inGrid2 = `"team":{"id":"T2","name":"Two"},"enterprise":{"id":"E1","name":"Grid"},"is_enterprise_install":false`
	inOrg   = `"team":null,"enterprise":{"id":"E1","name":"Grid"},"is_enterprise_install":true`
)
