package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/shirube/shirube/bot"
)

// maxBody is the largest request that is read.
const maxBody = 1 << 20

// within is how long an event may take: Slack waits 3 seconds.
const within = 2500 * time.Millisecond

// Routes adds Slack's three endpoints.
func (p *Platform) Routes(mux *http.ServeMux) {
	mux.Handle("POST /slack/events", p.signed(p.eventRequest))
	mux.Handle("POST /slack/commands", p.signed(p.commandRequest))
	mux.Handle("POST /slack/interactivity", p.signed(p.interactionRequest))
}

// errMalformed is a signed request that is not what Slack sends.
var errMalformed = errors.New("request is malformed")

// answer is a response's body: nil is none, a string is plain text, anything
// else is JSON.
type answer any

// signed reads and verifies a request before take sees it.
func (p *Platform) signed(take func(ctx context.Context, body []byte) (answer, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			p.refuse(w, r, http.StatusRequestEntityTooLarge, "too large or cut off")
			return
		}
		if err := verify(p.Secret, r.Header, body, p.Now()); err != nil {
			p.refuse(w, r, http.StatusUnauthorized, "unsigned or old")
			return
		}
		ctx, stop := context.WithTimeout(r.Context(), within)
		defer stop()
		switch reply, err := guarded(func() (answer, error) { return take(ctx, body) }); {
		case errors.Is(err, errMalformed):
			p.refuse(w, r, http.StatusBadRequest, "malformed")
		case err != nil:
			p.failed("request", r.URL.Path, err)
			http.Error(w, "try again", http.StatusServiceUnavailable)
		default:
			write(w, reply)
		}
	})
}

// errPanic is a defect that an event met. What it says stays here: it may hold
// what somebody wrote.
var errPanic = errors.New("panic")

// guarded keeps a panic in its event: over a socket it would end the program, and
// again when Slack delivers the event again.
func guarded(take func() (answer, error)) (reply answer, err error) {
	defer func() {
		if recover() != nil {
			reply, err = nil, errPanic
		}
	}()
	return take()
}

// failed logs an event that Slack will deliver again. That the store is away is
// said once by whoever watches it.
func (p *Platform) failed(what, which string, err error) {
	if !errors.Is(err, bot.ErrAway) {
		p.Log.Error("slack "+what+" failed", "which", which, "error", err)
	}
}

// refuse answers and logs without a word of the content.
func (p *Platform) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	p.Log.Warn("slack request refused", "path", r.URL.Path, "status", status, "reason", why)
	http.Error(w, why, status)
}

func write(w http.ResponseWriter, reply answer) {
	switch reply := reply.(type) {
	case nil:
		w.WriteHeader(http.StatusOK)
	case string:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, reply) // a reader that has gone sends again
	default:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(reply)
	}
}
