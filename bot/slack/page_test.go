package slack

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestPagesAreHarmless looks at what a browser is told beside the text.
func TestPagesAreHarmless(t *testing.T) {
	t.Parallel()
	k := newInstallKit(t)
	for _, p := range []page{pageAdded(`https://slack.com/?a="><script>`), pageDeclined(), pageStale(), pageFailed()} {
		w := httptest.NewRecorder()
		showPage(w, http.StatusOK, p)
		policy, body := w.Header().Get("Content-Security-Policy"), w.Body.String()
		style := regexp.MustCompile(`<style>(.*)</style>`).FindStringSubmatch(body)[1]
		sum := sha256.Sum256([]byte(style))
		if !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"';") {
			t.Errorf("policy %s", policy)
		}
		if strings.Contains(body, "<script") || strings.Count(body, "<section lang=") != 2 || strings.Contains(body, "%!") {
			t.Errorf("page %s", body)
		}
		for name, want := range map[string]string{
			"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s", name, got)
			}
		}
	}
	if got := k.back(k.browser(), ""); got.header.Get("Content-Security-Policy") == "" {
		t.Error("a page without a policy")
	}
}

func TestCookieOfAnInstallation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		public, proto, want string
		redirect            string
	}{
		"plain":          {want: "shirube-install=v; Path=/; Max-Age=600; HttpOnly; SameSite=Lax", redirect: "http://bot.test/slack/oauth_redirect"},
		"behind a proxy": {proto: "https, http", want: "__Host-shirube-install=v; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax", redirect: "https://bot.test/slack/oauth_redirect"},
		"public":         {public: "https://x.test/b/", want: "__Host-shirube-install=v; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax", redirect: "https://x.test/b/slack/oauth_redirect"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newInstallKit(t).process(func(i *InstallConfig) { i.PublicURL = c.public })
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://bot.test/slack/install", nil)
			r.Header.Set("X-Forwarded-Proto", c.proto)
			w := httptest.NewRecorder()
			k.Installs.begin(w, r)
			cookie := regexp.MustCompile(`=[^;]{22};`).ReplaceAllLiteralString(w.Header().Get("Set-Cookie"), "=v;")
			to, _ := url.Parse(w.Header().Get("Location"))
			if cookie != c.want || to.Query().Get("redirect_uri") != c.redirect {
				t.Errorf("cookie %s, back to %s", cookie, to.Query().Get("redirect_uri"))
			}
		})
	}
}
