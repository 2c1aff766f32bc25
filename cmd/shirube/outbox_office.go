package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"

	"github.com/shirube/shirube/bot"
)

// The routes of the outbox. Graves come a line each.
const (
	routeBuried = "/outbox/buried"
	routeExhume = "/outbox/exhume"
)

// exhuming is the question of routeExhume.
type exhuming struct {
	Session string   `json:"session"`
	IDs     []string `json:"ids"`
}

// exhumed is its answer.
type exhumed struct {
	IDs []string `json:"ids"`
}

// outboxRoutes answers for the graves of the server's store. Exhumed effects are
// found by the worker, which looks for what is due every second.
func outboxRoutes(mux *http.ServeMux, graves bot.Graves) {
	mux.HandleFunc("GET "+routeBuried, func(w http.ResponseWriter, r *http.Request) {
		lines := json.NewEncoder(w)
		begun := false
		for g, err := range graves.Buried(r.Context()) {
			switch {
			case err != nil && !begun:
				answerJSON(w, http.StatusInternalServerError, refusal{err.Error()})
				return
			case err != nil:
				panic(http.ErrAbortHandler) // so that the answer breaks off
			}
			begun = true
			if lines.Encode(g) != nil {
				return
			}
		}
	})
	mux.HandleFunc("POST "+routeExhume, func(w http.ResponseWriter, r *http.Request) {
		var q exhuming
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 16<<20)).Decode(&q); err != nil {
			answerJSON(w, http.StatusBadRequest, refusal{"the question is malformed"})
			return
		}
		ids, err := graves.Exhume(r.Context(), q.Session, q.IDs...)
		if err != nil {
			answerJSON(w, http.StatusInternalServerError, refusal{err.Error()})
			return
		}
		answerJSON(w, http.StatusOK, exhumed{ids})
	})
}

var _ bot.Graves = office{}

// Buried implements [bot.Graves].
func (o office) Buried(ctx context.Context) iter.Seq2[bot.Grave, error] {
	return func(yield func(bot.Grave, error) bool) {
		answer, err := o.ask(ctx, http.MethodGet, routeBuried, nil)
		if err != nil {
			yield(bot.Grave{}, err)
			return
		}
		defer answer.Close()
		for lines := json.NewDecoder(answer); ; {
			var g bot.Grave
			if err := lines.Decode(&g); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				yield(bot.Grave{}, fmt.Errorf("the running server's answer broke off; try again: %w", err))
				return
			}
			if !yield(g, nil) {
				return
			}
		}
	}
}

// Exhume implements [bot.Graves].
func (o office) Exhume(ctx context.Context, session string, ids ...string) ([]string, error) {
	answer, err := o.ask(ctx, http.MethodPost, routeExhume, exhuming{session, ids})
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var found exhumed
	if err := json.NewDecoder(answer).Decode(&found); err != nil {
		return nil, fmt.Errorf("the running server's answer broke off; shirube outbox list shows what is still buried: %w", err)
	}
	return found.IDs, nil
}
