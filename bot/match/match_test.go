package match_test

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/shirube/shirube/bot/match"
)

// own is a matcher of the project's own data.
func own(t testing.TB) *match.Matcher {
	t.Helper()
	d, err := match.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	return match.New(d, nil)
}

func TestFindDisguised(t *testing.T) {
	t.Parallel()
	m := own(t)
	for name, c := range map[string]struct{ text, want string }{
		"to the letter":     {"この名前は既にシステムに存在します", "name-exists"},
		"half-width kana":   {"ｺﾉ名前ﾊ既ﾆｼｽﾃﾑﾆ存在ｼﾏｽ", "name-exists"},
		"full-width":        {"Ｓｏｍｅｔｈｉｎｇ　ｗｅｎｔ　ｗｒｏｎｇ", "something-wrong"},
		"scanned":           {"この名前は即にツステムに存在レます", "name-exists"},
		"broken lines":      {"この名前は既に\nシステムに\n存在します", "name-exists"},
		"quoted":            {"> 結果が見つかりませんでした\nこれでいいですか", "no-results-expected"},
		"emoji":             {"リセラータブがない😭😭", "reseller-tab-missing"},
		"Slack's markup":    {"*info@* のアドレスが使えません <mailto:info@example.com|info@example.com> :cry:", "forbidden-username-email"},
		"Teams' markup":     {"<at>しるべ</at> <b>同意して続行する</b>が押せません&nbsp;", "agree-button-grey"},
		"Latin letters":     {"kono namae wa sude ni shisutemu ni sonzai shimasu", "name-exists"},
		"English":           {"My partner ID is not in the list", "partner-id-not-listed"},
		"polite":            {"お世話になっております。審査の状況につきまして、どちらで確認できますでしょうか。", "review-status-where"},
		"casual":            {"クレカって要る？", "credit-card-not-needed"},
		"in few words":      {"審査 期間", "review-duration"},
		"a label":           {"プログラムに参加して、新しい機会を利用しましょう", "maicpp.program"},
		"where one is":      {"「顧客サポート情報」の画面にいます", "csp.support"},
		"settled":           {"この名前は既にシステムに存在します、と出ましたが解決しました", "none"},
		"denied":            {"クレジットカードの画面は出ていません", "none"},
		"feared":            {"リセラータブがないかと心配しましたが取り越し苦労でした", "none"},
		"left out":          {"infoのアドレスは最初から候補に入れていない", "none"},
		"of another system": {"AADSTS50011: The reply URL does not match", "none"},
		"of another review": {"ビザの審査が拒否されました", "none"},
		"small talk":        {"ありがとうございます", "none"},
		"nothing":           {"", "none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if r := m.Find(c.text, ""); r.Match.ID != c.want {
				t.Errorf("%q is %+v, want %s", c.text, r, c.want)
			}
		})
	}
}

func TestFindHere(t *testing.T) {
	t.Parallel()
	m := own(t)
	for _, c := range []struct{ text, screen, want string }{
		{"検索しても出てきません", "csp.partnerid", "partner-id-not-listed"},
		{"検索しても出てきません", "maicpp.search", "no-results-expected"},
		{"いつ終わりますか", "review.wait", "review-duration"},
		{"いつ終わりますか", "account.card", "none"},
		{"どこを押せばいいですか", "mpa.accept", "mpa-how"},
		{"どこを押せばいいですか", "", "none"},
	} {
		if r := m.Find(c.text, c.screen); r.Match.ID != c.want {
			t.Errorf("%q at %q is %+v, want %s", c.text, c.screen, r, c.want)
		}
	}
}

func TestFindTwo(t *testing.T) {
	t.Parallel()
	r := own(t).Find("問題が発生しました。もう一度お試しくださいと出ます。それと gmail のアドレスが使えないと言われました", "")
	if r.Match.ID != "something-wrong" || len(r.Also) != 1 || r.Also[0].ID != "personal-email-rejected" {
		t.Errorf("got %+v", r)
	}
}

func TestScreenIsPrior(t *testing.T) {
	t.Parallel()
	d, err := match.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	m := match.New(d, map[string][]string{"partner-id-not-listed": {"csp.partnerid"}})
	far, near := m.Find("パートナーIDが一覧にない", "account.card"), m.Find("パートナーIDが一覧にない", "csp.partnerid")
	if far.Match.ID != near.Match.ID || far.Match.Score >= near.Match.Score && near.Match.Score < 1 {
		t.Errorf("far from its screen %+v, at it %+v", far, near)
	}
	for screen, want := range map[string]string{"maicpp.program": "maicpp.program", "csp.program": "csp.program"} {
		if r := m.Find("プログラムに参加して、新しい機会を利用しましょう", screen); r.Match.ID != want {
			t.Errorf("a label of two screens at %s is %s", screen, r.Match.ID)
		}
	}
}

// small is data of two entries that can be told apart.
func small() map[string]string {
	return map[string]string{
		"concepts.yaml": "concepts:\n  lamp: [らんぷ, lamp]\n  door: [とびら, door]\n  broken: [こわれ, broken]\n",
		"errors.yaml": `entries:
  - id: dark
    when: [lamp broken]
    examples:
      ja: [らんぷがこわれた]
      en: [the lamp is broken]
  - id: shut
    when: [door broken]
    examples:
      ja: [とびらがこわれた]
      en: [the door is broken]
`,
	}
}

func problemsOf(t *testing.T, files map[string]string) string {
	t.Helper()
	content := fstest.MapFS{}
	for name, text := range files {
		content["flows/match/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	d, err := match.Load(content)
	if err != nil {
		return err.Error()
	}
	return match.New(d, nil).Check(match.Known{match.Error: {"dark", "shut"}}).Error()
}

func TestCheck(t *testing.T) {
	t.Parallel()
	if got := problemsOf(t, small()); got != "" {
		t.Fatalf("the small data: %s", got)
	}
	for name, c := range map[string]struct{ file, old, replacement, want string }{
		"an id that is not there":      {"errors.yaml", "id: dark", "id: drak", `flows/match/errors.yaml:2: there is no error "drak"`},
		"an error nothing finds":       {"errors.yaml", "id: dark", "id: drak", "flows/match/errors.yaml:1: nothing finds the error dark"},
		"an id twice":                  {"errors.yaml", "id: shut", "id: dark", `flows/match/errors.yaml:7: the entry "dark" is there twice`},
		"a concept that is not there":  {"errors.yaml", "[door broken]", "[gate broken]", `flows/match/errors.yaml:7: there is no concept "gate"`},
		"a word that is too short":     {"concepts.yaml", "[らんぷ,", "[ら,", `flows/match/concepts.yaml:2: "ら" of lamp is too short`},
		"no example in a language":     {"errors.yaml", "      en: [the door is broken]\n", "", "flows/match/errors.yaml:7: shut has no example in en"},
		"an unknown key":               {"errors.yaml", "    when: [door broken]", "    whenever: [door broken]", "flows/match/errors.yaml:8: field whenever not found"},
		"an example that means others": {"errors.yaml", "ja: [とびらがこわれた]", "ja: [らんぷがこわれたよ]", `flows/match/errors.yaml:10: "らんぷがこわれたよ" is understood as dark and not as shut`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := small()
			files[c.file] = strings.Replace(files[c.file], c.old, c.replacement, 1)
			if got := problemsOf(t, files); !strings.Contains(got, c.want) {
				t.Errorf("want\n%s\ngot\n%s", c.want, got)
			}
		})
	}
}

// FuzzFind holds that any text is taken, and that scores stay within bounds.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "この名前は既に", "<at>x</at> &lt;b&gt; :smile: > a", "\xff\xfe", "ｶﾞｷﾞ", "kono namae wa", "ーーーー", "????\n\n、。"} {
		f.Add(s, "csp.company")
	}
	m := own(f)
	f.Fuzz(func(t *testing.T, text, screen string) {
		r := m.Find(text, screen)
		for _, one := range append(append([]match.Found{r.Match}, r.Also...), r.Candidates...) {
			if one.Score < 0 || one.Score > 1 || !utf8.ValidString(one.ID) || one.Kind == match.Other {
				t.Errorf("%q: %+v", text, one)
			}
		}
		if r.Match.Kind == match.None && len(r.Also) > 0 {
			t.Errorf("%q: nothing, and also %v", text, r.Also)
		}
	})
}

// TestSize holds that all the data takes less than 20 MB.
//
//nolint:paralleltest // it looks at the whole heap
func TestSize(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	m := own(t)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if size := int64(after.HeapAlloc) - int64(before.HeapAlloc); size > 20<<20 {
		t.Errorf("the data takes %d MB", size>>20)
	} else {
		t.Logf("%d KB", size>>10)
	}
	runtime.KeepAlive(m)
}
