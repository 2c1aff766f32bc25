package redisstore

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shirube/shirube/bot"
	"pgregory.net/rapid"
)

// TestPacked reads a session as an earlier version of the program has stored
// it. When this test fails, no stored session can be read any more.
func TestPacked(t *testing.T) {
	t.Parallel()
	want := bot.Session{
		ID: "slack:T0123ABCDEF:U0123ABCDEF", Version: 7, Lang: "ja", Step: "review.wait",
		Since: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), Vars: map[string]string{"company": "株式会社サンプル"},
	}
	const stored = "7aaa46e51a1a193b3a39bbb8ba598522d84a6053cc514d813aae16eef4a2d4b2ccd472bdf2c4cc121ce180941af0c7cbe3a6ad8f9b373f6e9efeb879b5526d2d200000ffff"
	data, err := hex.DecodeString(stored)
	if err != nil {
		t.Fatal(err)
	}
	var got bot.Session
	if err := packer(t).unpack(data, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("session (-want +got):\n%s", d)
	}
}

// TestPackAny packs any text in every way with one codec and reads it again.
func TestPackAny(t *testing.T) {
	t.Parallel()
	c := packer(t)
	deflate := func(to []byte, v any) ([]byte, error) { return c.small(to, v, 0) }
	short := func(to []byte, v any) ([]byte, error) { return c.small(to, v, 200) }
	rapid.Check(t, func(r *rapid.T) {
		want := bot.Session{ID: rapid.String().Draw(r, "id"), Vars: rapid.MapOf(rapid.String(), rapid.String()).Draw(r, "vars")}
		if len(want.Vars) == 0 {
			want.Vars = nil
		}
		for _, pack := range []func([]byte, any) ([]byte, error){c.plain, deflate, short} {
			data, err := pack([]byte("before"), want)
			if err != nil {
				r.Fatal(err)
			}
			var got bot.Session
			if err := c.unpack(data[len("before"):], &got); err != nil {
				r.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				r.Fatalf("session (-want +got):\n%s", d)
			}
		}
	})
}

// TestUnpackBroken reads what is broken: an error, and the codec still works.
func TestUnpackBroken(t *testing.T) {
	t.Parallel()
	c := packer(t)
	good, err := c.small(nil, bot.Session{ID: "slack:T1:U1"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]string{
		"": "empty", "x{}": "unknown way", "j{": "JSON", "z\xff\xff": "inflate",
		string(good[:len(good)-3]): "inflate",
	} {
		var s bot.Session
		if err := c.unpack([]byte(data), &s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("unpack %q: got error %v, want %q in it", data, err, want)
		}
		if err := c.unpack(good, &s); err != nil || s.ID != "slack:T1:U1" {
			t.Errorf("after %q: got %v (error %v)", data, s, err)
		}
	}
}

func packer(t testing.TB) *codec {
	t.Helper()
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
