package teams

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
)

// App is what the app package of a bot says.
type App struct {
	ID      string // of the registration, which is the bot's too: a GUID
	URL     string // where the bot is reached: https://…
	Version string // "1.0.0"; Teams takes a changed package only under a new one
	Company string // who runs the bot
	Website string // https://…; the bot's own address when they are empty
	Privacy string
	Terms   string
	Texts   []AppTexts // the first is for all other languages as well
}

// AppTexts are the app's own texts in a language.
type AppTexts struct {
	Lang     string
	Name     string // at most 30 characters
	About    string // at most 80
	Full     string // at most 4000
	Commands []AppCommand
}

// AppCommand is a command word and what it does.
type AppCommand struct {
	Title       string // at most 32 characters
	Description string // at most 128
}

// manifestSchema is the newest schema that every tenant takes.
const manifestSchema = "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json"

var guid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Package is the app package to be uploaded in Teams: a zip of the manifest, its
// translations and the icons. The same app has the same package to the byte.
func (a App) Package() ([]byte, error) {
	at, err := url.Parse(a.URL)
	switch {
	case err != nil || at.Scheme != "https" || at.Hostname() == "":
		return nil, fmt.Errorf("%q is no address Teams can reach; give https://…", a.URL)
	case !guid.MatchString(a.ID):
		return nil, fmt.Errorf("%q is no app id; it looks like 00000000-0000-0000-0000-000000000000", a.ID)
	case len(a.Texts) == 0:
		return nil, errors.New("the app has no name in any language")
	}
	files := []packed{{name: "manifest.json", json: a.manifest(at.Hostname())}}
	for _, t := range a.Texts[1:] {
		files = append(files, packed{name: t.Lang + ".json", json: t.translation()})
	}
	return pack(append(files, packed{name: "color.png", icon: colorIcon()}, packed{name: "outline.png", icon: outlineIcon()}))
}

func (a App) manifest(host string) any {
	first := a.Texts[0]
	languages := []any{}
	for _, t := range a.Texts[1:] {
		languages = append(languages, map[string]any{"languageTag": t.Lang, "file": t.Lang + ".json"})
	}
	page := func(own string) string {
		if own == "" {
			return a.URL
		}
		return own
	}
	return map[string]any{
		"$schema": manifestSchema, "manifestVersion": "1.19", "version": a.Version, "id": a.ID,
		"developer": map[string]any{
			"name": shorten(a.Company, 32), "websiteUrl": page(a.Website), "privacyUrl": page(a.Privacy), "termsOfUseUrl": page(a.Terms),
		},
		"localizationInfo": map[string]any{"defaultLanguageTag": first.Lang, "additionalLanguages": languages},
		"name":             map[string]any{"short": shorten(first.Name, 30), "full": shorten(first.Name, 100)},
		"description":      map[string]any{"short": shorten(first.About, 80), "full": shorten(first.Full, 4000)},
		"icons":            map[string]any{"color": "color.png", "outline": "outline.png"},
		"accentColor":      "#1F4E79",
		"bots": []any{map[string]any{
			"botId": a.ID, "scopes": []string{"personal", "team"}, "supportsFiles": false, "isNotificationOnly": false,
			"commandLists": []any{map[string]any{"scopes": []string{"personal", "team"}, "commands": first.commands()}},
		}},
		"permissions": []string{"identity", "messageTeamMembers"}, "validDomains": []string{host},
		"defaultInstallScope": "personal", "defaultGroupCapability": map[string]any{"team": "bot"},
	}
}

// maxCommands is how many commands Teams lists.
const maxCommands = 10

func (t AppTexts) commands() []any {
	list := []any{}
	for _, c := range t.Commands[:min(len(t.Commands), maxCommands)] {
		list = append(list, map[string]any{"title": shorten(c.Title, 32), "description": shorten(c.Description, 128)})
	}
	return list
}

// translation names the same texts by where they stand in the manifest.
func (t AppTexts) translation() any {
	texts := map[string]any{
		"$schema":    "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json",
		"name.short": shorten(t.Name, 30), "name.full": shorten(t.Name, 100),
		"description.short": shorten(t.About, 80), "description.full": shorten(t.Full, 4000),
	}
	for i, c := range t.Commands[:min(len(t.Commands), maxCommands)] {
		at := fmt.Sprintf("bots[0].commandLists[0].commands[%d].", i)
		texts[at+"title"], texts[at+"description"] = shorten(c.Title, 32), shorten(c.Description, 128)
	}
	return texts
}
