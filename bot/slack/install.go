package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"time"

	slackapi "github.com/slack-go/slack"
)

// discreet keeps what embeds it out of logs and errors, whatever it is printed
// with.
type discreet struct{}

// Format implements fmt.Formatter.
func (discreet) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, "[secret]") }

// LogValue implements slog.LogValuer.
func (discreet) LogValue() slog.Value { return slog.StringValue("[secret]") }

// install is one record: a token of a workspace or a whole enterprise, or the
// workspaces of an enterprise that have one.
type install struct {
	discreet
	Token      string    `json:"token,omitempty"`
	Refresh    string    `json:"refresh,omitempty"`    // trades the token in, once; empty: the token does not expire
	Due        time.Time `json:"due,omitzero"`         // when to trade it in
	Expires    time.Time `json:"expires,omitzero"`     // when it is too late for that to go unnoticed
	Renewing   time.Time `json:"renewing,omitzero"`    // until when a process is at it
	Enterprise string    `json:"enterprise,omitempty"` // that the workspace belongs to
	Workspaces []string  `json:"workspaces,omitempty"` // of the enterprise, the latest first
}

// A token is renewed in its last hour, a shorter-lived one in its last quarter.
const (
	ahead        = time.Hour
	aheadQuarter = 4
)

// newInstall is a token as Slack hands it out. One that lives for no time
// given lives for ever.
func newInstall(got *slackapi.OAuthV2Response, now time.Time) install {
	made := install{Token: got.AccessToken, Refresh: got.RefreshToken}
	if life := time.Duration(got.ExpiresIn) * time.Second; life > 0 {
		made.Expires = now.Add(life)
		made.Due = made.Expires.Add(-min(ahead, life/aheadQuarter))
	}
	if !got.IsEnterpriseInstall {
		made.Enterprise = got.Enterprise.ID
	}
	return made
}

// renewed is the record after Slack has replaced its tokens.
func (i install) renewed(got *slackapi.OAuthV2Response, now time.Time) install {
	made := newInstall(got, now)
	made.Enterprise = i.Enterprise
	if made.Refresh == "" {
		made.Refresh = i.Refresh
	}
	return made
}

func (i install) usable(now time.Time) bool { return i.Expires.IsZero() || now.Before(i.Expires) }

func (i install) due(now time.Time) bool {
	return i.Refresh != "" && !i.Expires.IsZero() && !now.Before(i.Due)
}

// renewing tells whether a process is at it. A mark that lasts longer than any
// comes from a clock that is wrong.
func (i install) renewing(now time.Time) bool {
	left := i.Renewing.Sub(now)
	return left > 0 && left <= renewingFor
}

// without is the record of an enterprise less one workspace.
func (i install) without(team string) install {
	i.Workspaces = slices.DeleteFunc(slices.Clone(i.Workspaces), func(t string) bool { return t == team })
	return i
}

// with is the record of an enterprise after a workspace was installed. A
// token for all of the enterprise gives way: it may be long revoked.
func (i install) with(team string) install {
	return install{Workspaces: append([]string{team}, i.without(team).Workspaces...)}
}

// tenantID is what Slack's ids of workspaces and enterprises look like.
var tenantID = regexp.MustCompile(`^[A-Z0-9]{1,64}$`)

// errRecord says no more: what is wrong with a record would show what is in it.
var errRecord = errors.New("record is malformed")

func parseInstall(data []byte) (install, error) {
	var found install
	if err := json.Unmarshal(data, &found); err != nil {
		return install{}, errRecord
	}
	strange := func(id string) bool { return !tenantID.MatchString(id) }
	if (found.Token == "") == (len(found.Workspaces) == 0) || slices.ContainsFunc(found.Workspaces, strange) ||
		found.Enterprise != "" && strange(found.Enterprise) {
		return install{}, errRecord
	}
	return found, nil
}
