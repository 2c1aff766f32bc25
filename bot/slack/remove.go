package slack

import (
	"context"
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"
)

// Remove forgets a tenant's tokens after the app was removed there; it is a
// Config.Revoked. Where only one of several workspaces of an enterprise was
// left, and Slack does not say which, those that still work are kept.
func (i *Installs) Remove(ctx context.Context, tenant string) error {
	sealed, err := i.Vault.Sealed(ctx, vaultName(tenant))
	if err != nil {
		return fmt.Errorf("slack removal from %s: %w", tenant, err)
	}
	known, _ := i.open(tenant, sealed) // what does not open is removed all the same
	for _, team := range known.Workspaces {
		gone, err := i.gone(ctx, team, len(known.Workspaces))
		if err != nil {
			return fmt.Errorf("slack removal from %s: %w", tenant, err)
		}
		if !gone {
			continue
		}
		if err := i.forget(ctx, team, tenant); err != nil {
			return fmt.Errorf("slack removal from %s: %w", tenant, err)
		}
	}
	if len(known.Workspaces) > 0 {
		return nil
	}
	if err := i.forget(ctx, tenant, known.Enterprise); err != nil {
		return fmt.Errorf("slack removal from %s: %w", tenant, err)
	}
	return nil
}

// gone tells whether the app was removed from one of so many workspaces.
func (i *Installs) gone(ctx context.Context, team string, of int) (bool, error) {
	if of == 1 {
		return true, nil
	}
	token, err := i.Token(ctx, team)
	if errors.Is(err, ErrNotInstalled) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	_, err = slackapi.New(token, slackapi.OptionAPIURL(i.APIURL), slackapi.OptionHTTPClient(i.HTTP)).AuthTestContext(ctx)
	var refused slackapi.SlackErrorResponse
	switch {
	case err == nil:
		return false, nil
	case errors.As(err, &refused) && permanent(refused.Err):
		return true, nil
	}
	return false, fmt.Errorf("ask slack: %s", reason(err))
}

// forget removes a tenant's record, and its name from its enterprise's.
func (i *Installs) forget(ctx context.Context, tenant, enterprise string) error {
	err := i.swap(ctx, tenant, func([]byte) ([]byte, error) { return nil, nil })
	if err != nil || enterprise == "" {
		return err
	}
	return i.swap(ctx, enterprise, func(old []byte) ([]byte, error) {
		known, err := i.open(enterprise, old)
		if err != nil || len(known.Workspaces) == 0 {
			return old, nil // gone, somebody else's, or for the whole enterprise
		}
		if known = known.without(tenant); len(known.Workspaces) == 0 {
			return nil, nil
		}
		return i.seal(enterprise, known)
	})
}
