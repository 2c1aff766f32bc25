package slack_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/shirube/shirube/bot/slack"
)

// TestProxy posts by the proxy of the environment, as all else goes.
func TestProxy(t *testing.T) {
	b := newBench(t)
	var asked atomic.Value
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.Method + " " + r.Host)
		there, err := net.Dial("tcp", strings.TrimPrefix(b.server.URL, "http://"))
		if err != nil {
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(there, here) }()
		_, _ = io.Copy(here, there)
		_, _ = here.Close(), there.Close()
	}))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	b = newBench(t, func(c *slack.Config) { c.APIURL, c.Line = "http://slack.test/api/", newLine(t) })
	if _, err := b.platform.Send(t.Context(), messages()["step"]); err != nil {
		t.Fatal(err)
	}
	if got := asked.Load(); got != "CONNECT slack.test:80" {
		t.Errorf("the proxy was asked %v", got)
	}
	t.Setenv("HTTP_PROXY", "ftp://proxy.test")
	t.Setenv("HTTPS_PROXY", "ftp://proxy.test")
	if _, err := slack.NewLine(1); err == nil {
		t.Error("a proxy's address that is none was taken")
	}
}
