package main

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/shirube/shirube/bot"
)

// tenantID is how a tenant is written: a name in its place would match nobody.
var tenantID = regexp.MustCompile(`^[0-9A-Za-z-]+$`)

// teams tells whether Teams is on by what is set.
func (s settings) teams() bool {
	return s.TeamsAppID != "" || s.TeamsAppPassword != "" || s.TeamsTenantID != "" || len(s.TeamsAllowedTenants) > 0
}

func (s settings) checkTeams() error {
	for name, value := range map[string]string{"TEAMS_OPENID_URL": s.TeamsOpenIDURL, "TEAMS_LOGIN_URL": s.TeamsLoginURL} {
		if !confidential(value) {
			return fmt.Errorf("settings: %s must be a URL that begins with https:// (http:// on this machine only)", name)
		}
	}
	if !s.teams() {
		return nil
	}
	for _, each := range [][3]string{
		{"TEAMS_APP_ID", s.TeamsAppID, "requests are checked against it"},
		{"TEAMS_APP_PASSWORD", s.TeamsAppPassword, "without it nothing can be said"},
		{"TEAMS_TENANT_ID", s.TeamsTenantID, "the bot gets its token from this tenant"},
	} {
		if each[1] == "" {
			return fmt.Errorf("settings: %s is missing; %s", each[0], each[2])
		}
	}
	if !tenantID.MatchString(s.TeamsTenantID) {
		return fmt.Errorf("settings: TEAMS_TENANT_ID must be the directory (tenant) ID, as 00000000-0000-0000-0000-000000000000")
	}
	for _, tenant := range s.TeamsAllowedTenants {
		if tenant != "*" && !tenantID.MatchString(tenant) {
			return fmt.Errorf("settings: TEAMS_ALLOWED_TENANTS %q is no tenant ID; write IDs with commas between, or *", tenant)
		}
	}
	for _, host := range s.TeamsServiceHosts {
		if host == "" || host == "*" || strings.ContainsAny(host, "/@ ") {
			return fmt.Errorf("settings: TEAMS_SERVICE_HOSTS %q is no host; write host names with commas between, without https://", host)
		}
	}
	return nil
}

// confidential tells whether what is sent to a URL can be read on the way.
func confidential(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && here
}

// desk is one of the distributor's channels.
func (s settings) desk(text string) (bot.Address, error) {
	platform, place, found := strings.Cut(strings.TrimSpace(text), ":")
	tenant, channel, both := strings.Cut(place, "/")
	if !both {
		tenant, channel = "", place
	}
	bad := func(why string) (bot.Address, error) {
		return bot.Address{}, fmt.Errorf("settings: DISTRIBUTOR %q %s", text, why)
	}
	switch {
	case !found || channel == "" || platform != "slack" && platform != "teams":
		return bad("is no place; write slack:T0123/C0123 or teams:TENANT/19:…@thread.tacv2")
	case platform == "slack" && tenant == "" && s.several():
		return bad("needs the workspace with several of them; write slack:T0123/" + channel)
	case platform == "slack" && strings.ContainsAny(tenant+channel, "/#@ "):
		return bad("is no channel of Slack; write its id, as in slack:C0123 or slack:T0123/C0123")
	case platform == "teams" && (!tenantID.MatchString(tenant) || strings.ContainsAny(channel, ";/?#")):
		return bad("is no channel of Teams; write teams:TENANT/19:…@thread.tacv2")
	case platform == "slack" && s.slack() == slackOff, platform == "teams" && !s.teams():
		return bad("names a platform that is off")
	case platform == "teams":
		tenant = strings.ToLower(tenant)
	}
	return bot.Address{Platform: platform, Tenant: tenant, Channel: channel}, nil
}
