package main

import (
	"cmp"
	"errors"
	"os"
	"strings"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/locale"
	"github.com/shirube/shirube/bot/teams"
)

type manifestTeamsCmd struct {
	URL        string `help:"Where Teams reaches the bot (https://…)." required:"" placeholder:"https://…"`
	AppID      string `name:"app-id" help:"The id of the app registration; TEAMS_APP_ID when it is left out." placeholder:"ID"`
	Out        string `help:"Write to this file in place of standard output." placeholder:"FILE"`
	Locale     string `help:"The language of the texts where there is none of the reader's." default:"ja" enum:"ja,en"`
	AppVersion string `help:"The version of the package; Teams takes a changed one only under a new version." default:"1.0.0"`
	Company    string `help:"Who runs the bot." default:"Shirube"`
	Website    string `help:"The page about the bot; the bot's address when it is left out." placeholder:"https://…"`
	Privacy    string `help:"The page about privacy." placeholder:"https://…"`
	Terms      string `help:"The page with the terms of use." placeholder:"https://…"`
}

// Run writes the zip.
func (c manifestTeamsCmd) Run(e world) error {
	id := cmp.Or(c.AppID, e.Vars["TEAMS_APP_ID"])
	if id == "" {
		return errors.New("the app's id is not known; set TEAMS_APP_ID or give --app-id")
	}
	files, err := content(e)
	if err != nil {
		return err
	}
	catalog, err := locale.Load(files)
	if err != nil {
		return err
	}
	app := teams.App{
		ID: id, URL: c.URL, Version: c.AppVersion, Company: c.Company, Website: c.Website, Privacy: c.Privacy, Terms: c.Terms,
		Texts: []teams.AppTexts{appTexts(catalog, c.Locale)},
	}
	for _, lang := range catalog.Languages() {
		if lang != c.Locale {
			app.Texts = append(app.Texts, appTexts(catalog, lang))
		}
	}
	data, err := app.Package()
	if err != nil {
		return err
	}
	if c.Out != "" {
		return os.WriteFile(c.Out, data, 0o644)
	}
	_, err = e.Out.Write(data)
	return err
}

// appTexts are the app's texts in a language. A command is called by the first
// of the words that the guide knows for it.
func appTexts(catalog *locale.Catalog, lang string) teams.AppTexts {
	say := func(key string) string { return catalog.Say(lang, bot.Phrase{Key: key}) }
	t := teams.AppTexts{Lang: lang, Name: say("ui.teams.app"), About: say("ui.teams.about"), Full: say("ui.teams.full")}
	for _, name := range []string{"status", "start", "back", "help", "human", "restart", "forget", "lang"} {
		word, _, _ := strings.Cut(say("words."+name), "|")
		t.Commands = append(t.Commands, teams.AppCommand{Title: word, Description: say("ui.teams.command." + name)})
	}
	return t
}
