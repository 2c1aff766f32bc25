package main

import (
	"bytes"
	"strings"
	"testing"
)

// asking runs the command and returns its exit code, output and errors.
func asking(t *testing.T, in string, args ...string) (code int, out, fault string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append([]string{"ask"}, args...), world{
		stdio: stdio{strings.NewReader(in), &o, &e}, Vars: map[string]string{"CONTENT_DIR": "../.."},
	})
	return code, o.String(), e.String()
}

func TestAsk(t *testing.T) {
	t.Parallel()
	code, out, _ := asking(t, "", "--screen", "maicpp.company", "この名前は既にシステムに存在します")
	if code != exitDone || !strings.HasPrefix(out, `{"match":"name-exists","kind":"error","score":`) || !strings.HasSuffix(out, "\n") {
		t.Errorf("%d: %s", code, out)
	}
	if code, out, _ = asking(t, "", "プリンターの", "紙がない"); code != exitDone || out != `{"match":"none","kind":"none","score":0,"candidates":[]}`+"\n" {
		t.Errorf("%d: %s", code, out)
	}
}

func TestAskLines(t *testing.T) {
	t.Parallel()
	in := `{"id":"a","text":"審査は何日かかりますか"}` + "\n\n" +
		`{"id":"","text":"この名前は既にシステムに存在します。それと gmail のアドレスが使えません","screen":"maicpp.company"}`
	code, out, _ := asking(t, in, "--jsonl")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitDone || len(lines) != 2 || !strings.HasPrefix(lines[0], `{"id":"a","match":"review-duration","kind":"answer",`) ||
		!strings.HasPrefix(lines[1], `{"id":"","match":"name-exists",`) || !strings.Contains(lines[1], `"also":[{"match":"personal-email-rejected","kind":"error",`) {
		t.Errorf("%d: %s", code, out)
	}
}

func TestAskUnable(t *testing.T) {
	t.Parallel()
	if code, _, fault := asking(t, ""); code != exitUnable || !strings.Contains(fault, "give a text") {
		t.Errorf("%d: %s", code, fault)
	}
	if code, _, fault := asking(t, "{", "--jsonl"); code != exitUnable || !strings.Contains(fault, "read line 1") {
		t.Errorf("%d: %s", code, fault)
	}
}
