package locale_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/locale"
)

// folder is a content folder with these catalogues.
func folder(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m["locales/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func load(t *testing.T, files map[string]string) *locale.Catalog {
	t.Helper()
	c, err := locale.Load(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSay(t *testing.T) {
	t.Parallel()
	c := load(t, map[string]string{
		"ja/a.yaml": "a:\n  hello: こんにちは、{{.name}}さん\n  day: \"{{.when}} まで\"\n  only: 日本語だけ\n  inner: 中身\n  outer: 「{{.name}}」\n",
		"en/a.yaml": "a:\n  hello: Hello {{.name}}\n  day: Until {{.when}}\n  inner: inside\n  outer: \"({{.name}})\"\n",
	})
	day := time.Date(2026, 12, 3, 23, 59, 0, 0, time.FixedZone("JST", 9*3600))
	name := map[string]bot.Arg{"name": {Text: "{{.x}} <b>"}}
	for _, tt := range []struct {
		lang string
		p    bot.Phrase
		want string
	}{
		{"ja", bot.Phrase{Key: "a.hello", Args: name}, "こんにちは、{{.x}} <b>さん"},
		{"en", bot.Phrase{Key: "a.hello", Args: name}, "Hello {{.x}} <b>"},
		{"ja", bot.Phrase{Key: "a.day", Args: map[string]bot.Arg{"when": {Day: day}}}, "12月3日(木) まで"},
		{"en", bot.Phrase{Key: "a.day", Args: map[string]bot.Arg{"when": {Day: day}}}, "Until Thu, Dec 3"},
		{"en", bot.Phrase{Key: "a.outer", Args: map[string]bot.Arg{"name": {Key: "a.inner"}}}, "(inside)"},
		{"en", bot.Phrase{Key: "a.only"}, "日本語だけ"},
		{"de", bot.Phrase{Key: "a.inner"}, "中身"},
		{"", bot.Phrase{Key: "a.inner"}, "中身"},
		{"en", bot.Phrase{Key: "a.nothing"}, "a.nothing"},
		{"en", bot.Phrase{Key: "a.hello"}, "a.hello"}, // a missing value is never shown as <no value>
		{"en", bot.Phrase{}, ""},
	} {
		if got := c.Say(tt.lang, tt.p); got != tt.want {
			t.Errorf("Say(%s, %s) = %q, want %q", tt.lang, tt.p.Key, got, tt.want)
		}
	}
}

func TestLoadNamesTheFault(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"broken YAML":     {map[string]string{"ja/a.yaml": "a:\n  b: c: d\n"}, []string{"locales/ja/a.yaml:2:", "quotes"}},
		"a list":          {map[string]string{"ja/a.yaml": "a:\n  b:\n    - c\n"}, []string{"locales/ja/a.yaml:3:", `"a.b" is a list`}},
		"an empty text":   {map[string]string{"ja/a.yaml": "a:\n  b: ''\n"}, []string{"locales/ja/a.yaml:2:", "is empty"}},
		"a text twice":    {map[string]string{"ja/a.yaml": "a.b: x\n", "ja/b.yaml": "\na:\n  b: y\n"}, []string{"locales/ja/b.yaml:3:", "twice", "locales/ja/a.yaml:1"}},
		"broken template": {map[string]string{"ja/a.yaml": "a:\n  b: \"{{.x\"\n"}, []string{"locales/ja/a.yaml:2:", "template"}},
		"no default":      {map[string]string{"en/a.yaml": "a: b\n"}, []string{"locales:", "no folder ja"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := locale.Load(folder(tt.files))
			if err == nil {
				t.Fatal("Load took it")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	c := load(t, map[string]string{
		"ja/a.yaml": "both: あ\nja: い\nunknown: \"{{.nobody}}\"\n",
		"en/a.yaml": "both: a\nen: b\nunknown: x\n",
	})
	problems := c.Check([]string{"name"})
	for _, want := range []string{
		`locales/ja/a.yaml:2: the text "ja" is missing in en`,
		`locales/en/a.yaml:2: the text "en" is missing in ja`,
		`locales/ja/a.yaml:3: the text "unknown" uses {{.nobody}}`,
	} {
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("problems do not say %q:\n%v", want, problems)
		}
	}
	if len(problems) != 3 {
		t.Errorf("%d problems, want 3:\n%v", len(problems), problems)
	}
}

// effect is a reply of usual size.
func effect() bot.Effect {
	args := map[string]bot.Arg{"partner_id": {Text: "1234567"}}
	return bot.Effect{Lang: "ja", Say: &bot.Reply{
		Step: "csp.associate", Chapter: bot.Phrase{Key: "flows.csp.name"}, Title: bot.Phrase{Key: "csp.associate.title"},
		Parts: []bot.Part{
			{Kind: bot.Do, Phrase: bot.Phrase{Key: "csp.associate.do", Args: args}},
			{Kind: bot.See, Phrase: bot.Phrase{Key: "csp.associate.see"}},
		},
		Options: []bot.Option{
			{ID: "a", Label: bot.Phrase{Key: "options.done"}}, {ID: "b", Label: bot.Phrase{Key: "options.error"}},
			{ID: "c", Label: bot.Phrase{Key: "options.missing"}}, {ID: "d", Label: bot.Phrase{Key: "options.human"}},
		},
	}}
}

func TestMessage(t *testing.T) {
	t.Parallel()
	c, err := locale.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	m := c.Message(effect())
	if m.Title == "" || len(m.Buttons) != 4 || !strings.Contains(m.Text(), "1234567") || !strings.Contains(m.Text(), "次に見える画面") {
		t.Errorf("message lacks something: %+v", m)
	}
	if strings.Contains(m.Text(), "csp.") || strings.Contains(m.Text(), "{{") {
		t.Errorf("a key or a template shows: %s", m.Text())
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("a:\n  b: c\n"))
	f.Add([]byte("a: &x [*x]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := locale.Load(folder(map[string]string{"ja/a.yaml": string(data)}))
		if err != nil {
			return
		}
		for _, key := range c.Keys() {
			c.Say("ja", bot.Phrase{Key: key})
		}
	})
}

func BenchmarkMessage(b *testing.B) {
	c, err := locale.Load(os.DirFS("../.."))
	if err != nil {
		b.Fatal(err)
	}
	e := effect()
	b.ReportAllocs()
	for b.Loop() {
		c.Message(e)
	}
}

func TestOnlyPlainValues(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"{{.}}", "{{len .name}}", `{{printf "%d" .name}}`, "{{ .name }}"} {
		_, err := locale.Load(folder(map[string]string{"ja/a.yaml": "a: '" + text + "'\n"}))
		if err == nil || !strings.Contains(err.Error(), "locales/ja/a.yaml:1") {
			t.Errorf("Load took %q: %v", text, err)
		}
	}
}
