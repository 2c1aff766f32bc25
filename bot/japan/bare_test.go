package japan_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func TestBare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ said, want string }{
		{"株式会社しるべ商事です", "株式会社しるべ商事"},
		{"会社名は、株式会社しるべ商事です。", "株式会社しるべ商事"},
		{"弊社は株式会社しるべ商事と申します", "株式会社しるべ商事"},
		{"住所は 東京都千代田区千代田1-1-1 になります", "東京都千代田区千代田1-1-1"},
		{"100-0001です", "100-0001"},
		{"taro@shirube.example です。\n", "taro@shirube.example"},
		{"山田太郎ですです", "山田太郎"},
		{"株式会社しるべ商事。", "株式会社しるべ商事。"},
		{"株式会社しるべ商事ですか", "株式会社しるべ商事ですか"},
		{" 株式会社　ですわ ", " 株式会社　ですわ "},
		{"住所はです", "住所は"},
		{"です", "です"},
		{"", ""},
	} {
		if got := japan.Bare(c.said); got != c.want {
			t.Errorf("Bare(%q) = %q, want %q", c.said, got, c.want)
		}
	}
}

func TestBareIsDoneAtOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"会社名は", "株式会社", "しるべ", "です", "。", " ", "になります", "、"})).Draw(t, "parts")
		said := ""
		for _, p := range parts {
			said += p
		}
		bare := japan.Bare(said)
		if again := japan.Bare(bare); again != bare {
			t.Fatalf("Bare(%q) = %q, then %q", said, bare, again)
		}
	})
}
