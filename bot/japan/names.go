package japan

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Names are the spellings to try when Microsoft's form says that the company's
// name exists already, the one that deviates least from the registered name
// first. An abbreviated input is spelled out first of all. The input itself is
// never among them, in whatever width it is written; nor is one spelling
// twice. There are none for a text that [Company] refuses, for a legal form
// alone and for a single Latin word without one.
func Names(company string) []string {
	text, reason := Company(company)
	if reason != "" {
		return nil
	}
	c := spellings{seen: map[string]bool{norm.NFKC.String(text): true}}
	if n, ok := parse(text); ok {
		n.spell(&c)
		return c.list
	}
	if name, ends := englishForm(text); ends != nil {
		for _, end := range ends {
			c.add(name + end)
		}
		c.addAll(split(name), "", text[len(name):])
		return c.list
	}
	c.spaces(text)
	return c.list
}

// spellings are distinct names in order.
type spellings struct {
	list []string
	seen map[string]bool // by NFKC, so that width makes no difference
}

func (c *spellings) add(name string) {
	key := norm.NFKC.String(name)
	if !c.seen[key] {
		c.seen[key] = true
		c.list = append(c.list, name)
	}
}

func (c *spellings) addAll(names []string, before, after string) {
	for _, n := range names {
		c.add(before + n + after)
	}
}

// spaces is for a name without a legal form: there only the spaces may vary.
func (c *spellings) spaces(text string) {
	if i := strings.LastIndex(text, " "); i >= 0 {
		c.add(text[:i] + text[i+1:])
		return
	}
	c.addAll(split(text), "", "")
	if len(c.list) == 0 {
		c.addAll(halve(text), "", "")
	}
}

// spell adds the spellings of a name with a legal form. A form alone is no
// name.
func (n formed) spell(c *spellings) {
	if n.head+n.tail == "" {
		return
	}
	if n.abbreviated {
		c.add(n.with(n.form.full, ""))
	}
	c.add(n.with(n.form.full, " "))
	if n.form.usual {
		n.shorten(c)
	}
	if !n.spaced && !n.abbreviated {
		n.splitInside(c)
	}
	c.add(n.with(n.form.full, ""))
	if !n.form.usual {
		n.shorten(c)
	}
}

func (n formed) shorten(c *spellings) {
	if n.form.short != "" {
		short := "（" + n.form.short + "）"
		c.add(n.with(short, ""))
		c.add(n.with(short, " "))
	}
}

// splitInside adds a space within the name, which must not have one yet.
func (n formed) splitInside(c *spellings) {
	if strings.Contains(n.head+n.tail, " ") {
		return
	}
	if n.head == "" {
		c.addAll(split(n.tail), n.form.full, "")
		return
	}
	c.addAll(split(n.head), "", n.form.full+n.tail)
}
