package main

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot"
)

// brokenGraves gives so many graves, then fails.
type brokenGraves int

var errBroken = errors.New("disk is broken")

func (b brokenGraves) Buried(context.Context) iter.Seq2[bot.Grave, error] {
	return func(yield func(bot.Grave, error) bool) {
		for range int(b) {
			if !yield(bot.Grave{ID: "a"}, nil) {
				return
			}
		}
		yield(bot.Grave{}, errBroken)
	}
}

func (b brokenGraves) Exhume(context.Context, string, ...string) ([]string, error) {
	return nil, errBroken
}

// TestOfficeFails never takes half an answer for a whole one, and hands on
// what the server says.
func TestOfficeFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		graves int
		want   string
	}{{0, "disk is broken"}, {3, "the running server"}, {100_000, "broke off"}} {
		ask := officeOf(t, brokenGraves(c.graves))
		if all, err := collect(t.Context(), ask, func(bot.Grave) bool { return true }); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("after %d graves: got %d and error %v, want one with %q", c.graves, len(all), err, c.want)
		}
		if _, err := ask.Exhume(t.Context(), "s", "a"); err == nil || !strings.Contains(err.Error(), "disk is broken") {
			t.Errorf("exhume: error %v", err)
		}
	}
}

// TestOfficeOfAnotherVersion says so when the server does not know a question.
func TestOfficeOfAnotherVersion(t *testing.T) {
	t.Parallel()
	web := httptest.NewServer(http.NewServeMux())
	defer web.Close()
	_, err := officeAt(web).Exhume(t.Context(), "s", "a")
	if err == nil || !strings.Contains(err.Error(), "another version") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v, want one line that speaks of another version", err)
	}
}

// TestOfficeQuestion refuses what is no question.
func TestOfficeQuestion(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	outboxRoutes(mux, brokenGraves(0))
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodPost, routeExhume, strings.NewReader(`{"session":`)))
	if w.Code != http.StatusBadRequest {
		t.Errorf("status %d, want 400", w.Code)
	}
}

func officeOf(t *testing.T, graves bot.Graves) office {
	t.Helper()
	mux := http.NewServeMux()
	outboxRoutes(mux, graves)
	web := httptest.NewUnstartedServer(mux)
	web.Start()
	t.Cleanup(web.Close)
	return officeAt(web)
}

// officeAt asks a server of this process in place of one behind a socket.
func officeAt(web *httptest.Server) office {
	return office{&http.Client{Transport: redirect{web}}}
}

// redirect sends every request to the server.
type redirect struct{ web *httptest.Server }

func (r redirect) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Host = r.web.Listener.Addr().String()
	return r.web.Client().Transport.RoundTrip(request)
}
