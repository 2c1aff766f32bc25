package locale

import (
	"slices"
	"sort"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"

	"github.com/shirube/shirube/bot"
)

// Catalog is every text in every language. It is read-only after Load.
type Catalog struct {
	langs      []string // the default first
	texts      map[string]map[string]entry
	keys       []string
	args       map[string][]string
	localizers map[string]*i18n.Localizer
	parser     template.Parser
	fixed      map[string]map[string]string // texts that need no values, in words
}

// entry is a text as it stands in its file.
type entry struct {
	text string
	file string
	line int
}

// Default is the language of the people the guide is made for; a text that
// another language lacks is said in it.
const Default = "ja"

func newCatalog(texts map[string]map[string]entry) *Catalog {
	c := &Catalog{
		texts: texts, args: map[string][]string{}, localizers: map[string]*i18n.Localizer{}, fixed: map[string]map[string]string{},
		parser: &template.TextParser{Option: "missingkey=error"},
	}
	for lang := range texts {
		c.langs = append(c.langs, lang)
	}
	sort.Slice(c.langs, func(i, j int) bool {
		return c.langs[i] == Default || c.langs[j] != Default && c.langs[i] < c.langs[j]
	})
	for _, lang := range c.langs {
		c.list(lang)
	}
	sort.Strings(c.keys)
	c.keys = slices.Compact(c.keys)
	c.localize()
	for _, lang := range c.langs {
		c.fix(lang)
	}
	c.localize() // what is in words already takes some megabytes there
	return c
}

// localize hands go-i18n the texts that are not in words yet.
func (c *Catalog) localize() {
	bundle := i18n.NewBundle(language.Make(Default))
	for _, lang := range c.langs {
		for key, e := range c.texts[lang] {
			if _, fixed := c.fixed[lang][key]; fixed {
				continue
			}
			// The only error is a bundle without rules for the language, and then
			// the text is still found: no plural forms are used.
			_ = bundle.AddMessages(language.Make(lang), &i18n.Message{ID: key, Other: e.text})
		}
		c.localizers[lang] = i18n.NewLocalizer(bundle, lang)
	}
}

// fix puts the texts of a language that need no values into words once; that is
// most of what is ever said.
func (c *Catalog) fix(lang string) {
	c.fixed[lang] = map[string]string{}
	for key := range c.texts[lang] {
		if text, err := c.execute(lang, bot.Phrase{Key: key}); err == nil && len(c.args[key]) == 0 {
			c.fixed[lang][key] = text
		}
	}
}

// list notes the keys of a language and the values its texts need.
func (c *Catalog) list(lang string) {
	for key, e := range c.texts[lang] {
		c.keys = append(c.keys, key)
		for _, name := range fields(e.text) {
			if !slices.Contains(c.args[key], name) {
				c.args[key] = append(c.args[key], name)
			}
		}
	}
}

// Languages are the catalogue's languages, the default first.
func (c *Catalog) Languages() []string { return c.langs }

// Keys are the keys of all texts of all languages, sorted.
func (c *Catalog) Keys() []string { return c.keys }

// Args are the names of the values that a text needs in any language.
func (c *Catalog) Args(key string) []string { return c.args[key] }

// Text is a text as it stands in the catalogue, its template not executed.
func (c *Catalog) Text(lang, key string) (string, bool) {
	e, found := c.texts[lang][key]
	return e.text, found
}
