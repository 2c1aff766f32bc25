package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/shirube/shirube/bot"
)

// InstallConfig is what installations work with.
type InstallConfig struct {
	discreet
	Vault        bot.Vault
	Key          []byte // 32 bytes; seals what is kept, signs what a browser brings back
	ClientID     string
	ClientSecret string
	Scopes       []string // of the bot
	APIURL       string   // ends in /api/
	PublicURL    string   // where browsers find Routes; empty: as the request says
	HTTP         *http.Client
	Now          func() time.Time
	Log          *slog.Logger
	Random       io.Reader // safe for concurrent use
}

// Installs are the workspaces and enterprises the app is installed in. They
// implement Tokens, and they are the way in: see [Installs.Routes].
//
// A token is in the vault once. An enterprise whose workspaces were installed
// one by one has a record of its own that only names them, the latest first:
// its events arrive in the enterprise's name.
type Installs struct {
	InstallConfig
	box       *box
	states    *states
	shelf     *shelf
	authorize *url.URL
}

// NewInstalls makes them; an error says which setting is wrong.
func NewInstalls(c InstallConfig) (*Installs, error) {
	if len(c.Key) != keySize {
		return nil, fmt.Errorf("slack installations: the key has %d bytes, not %d", len(c.Key), keySize)
	}
	if c.PublicURL != "" && !absolute(c.PublicURL) {
		return nil, errors.New("slack installations: the public URL is not an absolute one")
	}
	if !absolute(c.APIURL) || !strings.HasSuffix(c.APIURL, "/api/") {
		return nil, errors.New("slack installations: the API's URL does not end in /api/")
	}
	authorize, err := url.Parse(c.APIURL)
	if err != nil {
		return nil, errors.New("slack installations: the API's URL is malformed")
	}
	*authorize = url.URL{Scheme: authorize.Scheme, Host: authorize.Host, Path: "/oauth/v2/authorize"}
	box, err := newBox(c.Key, c.Random)
	if err != nil {
		return nil, fmt.Errorf("slack installations: %w", err)
	}
	states, err := newStates(c.Key, c.Random, c.Now)
	if err != nil {
		return nil, fmt.Errorf("slack installations: %w", err)
	}
	return &Installs{InstallConfig: c, box: box, states: states, shelf: newShelf(c.Now), authorize: authorize}, nil
}

func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Token implements Tokens. The error is ErrNotInstalled when the app is not
// there (any more).
func (i *Installs) Token(ctx context.Context, tenant string) (string, error) {
	found, err := i.valid(ctx, tenant)
	for _, team := range found.Workspaces {
		if found, err = i.valid(ctx, team); !errors.Is(err, ErrNotInstalled) {
			break
		}
	}
	if err == nil && found.Token == "" {
		err = ErrNotInstalled
	}
	if err != nil {
		return "", fmt.Errorf("slack token of %s: %w", tenant, err)
	}
	return found.Token, nil
}

// errExpired is for the moments in which another process renews a token that
// nobody needed for hours, or nobody can.
var errExpired = errors.New("token is expired and not yet renewed")

// valid returns a record whose token, if it has one, may be used.
func (i *Installs) valid(ctx context.Context, tenant string) (install, error) {
	if known, found := i.shelf.get(tenant); found {
		return known, nil
	}
	epoch := i.shelf.age()
	known, _, err := i.read(ctx, tenant)
	if i.shelf.owes(tenant) || err == nil && known.due(i.Now()) {
		known, err = i.renewInTime(ctx, tenant, known)
	}
	if err == nil && !known.usable(i.Now()) {
		err = errExpired
	}
	if err != nil {
		return install{}, err
	}
	i.shelf.put(tenant, known, epoch)
	return known, nil
}

// renewInTime lets the old token serve until it expires when there is no new
// one yet.
func (i *Installs) renewInTime(ctx context.Context, tenant string, old install) (install, error) {
	renewed, err := i.renew(ctx, tenant)
	if err == nil || errors.Is(err, ErrNotInstalled) || old.Token == "" || !old.usable(i.Now()) {
		return renewed, err
	}
	i.Log.Warn("slack token not renewed yet", "tenant", tenant, "error", err)
	return old, nil
}
