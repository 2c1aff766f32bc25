package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// vaultName is where a tenant's record is kept.
func vaultName(tenant string) string { return "slack/install/" + tenant }

// read returns a tenant's record, and as it is in the vault.
func (i *Installs) read(ctx context.Context, tenant string) (install, []byte, error) {
	sealed, err := i.Vault.Sealed(ctx, vaultName(tenant))
	if err != nil {
		return install{}, nil, fmt.Errorf("read the installation: %w", err)
	}
	known, err := i.open(tenant, sealed)
	return known, sealed, err
}

// open is ErrNotInstalled for nothing.
func (i *Installs) open(tenant string, sealed []byte) (install, error) {
	if sealed == nil {
		return install{}, ErrNotInstalled
	}
	data, err := i.box.open(vaultName(tenant), sealed)
	if err != nil {
		return install{}, fmt.Errorf("open the installation: %w", err)
	}
	return parseInstall(data)
}

func (i *Installs) seal(tenant string, known install) ([]byte, error) {
	data, err := json.Marshal(known)
	if err != nil {
		return nil, fmt.Errorf("seal the installation: %w", err)
	}
	return i.box.seal(vaultName(tenant), data)
}

func (i *Installs) reseal(ctx context.Context, tenant string, old []byte, known install) error {
	sealed, err := i.seal(tenant, known)
	if err != nil {
		return err
	}
	return i.Vault.Reseal(ctx, vaultName(tenant), old, sealed)
}

// swaps is how often a change is tried again when others change the same.
const swaps = 5

// swap changes what is kept; to gets it as it is, nil for nothing, and returns
// what it is to be.
func (i *Installs) swap(ctx context.Context, tenant string, to func(old []byte) ([]byte, error)) error {
	for range swaps {
		old, err := i.Vault.Sealed(ctx, vaultName(tenant))
		if err != nil {
			return fmt.Errorf("read the installation: %w", err)
		}
		sealed, err := to(old)
		if err != nil || bytes.Equal(old, sealed) {
			return err
		}
		err = i.Vault.Reseal(ctx, vaultName(tenant), old, sealed)
		if err == nil {
			i.shelf.drop(tenant)
			return nil
		}
		if !errors.Is(err, bot.ErrConflict) {
			return fmt.Errorf("save the installation: %w", err)
		}
	}
	return fmt.Errorf("save the installation: %w", bot.ErrConflict)
}

// errNowhere is an answer that names neither a workspace nor an enterprise.
var errNowhere = errors.New("slack did not say where it was installed")

// add keeps a new installation and returns its tenant. What was there before
// is replaced, also when it cannot be opened (any more).
func (i *Installs) add(ctx context.Context, got *slackapi.OAuthV2Response) (tenant string, err error) {
	tenant = got.Team.ID
	if got.IsEnterpriseInstall {
		tenant = got.Enterprise.ID
	}
	made := newInstall(got, i.Now())
	if !tenantID.MatchString(tenant) || made.Enterprise != "" && !tenantID.MatchString(made.Enterprise) {
		return "", errNowhere
	}
	err = i.swap(ctx, tenant, func([]byte) ([]byte, error) { return i.seal(tenant, made) })
	if err != nil || made.Enterprise == "" {
		return tenant, err
	}
	return tenant, i.swap(ctx, made.Enterprise, func(old []byte) ([]byte, error) {
		known, _ := i.open(made.Enterprise, old)
		return i.seal(made.Enterprise, known.with(tenant))
	})
}
