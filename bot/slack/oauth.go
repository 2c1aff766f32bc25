package slack

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"
)

// The two places of an installation, below PublicURL.
const (
	installPath  = "/slack/install"
	redirectPath = "/slack/oauth_redirect"
)

// installFor is how long Slack and the vault may take over an installation.
const installFor = 15 * time.Second

// Routes adds the way in: a page that leads to Slack's consent, and the one
// Slack leads back to. https://docs.slack.dev/authentication/installing-with-oauth
func (i *Installs) Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+installPath, i.begin)
	mux.HandleFunc("GET "+redirectPath, i.finish)
}

// begin sends the browser to Slack.
func (i *Installs) begin(w http.ResponseWriter, r *http.Request) {
	state, browser, err := i.states.issue()
	if err != nil {
		i.Log.Error("slack installation not begun", "error", err)
		showPage(w, http.StatusInternalServerError, pageFailed())
		return
	}
	to := *i.authorize
	to.RawQuery = url.Values{
		"client_id": {i.ClientID}, "scope": {strings.Join(i.Scopes, ",")}, "redirect_uri": {i.public(r) + redirectPath}, "state": {state},
	}.Encode()
	i.bind(w, r, browser, int(stateLife/time.Second))
	guardPage(w.Header())
	http.Redirect(w, r, to.String(), http.StatusFound)
}

// finish takes the browser back from Slack.
func (i *Installs) finish(w http.ResponseWriter, r *http.Request) {
	var browser string
	if cookie, err := r.Cookie(i.cookie(r)); err == nil {
		browser = cookie.Value
	}
	i.bind(w, r, "", -1)
	query := r.URL.Query()
	if err := i.states.redeem(query.Get("state"), browser); err != nil {
		i.Log.Warn("slack installation refused", "reason", err.Error())
		showPage(w, http.StatusBadRequest, pageStale())
		return
	}
	switch why := query.Get("error"); {
	case why == "access_denied":
		i.Log.Info("slack installation declined")
		showPage(w, http.StatusOK, pageDeclined())
		return
	case why != "" || query.Get("code") == "":
		i.Log.Warn("slack installation failed", "reason", reason(slackapi.SlackErrorResponse{Err: why}))
		showPage(w, http.StatusBadRequest, pageFailed())
		return
	}
	added, err := i.exchange(r, query.Get("code"))
	if err != nil {
		i.Log.Error("slack installation failed", "error", err)
		showPage(w, http.StatusBadGateway, pageFailed())
		return
	}
	showPage(w, http.StatusOK, added)
}

// exchange makes the code a token and keeps it, also when the browser leaves:
// for Slack the app is installed by then.
func (i *Installs) exchange(r *http.Request, code string) (page, error) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(r.Context()), installFor)
	defer stop()
	got, err := slackapi.GetOAuthV2ResponseContext(ctx, i.HTTP, i.ClientID, i.ClientSecret, code, i.public(r)+redirectPath, slackapi.OAuthOptionAPIURL(i.APIURL))
	if err = granted(got, err); err != nil {
		return page{}, err
	}
	tenant, err := i.add(ctx, got)
	if err != nil {
		return page{}, err
	}
	i.Log.Info("slack app installed", "tenant", tenant, "rotating", got.RefreshToken != "")
	return pageAdded(i.doorway(got)), nil
}

// public is where the browser sees this server, without a slash at the end.
func (i *Installs) public(r *http.Request) string {
	if i.PublicURL != "" {
		return strings.TrimRight(i.PublicURL, "/")
	}
	proto, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
	if r.TLS != nil || strings.EqualFold(strings.TrimSpace(proto), "https") {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (i *Installs) secure(r *http.Request) bool {
	return strings.HasPrefix(i.public(r), "https://")
}

// cookie is the name of the browser's half of a state. The prefix keeps other
// hosts of the same domain from setting it.
func (i *Installs) cookie(r *http.Request) string {
	if i.secure(r) {
		return "__Host-shirube-install"
	}
	return "shirube-install"
}

// bind leaves something with the browser, for so many seconds.
func (i *Installs) bind(w http.ResponseWriter, r *http.Request, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: i.cookie(r), Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: i.secure(r), SameSite: http.SameSiteLaxMode,
	})
}

// doorway is where Slack opens the app that was just installed, empty when its
// answer does not say which.
func (i *Installs) doorway(got *slackapi.OAuthV2Response) string {
	if got.AppID == "" {
		return ""
	}
	query := url.Values{"app": {got.AppID}}
	if got.Team.ID != "" {
		query.Set("team", got.Team.ID)
	}
	to := *i.authorize
	to.Path, to.RawQuery = "/app_redirect", query.Encode()
	return to.String()
}
