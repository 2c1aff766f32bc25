package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/shirube/shirube/bot"
)

// Path is where Teams sends what happens.
const Path = "/api/messages"

// maxBody is the largest request that is read.
const maxBody = 256 << 10

// within is how long an activity may take: Teams waits 15 seconds.
const within = 10 * time.Second

// Routes adds the endpoint.
func (p *Platform) Routes(mux *http.ServeMux) { mux.HandleFunc("POST "+Path, p.serve) }

// serve answers one activity. Whatever goes wrong in it stays in it.
func (p *Platform) serve(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if recover() != nil {
			p.refuse(w, http.StatusInternalServerError, "failed")
		}
	}()
	if _, err := bearer(r.Header.Get("Authorization")); err != nil {
		p.refuse(w, http.StatusUnauthorized, err.Error())
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		p.refuse(w, http.StatusRequestEntityTooLarge, "too large or cut off")
		return
	}
	ctx, stop := context.WithTimeout(r.Context(), within)
	defer stop()
	answer, err := p.request(ctx, r, body)
	refused := (*refusal)(nil)
	switch {
	case errors.As(err, &refused) && refused.forbidden:
		p.refuse(w, http.StatusForbidden, refused.rule)
	case errors.As(err, &refused):
		p.refuse(w, http.StatusUnauthorized, refused.rule)
	case errors.Is(err, errMalformed):
		p.refuse(w, http.StatusBadRequest, "malformed")
	case err != nil:
		p.unheard("request", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
	default:
		write(w, answer)
	}
}

// request verifies the activity and takes it. The adapter returns an activity
// also when it refuses it; it is not looked at then.
func (p *Platform) request(ctx context.Context, r *http.Request, body []byte) (any, error) {
	body, err := fitting(body)
	if err != nil {
		return nil, err
	}
	known := r.WithContext(ctx)
	known.Body = io.NopCloser(bytes.NewReader(body))
	a, err := p.adapter(nil).ParseRequest(ctx, known)
	if err != nil {
		return nil, err
	}
	return p.take(ctx, withRest(a, body))
}

// unheard logs an event that was not taken. That the store is away is said once
// by whoever watches it.
func (p *Platform) unheard(what string, err error) {
	if !errors.Is(err, bot.ErrAway) {
		p.Log.Error("teams "+what+" failed", "error", err)
	}
}

// refuse answers and logs without a word of the content.
func (p *Platform) refuse(w http.ResponseWriter, status int, why string) {
	p.Log.Warn("teams request refused", "status", status, "reason", why)
	http.Error(w, why, status)
}

func write(w http.ResponseWriter, answer any) {
	if answer == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer) // a reader that has gone has gone
}
