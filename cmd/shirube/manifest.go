package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/locale"
	"github.com/shirube/shirube/bot/slack"
)

type manifestCmd struct {
	Slack manifestSlackCmd `cmd:"" help:"The app manifest for Slack."`
	Teams manifestTeamsCmd `cmd:"" help:"The app package for Teams, a zip."`
}

type manifestSlackCmd struct {
	URL    string `help:"Where Slack reaches the bot (https://…)." placeholder:"https://…"`
	Socket bool   `help:"For Socket Mode, without an address."`
	Out    string `help:"Write to this file in place of standard output." placeholder:"FILE"`
	Locale string `help:"The language of the names: ja or en." default:"ja" enum:"ja,en"`
}

// Run prints the manifest.
func (c manifestSlackCmd) Run(e world) error {
	if (c.URL == "") != c.Socket {
		return errors.New("give either --url https://… or --socket")
	}
	files, err := content(e)
	if err != nil {
		return err
	}
	catalog, err := locale.Load(files)
	if err != nil {
		return err
	}
	say := func(name string) string { return catalog.Say(c.Locale, bot.Phrase{Key: "ui.slack." + name}) }
	data, err := slack.Manifest(c.URL, slack.AppNames{Name: say("app"), Description: say("about"), Command: say("command"), Hint: say("hint")})
	if err != nil {
		return err
	}
	if c.Out != "" {
		return os.WriteFile(c.Out, append(data, '\n'), 0o644)
	}
	_, err = fmt.Fprintf(e.Out, "%s\n", data)
	return err
}
