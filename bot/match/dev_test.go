package match

import (
	"fmt"
	"os"
	"testing"
)

func TestDev(t *testing.T) {
	d, err := Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	m := New(d, nil)
	bare := *m
	bare.postings = nil
	if os.Getenv("BARE") != "" {
		m = &bare
	}
	for _, f := range m.faults {
		fmt.Println(f.file, f.line, f.what)
	}
	if s := os.Getenv("TEXT"); s != "" {
		names := map[int]string{}
		for n, i := range m.ids {
			names[i] = n
		}
		x := newText(plain(s))
		for _, h := range m.spot(x) {
			fmt.Println("  ", names[h.concept], string(x.runes[h.from:h.to]), x.part[h.from])
		}
		fmt.Println(string(x.runes), x.parts, m.Find(s, ""))
		return
	}
	fmt.Println(len(m.words), "words", len(m.ids), "concepts", len(m.patterns), "patterns", len(m.owner), "samples")
	for _, e := range m.entries {
		for _, lang := range []string{"ja", "en"} {
			for _, s := range append(append([]string{}, e.Examples[lang]...), e.Texts...) {
				r := m.Find(s, "")
				if r.Match.ID != e.ID && e.kind != Other || e.kind == Other && r.Match.Kind != None || len(r.Also) > 0 {
					fmt.Println(e.ID, "|", s, "|", r)
				}
			}
		}
	}
}
