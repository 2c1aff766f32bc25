package slack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	slackapi "github.com/slack-go/slack"
)

// AppNames are the app's own texts in a language, for its manifest.
type AppNames struct {
	Name        string // at most 35 characters
	Description string // at most 140
	Command     string // what /mpn does
	Hint        string // the words after it
}

// Manifest is the app manifest for a bot that is reached at base; with an empty
// base it is one for Socket Mode. Its scopes are those the bot uses.
// https://docs.slack.dev/reference/app-manifest
func Manifest(base string, names AppNames) ([]byte, error) {
	base = strings.TrimSuffix(base, "/")
	if u, err := url.Parse(base); base != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
		return nil, fmt.Errorf("%q is no address Slack can reach; give https://… (or --socket for Socket Mode)", base)
	}
	socket := base == ""
	at := func(path string) string {
		if socket {
			return ""
		}
		return base + path
	}
	m := slackapi.Manifest{
		Metadata: slackapi.ManifestMetadata{MajorVersion: 1, MinorVersion: 1},
		Display:  slackapi.Display{Name: names.Name, Description: names.Description, BackgroundColor: "#1f4e79"},
		Features: slackapi.Features{
			AppHome: slackapi.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true},
			BotUser: slackapi.BotUser{DisplayName: names.Name, AlwaysOnline: true},
			SlashCommands: []slackapi.ManifestSlashCommand{{
				Command: "/mpn", Description: names.Command, UsageHint: names.Hint, Url: at("/slack/commands"),
			}},
		},
		OAuthConfig: slackapi.OAuthConfig{Scopes: slackapi.OAuthScopes{Bot: Scopes()}},
		Settings: slackapi.Settings{
			EventSubscriptions: &slackapi.EventSubscriptions{RequestUrl: at("/slack/events"), BotEvents: Events()},
			Interactivity:      &slackapi.Interactivity{IsEnabled: true, RequestUrl: at("/slack/interactivity")},
			SocketModeEnabled:  socket,
		},
	}
	if !socket {
		m.OAuthConfig.RedirectUrls = []string{base + "/slack/oauth_redirect"}
	}
	return indented(m)
}

// indented is the manifest with the one setting that must be said although it
// is false: without it people may not write to the app.
func indented(m slackapi.Manifest) ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write manifest: %w", err)
	}
	return json.MarshalIndent(json.RawMessage(strings.Replace(string(data), `"messages_tab_enabled":true`,
		`"messages_tab_enabled":true,"messages_tab_read_only_enabled":false`, 1)), "", "  ")
}
