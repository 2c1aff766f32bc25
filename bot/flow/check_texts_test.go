package flow_test

import (
	"testing"

	"github.com/shirube/shirube/bot/locale"
)

func spoiltTexts() []spoilt {
	missing := "; write it in every language of locales/"
	orphan := "; remove it, or correct its key"
	return []spoilt{
		{"title", "locales/ja/a.yaml", "title: はじめ, ", "", `flows/a.yaml:5: the step a.hello has no text "a.hello.title"` + missing},
		{"why", "locales/ja/b.yaml", ", why: 終わったため。", "", `flows/b.yaml:24: the step b.end has no text "b.end.why"` + missing},
		{"see on a screen", "locales/ja/b.yaml", "see: 承認済み。, ", "", `flows/b.yaml:10: the step b.wait has no text "b.wait.see"` + missing},
		{"gate", "locales/ja/a.yaml", "    gate: 画面は合っていますか。\n", "", `flows/a.yaml:8: the step a.form has no text "a.form.gate"` + missing},
		{"remind", "locales/ja/b.yaml", ", remind: そろそろです。", "", `flows/b.yaml:10: the step b.wait has no text "b.wait.remind"` + missing},
		{"flow", "locales/ja/a.yaml", ", about: 終えます。", "", `flows/b.yaml:1: the flow b has no text "flows.b.about"` + missing},
		{"error", "locales/ja/b.yaml", ", do: 直します。 }\n", " }\n", `flows/errors.yaml:2: the error bad-name has no text "errors.bad-name.do"` + missing},
		{"variable", "locales/ja/ui.yaml", "  day: { name: 送った日 }\n", "", `flows/book.yaml:5: the variable day has no text "vars.day.name"` + missing},
		{"help", "locales/ja/ui.yaml", ", help: 相談です。", "", `flows/book.yaml:1: the call for a person has no text "notify.help"` + missing},
		{"milestone", "locales/ja/ui.yaml", "late: 遅れています。, ", "",
			`flows/b.yaml:15: b.wait tells the distributor "late", which has no text; write "notify.late" in every language of locales/`},
		{"label", "locales/ja/ui.yaml", "later: あとで, ", "",
			`flows/b.yaml:9: the option "later" of b.id has no label; write "b.id.options.later" in every language of locales/, or take an option that has one`},
		{"label of a gate", "locales/ja/ui.yaml", ", confirm: 進む", "",
			`flows/a.yaml:8: the option "confirm" of a.form has no label; write "a.form.options.confirm" in every language of locales/, or take an option that has one`},
		{"no label for what is typed", "flows/b.yaml", "- { go: b.wait }", "- { when: typed, go: b.wait }\n      - { when: typo, go: b.wait }",
			`flows/b.yaml:9: the option "typo" of b.id has no label; write "b.id.options.typo" in every language of locales/, or take an option that has one`},

		{"orphan step", "locales/ja/a.yaml", "  aside: {", "  beside: {", `: nothing says the text "a.beside.do"` + orphan},
		{"orphan end", "locales/ja/a.yaml", "    why: 進むため。", "    why: 進むため。\n    remind: まだですか。", `: nothing says the text "a.form.remind"` + orphan},
		{"orphan label", "locales/ja/a.yaml", "why: 始めるため。", "why: 始めるため。, options: { later: あとで }",
			`: nothing says the text "a.hello.options.later"` + orphan},
		{"orphan milestone", "locales/ja/ui.yaml", "late: 遅れています。", "late: 遅れています。, early: 早いです。",
			`: nothing says the text "notify.early"; remove it, or correct its key to a milestone, flow or variable that is there`},
		{"days without a wait", "locales/ja/b.yaml", "do: 聞きます。", `do: "{{.latest}}に聞きます。"`,
			`: {{.latest}} has no value in the text "b.late.do"; use it at a step with a wait of business days`},
		{"candidate elsewhere", "locales/ja/b.yaml", "do: 直します。 }\n", "do: \"{{.candidate}}\" }\n",
			`: {{.candidate}} has no value in the text "errors.bad-name.do"; use it in the texts of an error that offers company-names`},
		{"the engine's value", "locales/ja/b.yaml", "do: 聞きます。", `do: "{{.value}}"`,
			`: {{.value}} has no value in the text "b.late.do"; it is for the engine's own texts; use a variable`},
	}
}

func spoiltFacts() []spoilt {
	exact := "; write it there to the letter"
	return []spoilt{
		{"fact twice", "flows/ledger.yaml", "id: F2", "id: F1", "flows/ledger.yaml:3: the entry F1 is there twice; renumber it or the one in line 2"},
		{"fact that is none", "flows/a.yaml", "[F1, F2]", "[F1, F2, F9]", "flows/a.yaml:8: a.form carries F9, which is not in the ledger; correct its number or remove it"},
		{"fact of an error", "flows/errors.yaml", "[F3]", "[F8, F3]", "flows/errors.yaml:2: bad-name carries F8, which is not in the ledger; correct its number or remove it"},
		{"fact not carried", "flows/errors.yaml", "    facts: [F3]\n", "",
			"flows/ledger.yaml:4: nothing carries F3; name it in the facts of a step or an error whose text says it, or give the reason in omit"},
		{"fact omitted and carried", "flows/ledger.yaml", "gloss: the page", "gloss: the page, omit: slip",
			"flows/ledger.yaml:3: F2 is omitted, yet a.form carries it; remove omit, or the fact there"},
		{"label changed", "locales/ja/a.yaml", "「次へ」", "「つぎへ」", `flows/ledger.yaml:2: "次へ" of F1 stands in no text of a.form in ja` + exact},
		{"address changed", "flows/a.yaml", "com/form", "com/forms", `flows/ledger.yaml:3: "https://example.com/form" of F2 stands in no text of a.form in ja` + exact},
		{"message changed", "flows/errors.yaml", "そんな名前は", "こんな名前は", `flows/ledger.yaml:4: "そんな名前はありません" of F3 stands in no text of bad-name in ja` + exact},
	}
}

// located knows where its texts stand.
type located struct{ *locale.Catalog }

func (located) Place(key string) (string, int) { return "locales/ja/" + key, 7 }

func TestOrphanIsPlaced(t *testing.T) {
	t.Parallel()
	files := with(t, "locales/ja/a.yaml", "  aside: {", "  beside: {")
	catalog, err := locale.Load(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range load(t, files).Check(located{catalog}) {
		if p.File == "locales/ja/a.beside.title" && p.Line == 7 {
			return
		}
	}
	t.Error("the orphan is not told where its lexicon places it")
}
