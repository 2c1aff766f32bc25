package japan

import (
	"testing"

	"pgregory.net/rapid"
)

// Whether normalising is left out must not show.
func TestFoldShortcut(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= 0xFFFF; r++ {
		if s := "か" + string(r) + "A"; Fold(s) != foldAny(s) {
			t.Errorf("%U: Fold(%q) = %q, foldAny %q", r, s, Fold(s), foldAny(s))
		}
	}
	near := rapid.StringOf(rapid.RuneFrom([]rune("aＡ！～かがカゔヴヵヶ・ーヽヾゝゞ々〆〇　「」。、一鿿ｱｶｳﾊﾜｰ\u3099\uFF9E\uFF9F\u0301")))
	rapid.Check(t, func(t *rapid.T) {
		s := near.Draw(t, "text")
		if Fold(s) != foldAny(s) {
			t.Fatalf("Fold(%q) = %q, foldAny %q", s, Fold(s), foldAny(s))
		}
	})
}
