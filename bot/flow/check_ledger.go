package flow

import (
	"fmt"
	"slices"
	"strings"
)

// carrier is a step, an error or an answer that carries facts of the ledger.
type carrier struct {
	id, file string
	line     int
	facts    []string
	keys     string   // what the keys of its texts begin with
	fixed    []string // links and messages, the same in every language
}

func (c *checker) carriers() []carrier {
	var all []carrier
	for _, s := range c.Steps() {
		all = append(all, carrier{s.ID, s.flow.file, s.line, s.Facts, s.ID + ".", s.Links})
	}
	for _, e := range c.Errors {
		fixed := append(append([]string{}, e.Links...), e.Texts...)
		all = append(all, carrier{e.ID, errorsFile, e.line, e.Facts, "errors." + e.ID + ".", fixed})
	}
	for _, a := range c.Answers {
		all = append(all, carrier{a.ID, answersFile, a.line, a.Facts, answerKey(a.ID) + ".", nil})
	}
	return all
}

// checkLedger holds that every fact is carried, to the letter where it is a
// label or an address, and that nothing is carried that is no fact.
func (c *checker) checkLedger() {
	entries := map[string]Entry{}
	for _, e := range c.Ledger {
		if first, twice := entries[e.ID]; twice {
			c.add(ledgerFile, e.line, fmt.Sprintf("the entry %s is there twice", e.ID), fmt.Sprintf("renumber it or the one in line %d", first.line))
		}
		entries[e.ID] = e
	}
	by := map[string][]carrier{}
	for _, one := range c.carriers() {
		for _, fact := range one.facts {
			if _, found := entries[fact]; !found {
				c.add(one.file, one.line, fmt.Sprintf("%s carries %s, which is not in the ledger", one.id, fact), "correct its number or remove it")
			}
			by[fact] = append(by[fact], one)
		}
	}
	c.checkEntries(by)
}

func (c *checker) checkEntries(by map[string][]carrier) {
	said := c.said()
	for _, e := range c.Ledger {
		at := func(what, do string) { c.add(ledgerFile, e.line, what, do) }
		carriers := by[e.ID]
		switch {
		case len(carriers) == 0 && e.Omit == "":
			at("nothing carries "+e.ID, "name it in the facts of a step or an error whose text says it, or give the reason in omit")
		case len(carriers) > 0 && e.Omit != "":
			at(fmt.Sprintf("%s is omitted, yet %s carries it", e.ID, carriers[0].id), "remove omit, or the fact there")
		}
		for _, exact := range []string{e.Label, e.URL} {
			for _, lang := range c.lex.Languages() {
				if len(carriers) > 0 && !holds(carriers, said[lang], exact) {
					at(fmt.Sprintf("%q of %s stands in no text of %s in %s", exact, e.ID, names(carriers), lang), "write it there to the letter")
				}
			}
		}
	}
}

// said are all texts in each language, joined by what their keys begin with: a
// step's id or an error's.
func (c *checker) said() map[string]map[string]string {
	said := map[string]map[string]string{}
	for _, lang := range c.lex.Languages() {
		said[lang] = map[string]string{}
		for _, key := range c.lex.Keys() {
			parts := strings.SplitN(key, ".", 3)
			if text, found := c.lex.Text(lang, key); found && len(parts) == 3 {
				said[lang][parts[0]+"."+parts[1]+"."] += text + "\n"
			}
		}
	}
	return said
}

func holds(carriers []carrier, said map[string]string, exact string) bool {
	for _, one := range carriers {
		if strings.Contains(said[one.keys], exact) || slices.Contains(one.fixed, exact) {
			return true
		}
	}
	return false
}

func names(carriers []carrier) string {
	ids := make([]string, len(carriers))
	for i, one := range carriers {
		ids[i] = one.id
	}
	return strings.Join(ids, ", ")
}
