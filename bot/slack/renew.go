package slack

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// How long things take at most. A mark outlives the work it stands for.
const (
	askFor      = 10 * time.Second // Slack's answer about a token
	saveFor     = 5 * time.Second
	renewingFor = askFor + 2*saveFor
)

// saves is how often saving is tried before it waits for the next occasion.
const saves = 3

// renew returns the record with a new token, or as it is when another process
// is at it. What Slack has replaced must be kept: it goes on when the caller
// gives up.
func (i *Installs) renew(ctx context.Context, tenant string) (install, error) {
	leave, err := i.shelf.turn(ctx, tenant)
	if err != nil {
		return install{}, fmt.Errorf("wait for a renewal: %w", err)
	}
	defer leave()
	if owed, found := i.shelf.debt(tenant); found {
		return i.settle(ctx, tenant, owed)
	}
	known, sealed, err := i.read(ctx, tenant)
	if err != nil || !known.due(i.Now()) || known.renewing(i.Now()) {
		return known, err
	}
	return i.refresh(ctx, tenant, known, sealed)
}

// refresh trades the refresh token in. The record is marked before: of two who
// give Slack the same one, both get an answer, and one of the two is void.
// https://github.com/slackapi/node-slack-sdk/issues/2504
func (i *Installs) refresh(ctx context.Context, tenant string, known install, sealed []byte) (install, error) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), askFor)
	defer stop()
	marked := known
	marked.Renewing = i.Now().Add(renewingFor)
	switch err := i.reseal(ctx, tenant, sealed, marked); {
	case errors.Is(err, bot.ErrConflict):
		known, _, err = i.read(ctx, tenant)
		return known, err
	case err != nil:
		return install{}, fmt.Errorf("mark as being renewed: %w", err)
	}
	got, err := slackapi.RefreshOAuthV2TokenContext(ctx, i.HTTP, i.ClientID, i.ClientSecret, known.Refresh, slackapi.OAuthOptionAPIURL(i.APIURL))
	if err = granted(got, err); err != nil {
		return install{}, fmt.Errorf("refresh: %w", err)
	}
	owed := debt{known.renewed(got, i.Now()), known.Refresh}
	i.shelf.owe(tenant, owed)
	return i.settle(ctx, tenant, owed)
}

// settle saves a renewed record. While that fails it stays in memory, and is
// used; it gives way to a newer installation.
func (i *Installs) settle(ctx context.Context, tenant string, owed debt) (install, error) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), saveFor)
	defer stop()
	var known install
	var err error
	for range saves {
		err = i.swap(ctx, tenant, func(old []byte) ([]byte, error) {
			var failed error
			if known, failed = i.open(tenant, old); failed != nil || known.Refresh != owed.used {
				return old, failed
			}
			known = owed.install
			return i.seal(tenant, known)
		})
		if err == nil || errors.Is(err, ErrNotInstalled) {
			i.shelf.paid(tenant)
			return known, err
		}
	}
	i.Log.Error("slack token renewed but not saved: it is in memory only", "tenant", tenant, "error", err)
	return owed.install, nil
}

// errToken is an answer that says ok and has no token for the bot.
var errToken = errors.New("slack gave no token for the bot")

// granted is what to make of an answer with tokens: nil when it has one.
func granted(got *slackapi.OAuthV2Response, err error) error {
	switch {
	case err != nil:
		return fmt.Errorf("slack refused: %s", reason(err))
	case !got.Ok || got.AccessToken == "":
		return errToken
	}
	return nil
}

// shortName is what Slack's reasons look like, and tokens and codes do not.
var shortName = regexp.MustCompile(`^[a-z_]{1,64}$`)

// reason is Slack's short name for an error, and nothing else of it.
func reason(err error) string {
	var refused *bot.SendError
	if errors.As(sendError(err), &refused) && shortName.MatchString(refused.Reason) {
		return refused.Reason
	}
	return "unknown_error"
}
