package teams

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/shirube/shirube/bot"
)

// maxRetryAfter bounds what a service may ask us to wait.
const maxRetryAfter = time.Hour

// refusedBy puts the connector's refusal into the worker's terms. What it says
// in words stays here: it may hold the message.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
func refusedBy(r *http.Response, now time.Time) error {
	switch code := r.StatusCode; {
	case code == http.StatusTooManyRequests:
		return &bot.SendError{Reason: "ratelimited", Retryable: true, After: retryAfter(r.Header.Get("Retry-After"), now)}
	case code == http.StatusForbidden:
		return &bot.SendError{Reason: closedRefused}
	case code == http.StatusNotFound:
		return &bot.SendError{Reason: "conversation_not_found"}
	case code == http.StatusUnauthorized: // the operator mends it, and what was to be said is still there
		return &bot.SendError{Reason: "unauthorized", Retryable: true}
	case code == http.StatusPreconditionFailed || code == http.StatusRequestTimeout || code >= 500 || code < 400:
		return &bot.SendError{Reason: "http_" + strconv.Itoa(code), Retryable: true, After: retryAfter(r.Header.Get("Retry-After"), now)}
	default:
		return &bot.SendError{Reason: "http_" + strconv.Itoa(code)}
	}
}

// retryAfter reads seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(max(seconds, 0), int(maxRetryAfter/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

// sendError takes the adapter's wrapping off.
func sendError(err error) error {
	known := (*bot.SendError)(nil)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	}
	return &bot.SendError{Reason: "failed", Retryable: true}
}

// reason is the short name of an error.
func reason(err error) string {
	known := (*bot.SendError)(nil)
	if errors.As(err, &known) {
		return known.Reason
	}
	return ""
}
