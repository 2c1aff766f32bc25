package locale

import (
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/shirube/shirube/bot"
)

// Say puts a phrase into words. What the catalogue lacks is said in the
// default language, and at the very last by its key: a reader is never left
// with nothing.
func (c *Catalog) Say(lang string, p bot.Phrase) string {
	if p.Key == "" {
		return ""
	}
	for _, in := range [...]string{lang, Default} {
		if text, fixed := c.fixed[in][p.Key]; fixed {
			return text
		}
		if _, there := c.texts[in][p.Key]; !there {
			continue // the library takes its time to find that out
		}
		if text, err := c.execute(in, p); err == nil {
			return text
		}
	}
	return p.Key
}

func (c *Catalog) execute(lang string, p bot.Phrase) (string, error) {
	if text, fixed := c.fixed[lang][p.Key]; fixed {
		return text, nil
	}
	localizer := c.localizers[lang]
	if localizer == nil {
		localizer = c.localizers[Default]
	}
	var data map[string]string
	if len(p.Args) > 0 {
		data = make(map[string]string, len(p.Args))
		for name, arg := range p.Args {
			data[name] = c.value(lang, arg)
		}
	}
	text, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: p.Key, TemplateData: data, TemplateParser: c.parser})
	if err != nil {
		return "", fmt.Errorf("say %q in %s: %w", p.Key, lang, err)
	}
	return text, nil
}

func (c *Catalog) value(lang string, arg bot.Arg) string {
	switch {
	case arg.Key != "":
		return c.Say(lang, bot.Phrase{Key: arg.Key})
	case !arg.Day.IsZero():
		return day(lang, arg.Day)
	}
	return arg.Text
}

// Message puts a reply into words for the reader of an effect.
func (c *Catalog) Message(e bot.Effect) bot.Message {
	r := e.Say
	m := bot.Message{
		ID: e.ID, To: e.To, Lang: e.Lang, Step: r.Step, Progress: r.Progress, Due: e.Due,
		Chapter: c.Say(e.Lang, r.Chapter), Title: c.Say(e.Lang, r.Title),
	}
	for _, p := range r.Parts {
		m.Parts = append(m.Parts, bot.MessagePart{Kind: p.Kind, Text: c.headed(e.Lang, p)})
	}
	for _, f := range r.Fields {
		m.Fields = append(m.Fields, bot.MessageField{Name: c.Say(e.Lang, f.Name), Value: c.Say(e.Lang, f.Value), Copy: f.Copy})
	}
	for _, l := range r.Links {
		m.Links = append(m.Links, l.URL)
	}
	if r.Ask != nil {
		m.Ask = &bot.Question{ID: r.Ask.ID, Field: r.Ask.Field, Kind: r.Ask.Kind, Name: c.Say(e.Lang, r.Ask.Name), Example: r.Ask.Example}
	}
	for _, o := range r.Options {
		m.Buttons = append(m.Buttons, bot.Button{ID: o.ID, Label: c.Say(e.Lang, o.Label), Style: o.Style})
	}
	return m
}

// headed is a part under its heading: what will be seen, what not to do.
func (c *Catalog) headed(lang string, p bot.Part) string {
	text := c.Say(lang, p.Phrase)
	head := bot.Phrase{Key: "ui.head." + string(p.Kind)}
	if p.Kind != bot.See && p.Kind != bot.Avoid {
		return text
	}
	return c.Say(lang, head) + "\n" + text
}
