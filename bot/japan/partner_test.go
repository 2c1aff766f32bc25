package japan_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func TestPartnerID(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, id string
		usual    bool
		reason   string
	}{
		{"1234567", "1234567", true, ""},
		{"パートナーID: 1234567", "1234567", true, ""},
		{"パートナー ID（ロケーション）：１２３４５６７です。", "1234567", true, ""},
		{"MPN ID 1234567", "1234567", true, ""},
		{"MPN1234567", "1234567", true, ""},
		{"パートナーID(7桁): 1234567", "1234567", true, ""},
		{"① 1234567", "1234567", true, ""},
		{"2. 1234567", "1234567", true, ""},
		{"123-4567", "1234567", true, ""},
		{"１２３ー４５６７", "1234567", true, ""},
		{"123 4567", "1234567", true, ""},
		{"12\u200b34567", "1234567", true, ""},
		{"1234567, 1234567", "1234567", true, ""}, // the same one twice
		{"法人番号 7123456789012 ID 1234567", "1234567", true, ""},
		{"2 123456", "123456", false, ""}, // one that may stand alone is not joined
		{"123456", "123456", false, ""},
		{"12345678", "12345678", false, ""},
		{"", "", false, japan.NoDigits},
		{"まだ分かりません①", "", false, japan.NoDigits},
		{"12345", "", false, japan.Length},
		{"123456789", "", false, japan.Length},
		{"03-1234-5678", "", false, japan.Length},
		{"2026/12/3", "", false, japan.Length},
		{"1234567a", "", false, japan.Length},
		{"3fa85f64-5717-4562-b3fc-2c963f66afa6", "", false, japan.Length},
		{"12345678-1234-1234-1234-123456789012", "", false, japan.Length},
		{"1234567\n7654321", "", false, japan.Several},
		{"1234567 7654321", "", false, japan.Several},
		{"PLA 1234567 / PGA 7654321", "", false, japan.Several},
	}
	for _, tt := range tests {
		id, usual, reason := japan.PartnerID(tt.text)
		if id != tt.id || usual != tt.usual || reason != tt.reason {
			t.Errorf("PartnerID(%q) = %q, %v, %q, want %q, %v, %q",
				tt.text, id, usual, reason, tt.id, tt.usual, tt.reason)
		}
	}
}

func checkPartnerID(text string) string {
	id, usual, reason := japan.PartnerID(text)
	digits := strings.Trim(id, "0123456789") == "" && len(id) >= 6 && len(id) <= 8
	switch {
	case (id == "") == (reason == ""):
		return "one of id and reason must be set"
	case reason == "" && !digits:
		return "took " + id
	case usual != (len(id) == 7):
		return "usual is wrong for " + id
	}
	return ""
}

func TestPartnerIDProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[1-9][0-9]{5,7}`).Draw(t, "id")
		label := rapid.StringMatching(`[ぁ-んァ-ン :：()]{0,12}`).Draw(t, "label")
		wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, id)
		for _, text := range []string{label + id + label, label + wide, id + label + "と" + wide} {
			if got, _, reason := japan.PartnerID(text); got != id {
				t.Fatalf("PartnerID(%q) = %q, %q", text, got, reason)
			}
		}
	})
}

func FuzzPartnerID(f *testing.F) {
	for _, s := range []string{"1234567", "ID: １２３-４５６７", "1 2 3 4 5 6 7", "123456-\xff7", "1234567a 7654321"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if wrong := checkPartnerID(s); wrong != "" {
			t.Fatalf("PartnerID(%q): %s", s, wrong)
		}
	})
}

func BenchmarkPartnerID(b *testing.B) {
	for b.Loop() {
		japan.PartnerID("パートナーID（ロケーション）: １２３４５６７")
	}
}
