package flow_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/locale"
)

// sample is a content folder without a mistake that has one of everything.
func sample() map[string]string {
	return map[string]string{
		"flows/book.yaml": `start: a.hello
flows: [a, b]
vars:
  partner_id: { kind: partner_id, example: "1234567" }
  day: { kind: date }
`,
		"flows/a.yaml": `flow: a
version: 2
migrate: { a.old: a.older, a.older: a.hello }
steps:
  - id: a.hello
    next:
      - { go: a.form }
  - id: a.form
    screen: form
    facts: [F1, F2]
    links: ["https://example.com/form"]
    gate:
      - { when: hold, go: a.hello }
    next:
      - { go: b.id, set: { day: "@today" }, tell: sent }
      - { when: help, go: a.aside }
  - id: a.aside
    next:
      - { go: b.id }
`,
		"flows/b.yaml": `flow: b
version: 1
steps:
  - id: b.id
    unless: partner_id
    ask: partner_id
    next:
      - { go: b.wait }
      - { when: later, go: b.wait }
  - id: b.wait
    screen: wait
    since: day
    wait:
      - { after: 3bd }
      - { after: 24h, go: b.late, tell: late }
    next:
      - { go: b.end }
  - id: b.late
    next:
      - { go: b.end }
  - id: b.mend
    next:
      - { go: b.end }
  - id: b.end
    end: true
`,
		"flows/errors.yaml": `errors:
  - id: bad-name
    screens: [form]
    facts: [F3]
    texts: [そんな名前はありません]
    go: b.mend
`,
		"flows/ledger.yaml": `entries:
  - { id: F1, kind: screen_label, label: 次へ, gloss: the button }
  - { id: F2, kind: url, url: "https://example.com/form", gloss: the page }
  - { id: F3, kind: known_error, label: そんな名前はありません, gloss: the error }
  - { id: F4, kind: fact, gloss: the heading, omit: heading }
`,
		"locales/ja/a.yaml": `a:
  hello: { title: はじめ, do: 始めます。, why: 始めるため。 }
  form:
    title: 申し込みの画面
    do: 「次へ」を押します。
    see: 次の画面。
    why: 進むため。
    gate: 画面は合っていますか。
  aside: { title: 寄り道, do: 戻ります。, why: 迷ったとき。 }
flows:
  a: { name: ① はじめ, about: 始めます。 }
  b: { name: ② おわり, about: 終えます。 }
`,
		"locales/ja/b.yaml": `b:
  id: { title: 番号, do: 番号を入れます。, why: 要るため。 }
  wait: { title: 待つ, do: "{{.earliest}}まで待ちます。", see: 承認済み。, why: 審査のため。, remind: そろそろです。 }
  late: { title: 遅いとき, do: 聞きます。, why: 遅いため。 }
  mend: { title: 直す, do: 直します。, why: 直すため。 }
  end: { title: おわり, do: 終わりました。, why: 終わったため。 }
errors:
  bad-name: { name: 名前のエラー, do: 直します。 }
`,
		"locales/ja/ui.yaml": `notify: { sent: "{{.name}}が送りました。", late: 遅れています。, help: 相談です。, drift: 変わりました。 }
options: { done: できました, hold: まだです, later: あとで, help: 助けて, confirm: 進む }
vars:
  partner_id: { name: パートナー ID }
  day: { name: 送った日 }
`,
	}
}

// with is the sample with one passage of a file replaced.
func with(t testing.TB, file, old, replacement string) map[string]string {
	t.Helper()
	files := sample()
	spoilt := strings.Replace(files[file], old, replacement, 1)
	if spoilt == files[file] {
		t.Fatalf("%q is not in %s", old, file)
	}
	files[file] = spoilt
	return files
}

func folder(files map[string]string) fs.FS {
	content := fstest.MapFS{}
	for name, text := range files {
		content[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return content
}

// examine loads and checks a folder and returns all that is wrong with it.
func examine(t testing.TB, files map[string]string) flow.Problems {
	t.Helper()
	book, err := flow.Load(folder(files))
	var problems flow.Problems
	if errors.As(err, &problems) {
		return problems
	}
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := locale.Load(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	return book.Check(catalog)
}

func load(t testing.TB, files map[string]string) *flow.Book {
	t.Helper()
	book, err := flow.Load(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// title says a key in Japanese.
func title(t testing.TB, files map[string]string) func(key string) string {
	t.Helper()
	catalog, err := locale.Load(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	return func(key string) string { return catalog.Say("ja", bot.Phrase{Key: key}) }
}
