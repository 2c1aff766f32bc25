package main

import "testing"

// TestInert keeps what clerks wrote from being calculated by a spreadsheet.
func TestInert(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "画面が違う": "画面が違う", "a=b": "a=b", "=1": "'=1", "\t=1": "'\t=1", " -1": "' -1", "@SUM(1)": "'@SUM(1)", "＝1": "'＝1", "＋1": "'＋1",
	} {
		if got := inert(text); got != want {
			t.Errorf("inert(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestVisible keeps a text from steering the terminal.
func TestVisible(t *testing.T) {
	t.Parallel()
	const want = "a\ufffdb\ufffd[2Jc\ufffd"
	if got := visible("a\u202eb\x1b[2Jc\u009b"); got != want {
		t.Errorf("visible = %q, want %q", got, want)
	}
}
