package main

import (
	"net/http"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/teams"
)

// teams wires the platform Teams.
func (srv *server) teams(g *guide, handler bot.Handler, now func() time.Time) *teams.Platform {
	s := srv.settings
	platform := teams.New(teams.Config{
		Handler: handler, Threads: srv.store, References: srv.store, Render: srv.drift.Message,
		Words: func(lang, key string) string { return g.catalog.Say(lang, bot.Phrase{Key: key}) },
		AppID: s.TeamsAppID, Password: s.TeamsAppPassword, Tenant: s.TeamsTenantID, Tenants: s.TeamsAllowedTenants,
		Hosts: s.TeamsServiceHosts, OpenIDURL: s.TeamsOpenIDURL, LoginURL: s.TeamsLoginURL,
		Patience: teams.Patience, HTTP: &http.Client{Timeout: sendTimeout}, Now: now, Log: srv.log,
	})
	platform.Routes(srv.mux)
	return platform
}
