package flow_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden drawings")

// TestGraphGolden draws the sample in the formats that are read as text.
func TestGraphGolden(t *testing.T) {
	t.Parallel()
	files := sample()
	for _, format := range []string{"mermaid", "dot"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			got, err := load(t, files).Graph(format, title(t, files))
			if err != nil {
				t.Fatal(err)
			}
			golden := "testdata/sample." + format
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the drawing changed; look at it and run with -update:\n%s", got)
			}
		})
	}
}

func TestGraphUnknown(t *testing.T) {
	t.Parallel()
	if _, err := load(t, sample()).Graph("png", title(t, sample())); err == nil || !strings.Contains(err.Error(), "mermaid, dot or svg") {
		t.Errorf("png: %v", err)
	}
}

// TestGraphSVG holds that the drawing is XML that says everything, whatever
// the texts hold, and the same every time.
func TestGraphSVG(t *testing.T) {
	t.Parallel()
	files := with(t, "locales/ja/b.yaml", "title: 遅いとき", `title: "<&\"'> \u0007]]>"`)
	said := title(t, files)
	drawing, err := load(t, files).Graph("svg", said)
	if err != nil {
		t.Fatal(err)
	}
	texts := content(t, drawing)
	for _, want := range []string{"① はじめ", "申し込みの画面", "助けて", "24 hours", "ask: パートナー ID", `<&"'>`, "まだです", "b.mend", "1. 名前のエラー → 直す"} {
		if !strings.Contains(texts, want) {
			t.Errorf("the drawing does not show %q:\n%s", want, texts)
		}
	}
	again, err := load(t, files).Graph("svg", said)
	if err != nil || again != drawing {
		t.Error("drawn twice, it is not the same")
	}
}

// content is the text of an XML document.
func content(t *testing.T, document string) string {
	t.Helper()
	var texts strings.Builder
	dec := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return texts.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if data, isText := token.(xml.CharData); isText {
			texts.Write(data)
		}
	}
}
