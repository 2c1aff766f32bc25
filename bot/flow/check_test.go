package flow_test

import (
	"os"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/locale"
)

func TestCheckPasses(t *testing.T) {
	t.Parallel()
	if problems := examine(t, sample()); len(problems) > 0 {
		t.Errorf("the sample:\n%v", problems)
	}
	content := os.DirFS("../..")
	book, err := flow.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := locale.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	if problems := book.Check(catalog); len(problems) > 0 {
		t.Errorf("the project's own procedure:\n%v", problems)
	}
}

// spoilt is a folder with one mistake, and the problem that must be told.
type spoilt struct {
	name, file, old, replacement string
	want                         string // file, line, what and do, as they are printed; of a text without the place
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	for _, cases := range [][]spoilt{spoiltWays(), spoiltSteps(), spoiltVars(), spoiltErrors(), spoiltTexts(), spoiltFacts()} {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				problems := examine(t, with(t, c.file, c.old, c.replacement))
				for _, p := range problems {
					if p.String() == c.want || strings.HasPrefix(c.want, ":") && strings.HasSuffix(p.String(), c.want) {
						return
					}
				}
				t.Errorf("want\n%s\ngot\n%v", c.want, problems)
			})
		}
	}
}

func spoiltWays() []spoilt {
	return []spoilt{
		{"unreached", "flows/a.yaml", "{ when: help, go: a.aside }", "{ when: help, go: b.id }",
			"flows/a.yaml:17: no path reaches a.aside; lead an option, a wait or an error to it, or remove it"},
		{"unreached but for an error", "flows/errors.yaml", "    go: b.mend\n", "",
			"flows/b.yaml:21: no path reaches b.mend; lead an option, a wait or an error to it, or remove it"},
		{"no way on", "flows/a.yaml", "    next:\n      - { go: a.form }\n", "",
			"flows/a.yaml:5: a.hello has no way on; add next; the last step of all says end: true"},
		{"end that leads on", "flows/b.yaml", "    end: true", "    end: true\n    next: [{ go: b.id }]",
			"flows/b.yaml:24: the end b.end leads on; keep only end: true and facts and links, or take end: true away"},
		{"no end", "flows/b.yaml", "    end: true", "    facts: []",
			"flows/b.yaml:24: b.end has no way on; add next; the last step of all says end: true"},
		{"two ends", "flows/b.yaml", "  - id: b.late\n    next:\n      - { go: b.end }", "  - id: b.late\n    end: true",
			"flows/b.yaml:23: b.end is a second end; lead it on to b.late"},
		{"circle", "flows/b.yaml", "  - id: b.late\n    next:\n      - { go: b.end }", "  - id: b.late\n    next:\n      - { go: b.late }",
			"flows/b.yaml:18: the first buttons from b.late never reach the end; let each first edge lead towards the end"},
		{"way to nowhere", "flows/a.yaml", "{ when: help, go: a.aside }", "{ when: help }",
			"flows/a.yaml:16: the option \"help\" of a.form leads nowhere; add go with the step it leads to"},
		{"wait without length", "flows/b.yaml", "{ after: 24h, go: b.late, tell: late }", "{ go: b.late }",
			"flows/b.yaml:15: a wait of b.wait has no length; add after, such as 3bd or 24h"},
		{"wait with a wrong length", "flows/b.yaml", "after: 24h", "after: 24",
			"flows/b.yaml:15: \"24\" is no span: write business days as 3bd or hours as 24h; correct the YAML there"},
		{"waits that come round", "flows/b.yaml", "go: b.late, tell: late", "go: b.wait, tell: late",
			"flows/b.yaml:10: the waits from b.wait come round to it at once when their day is over; let one of them lead to a step without since"},
		{"empty entry", "flows/b.yaml", "  - id: b.mend", "  -\n  - id: b.mend",
			"flows/b.yaml:21: an entry of the list is empty; write it or remove the dash"},
		{"flow without a file", "flows/book.yaml", "[a, b]", "[a, b, c]",
			"flows/book.yaml:2: there is no file flows/c.yaml; write it or take the flow off the list"},
	}
}

func spoiltSteps() []spoilt {
	return []spoilt{
		{"id of another flow", "flows/a.yaml", "- id: a.aside", "- id: z.aside",
			`flows/a.yaml:16: a.form goes to "a.aside", which is no step; name a step that is there (z.aside?)`},
		{"step outside of its flow", "flows/a.yaml", "{ when: help, go: a.aside }\n  - id: a.aside", "{ when: help, go: z.aside }\n  - id: z.aside",
			`flows/a.yaml:17: the step "z.aside" is not named after its flow; call it a.<name>, in small letters, digits and _`},
		{"step twice", "flows/b.yaml", "- id: b.mend", "- id: b.late",
			`flows/b.yaml:21: step "b.late" is there twice; rename it or the one in flows/b.yaml:18`},
		{"no version", "flows/b.yaml", "version: 1", "version: 0",
			"flows/b.yaml:2: the flow has no version; add version: 1 and raise it whenever a step is renamed or removed"},
		{"migration of a step that is there", "flows/a.yaml", "a.old:", "a.form:",
			"flows/a.yaml:3: a.form is migrated although it is there; remove the migration or the step"},
		{"migration to nowhere", "flows/a.yaml", "a.older: a.hello", "a.older: a.helo",
			`flows/a.yaml:3: the migration of a.older leads to "a.helo" and to no step; name a step that is there`},
		{"migrations in a circle", "flows/a.yaml", "a.older: a.hello", "a.older: a.old",
			`flows/a.yaml:3: the migration of a.old leads to "a.older" and to no step; name a step that is there`},
		{"an option twice", "flows/a.yaml", "when: help", "when: done",
			`flows/a.yaml:16: a.form has the option "done" twice; give one of them another name in when`},
		{"confirm beside confirm", "flows/a.yaml", "when: hold", "when: confirm",
			`flows/a.yaml:13: a.form has the option "confirm" twice; give one of them another name in when`},
		{"an option of the engine", "flows/a.yaml", "when: help", "when: human",
			`flows/a.yaml:16: the option "human" of a.form is one of the engine's own; give it another name in when`},
		{"an option with a colon", "flows/a.yaml", "when: help", `when: "a:b"`,
			`flows/a.yaml:16: "a:b" is no name for an option of a.form; take small letters, digits and _`},
		{"four options", "flows/a.yaml", "      - { when: help, go: a.aside }", "      - { when: help, go: a.aside }\n      - { when: x, go: b.id }\n      - { when: z, go: b.id }",
			"flows/a.yaml:18: a.form has 4 options under next; keep 3 at most; the fourth button is the engine's"},
		{"link without its scheme", "flows/a.yaml", "https://", "", `flows/a.yaml:8: the link "example.com/form" of a.form does not begin with https://; write the whole address`},
	}
}

func spoiltVars() []spoilt {
	return []spoilt{
		{"ask", "flows/b.yaml", "ask: partner_id", "ask: partnerid",
			`flows/b.yaml:4: ask of b.id names "partnerid", which is no variable; declare it in flows/book.yaml or correct its spelling`},
		{"unless", "flows/b.yaml", "unless: partner_id", "unless: other",
			`flows/b.yaml:4: unless of b.id names "other", which is no variable; declare it in flows/book.yaml or correct its spelling`},
		{"since", "flows/b.yaml", "since: day", "since: partner_id",
			"flows/b.yaml:10: since of b.wait names partner_id, which is no date; name a variable of the kind date"},
		{"set", "flows/a.yaml", `day: "@today"`, `days: "@today"`,
			`flows/a.yaml:15: set of a.form names "days", which is no variable; declare it in flows/book.yaml or correct its spelling`},
		{"computed", "flows/a.yaml", "@today", "@now",
			`flows/a.yaml:15: a.form sets day to "@now", which nothing computes; write @today, @name or the value itself`},
		{"computed of another kind", "flows/a.yaml", "@today", "@name",
			"flows/a.yaml:15: a.form sets day to @name, which is a person; day is a date; set another variable or another value"},
		{"never given", "flows/a.yaml", `set: { day: "@today" }, `, "",
			"flows/book.yaml:5: no step asks for or sets the variable day; ask for it, set it or remove it"},
		{"kind", "flows/book.yaml", "kind: date", "kind: day",
			`flows/book.yaml:5: the variable day is of the kind "day", which is none; take one of [company partner_id date person text corporate_number postal_code address phone email support_email url]`},
		{"example", "flows/book.yaml", `"1234567"`, `"12"`,
			`flows/book.yaml:4: the example "12" of partner_id would not be taken as an answer; give one that a clerk could type`},
		{"name of the engine's", "flows/book.yaml", "day: {", "earliest: {",
			`flows/book.yaml:5: "earliest" cannot be the name of a variable; take small letters, digits and _, and none of [name company_form candidate step earliest latest next field value text passed tried asked]`},
	}
}

func spoiltErrors() []spoilt {
	return []spoilt{
		{"screen", "flows/errors.yaml", "[form]", "[from]",
			`flows/errors.yaml:2: the error bad-name occurs on the screen "from", which no step shows; name the screen of a step`},
		{"twice", "flows/errors.yaml", "    go: b.mend", "    go: b.mend\n  - id: bad-name\n    screens: [wait]",
			`flows/errors.yaml:7: the error "bad-name" is there twice; rename it or the one in line 2`},
		{"name", "flows/errors.yaml", "bad-name", "Bad name", `flows/errors.yaml:2: "Bad name" is no name for an error; take small letters, digits and -`},
		{"empty text", "flows/errors.yaml", "ありません]", "ありません, ' ']", "flows/errors.yaml:2: the error bad-name has an empty text; write the message or remove it"},
		{"link of an error", "flows/errors.yaml", "    go:", "    links: [example.com]\n    go:",
			`flows/errors.yaml:2: the link "example.com" of bad-name does not begin with https://; write the whole address`},
		{"text twice", "flows/errors.yaml", "    go: b.mend", "    go: b.mend\n  - id: bad\n    screens: [form]\n    texts: [そんな名前はありません]",
			`flows/errors.yaml:7: "そんな名前はありません" on the screen form is bad-name and bad; keep it with one of them`},
		{"offer", "flows/errors.yaml", "    go:", "    offer: names\n    go:",
			`flows/errors.yaml:2: the error bad-name offers "names", which nothing computes; write company-names or remove offer`},
		{"nowhere", "flows/errors.yaml", "    go: b.mend", "    go: b.mend\n  - id: bad",
			"flows/errors.yaml:7: nobody can meet the error bad; add the screens where it occurs or the texts that are shown"},
		{"way", "flows/errors.yaml", "go: b.mend", "go: b.mends",
			`flows/errors.yaml:2: bad-name goes to "b.mends", which is no step; name a step that is there (b.mend?)`},
	}
}

func TestCheckTellsAll(t *testing.T) {
	t.Parallel()
	files := with(t, "flows/b.yaml", "version: 1", "version: 0")
	files["locales/ja/b.yaml"] = strings.Replace(files["locales/ja/b.yaml"], "remind:", "reminder:", 1)
	if problems := examine(t, files); len(problems) != 3 {
		t.Errorf("want the version, the missing reminder and the orphan, got\n%v", problems)
	}
}
