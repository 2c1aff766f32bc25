package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/shirube/shirube/bot"
)

// The routes of the reports. All reports are one array.
const (
	routeReports = "/cases/reports"
	routeClear   = "/cases/clear"
)

// clearing is the question of routeClear; the answer is the same.
type clearing struct {
	Step string `json:"step"`
}

// reportRoutes answers for the reports in the server's store.
func reportRoutes(mux *http.ServeMux, kept bot.Reports) {
	mux.HandleFunc("GET "+routeReports, func(w http.ResponseWriter, r *http.Request) {
		all, err := kept.Reports(r.Context())
		if err != nil {
			answerJSON(w, http.StatusInternalServerError, refusal{err.Error()})
			return
		}
		answerJSON(w, http.StatusOK, all)
	})
	mux.HandleFunc("POST "+routeClear, func(w http.ResponseWriter, r *http.Request) {
		var q clearing
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&q); err != nil || q.Step == "" {
			answerJSON(w, http.StatusBadRequest, refusal{"the question is malformed"})
			return
		}
		if err := kept.Clear(r.Context(), q.Step); err != nil {
			answerJSON(w, http.StatusInternalServerError, refusal{err.Error()})
			return
		}
		answerJSON(w, http.StatusOK, q)
	})
}

// Reports asks for what [bot.Reports] keeps.
func (o office) Reports(ctx context.Context) (all []bot.Report, err error) {
	err = o.hear(ctx, http.MethodGet, routeReports, nil, &all)
	return all, err
}

// Clear drops all reports about a step, see [bot.Reports].
func (o office) Clear(ctx context.Context, step string) error {
	return o.hear(ctx, http.MethodPost, routeClear, clearing{step}, &clearing{})
}

// hear asks and reads an answer of one value.
func (o office) hear(ctx context.Context, method, path string, question, value any) error {
	answer, err := o.ask(ctx, method, path, question)
	if err != nil {
		return err
	}
	defer answer.Close()
	if err := json.NewDecoder(answer).Decode(value); err != nil {
		return fmt.Errorf("the running server's answer broke off; try again: %w", err)
	}
	return nil
}
