package locale

import (
	"fmt"
	"slices"

	"github.com/shirube/shirube/bot"
)

// Check tells which texts a language lacks, which use values that are not
// known, and which are not plain values in a template. Every text is executed
// once in every language.
func (c *Catalog) Check(known []string) bot.Problems {
	var problems bot.Problems
	for _, key := range c.keys {
		for _, lang := range c.langs {
			if _, found := c.texts[lang][key]; !found {
				file, line := c.Place(key)
				problems = append(problems, bot.Problem{File: file, Line: line,
					What: fmt.Sprintf("the text %q is missing in %s", key, lang), Do: "add it to locales/" + lang})
			} else if p := c.try(lang, key, known); p != nil {
				problems = append(problems, *p)
			}
		}
	}
	return problems
}

// Place is where a text stands, in the default language if it is there.
func (c *Catalog) Place(key string) (file string, line int) {
	for _, lang := range c.langs {
		if e, found := c.texts[lang][key]; found {
			return e.file, e.line
		}
	}
	return "", 0
}

func (c *Catalog) try(lang, key string, known []string) *bot.Problem {
	e := c.texts[lang][key]
	sample := map[string]bot.Arg{}
	for _, name := range fields(e.text) {
		if !slices.Contains(known, name) {
			return &bot.Problem{File: e.file, Line: e.line,
				What: fmt.Sprintf("the text %q uses {{.%s}}, which is no value", key, name), Do: fmt.Sprintf("use one of %v", known)}
		}
		sample[name] = bot.Arg{Text: name}
	}
	if _, err := c.execute(lang, bot.Phrase{Key: key, Args: sample}); err != nil {
		return &bot.Problem{File: e.file, Line: e.line,
			What: fmt.Sprintf("the text %q cannot be said", key), Do: "write values as {{.name}} and nothing else in braces"}
	}
	return nil
}
