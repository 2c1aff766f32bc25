package slack

import (
	"context"
	"errors"
	"slices"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// Send implements bot.Platform.
func (p *Platform) Send(ctx context.Context, m bot.Message) (bot.Receipt, error) {
	token, err := p.Tokens.Token(ctx, m.To.Tenant)
	if err != nil {
		return bot.Receipt{}, tokenError(err, m.To)
	}
	if m.To.Channel == bot.Panel {
		_, err := p.api(token).PublishViewContext(ctx, slackapi.PublishViewContextRequest{UserID: m.To.User, View: p.home(m)})
		return bot.Receipt{}, sendError(err)
	}
	channel := m.To.Channel
	if channel == "" {
		channel = m.To.User // Slack opens the direct message
	}
	sure := p.unsent.take(m)
	if delay := p.pacer.wait(m.To.Tenant+"/"+channel, m.ID); delay > 0 {
		if sure || m.Attempt == 1 {
			p.unsent.put(m)
		}
		return bot.Receipt{}, &bot.SendError{Reason: "paced", Retryable: true, Untried: true, After: delay}
	}
	if m.Attempt > 1 && !sure {
		if receipt, found, err := p.lookUp(ctx, p.api(token), m); err != nil || found {
			return receipt, err
		}
	}
	receipt, err := p.post(ctx, token, p.posted(channel, m))
	if err != nil && refused(err) {
		p.unsent.put(m)
	}
	return receipt, sendError(err)
}

// permanent are Slack's errors that no repetition mends. A token that is wrong
// or has run out is none of them: the operator mends it, and what was to be
// said is still there.
func permanent(reason string) bool {
	return slices.Contains([]string{
		"account_inactive", "app_missing_action_url", "as_user_not_supported", "cannot_dm_bot", "channel_not_found", "invalid_arguments",
		"invalid_blocks", "invalid_blocks_format", "is_archived", "is_inactive", "messages_tab_disabled", "missing_scope", "msg_blocks_too_long", "msg_too_long",
		"no_permission", "no_text", "not_allowed_token_type", "not_enabled", "not_in_channel", "org_login_required", "restricted_action",
		"team_access_not_granted", "team_not_found", "token_revoked", "user_disabled", "user_not_found", "view_too_large",
	}, reason)
}

// maxRetryAfter bounds what an answer may ask us to wait.
const maxRetryAfter = time.Hour

// sendError puts an error of the Web API into the worker's terms. What the
// error says beyond Slack's own short name stays here: it may hold the text.
func sendError(err error) error {
	var limited *slackapi.RateLimitedError
	var status slackapi.StatusCodeError
	var refused slackapi.SlackErrorResponse
	switch {
	case err == nil:
		return nil
	case errors.As(err, &limited):
		return &bot.SendError{Reason: "ratelimited", Retryable: true, After: min(max(limited.RetryAfter, 0), maxRetryAfter)}
	case errors.As(err, &status):
		return &bot.SendError{Reason: "http_status", Retryable: status.Code >= 500 || status.Code == 408 || status.Code == 429}
	case errors.As(err, &refused):
		return &bot.SendError{Reason: refused.Err, Retryable: !permanent(refused.Err)}
	}
	return &bot.SendError{Reason: "connection", Retryable: true}
}

// ErrNotInstalled says that the app is not installed in a tenant (any more).
var ErrNotInstalled = errors.New("app is not installed there")

// installWait is how often a channel is looked at that waits for the app.
const installWait = 5 * time.Minute

// tokenError tells what becomes of a message without a token: what is for a
// channel waits until the app is installed there.
func tokenError(err error, to bot.Address) error {
	switch {
	case errors.Is(err, ErrNotInstalled) && to.User == "":
		return &bot.SendError{Reason: "not_installed", Retryable: true, Untried: true, After: installWait}
	case errors.Is(err, ErrNotInstalled):
		return &bot.SendError{Reason: "not_installed"}
	}
	return &bot.SendError{Reason: "token_unavailable", Retryable: true}
}
