package slack

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func newTestBox(t interface{ Fatal(...any) }, key byte, random io.Reader) *box {
	b, err := newBox(bytes.Repeat([]byte{key}, keySize), random)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSeal: what was sealed opens with its key, under its name, unchanged, and
// in no other way.
func TestSeal(t *testing.T) {
	t.Parallel()
	mine, theirs := newTestBox(t, 1, rand.Reader), newTestBox(t, 2, rand.Reader)
	rapid.Check(t, func(t *rapid.T) {
		name, open := rapid.String().Draw(t, "name"), rapid.SliceOf(rapid.Byte()).Draw(t, "open")
		sealed, err := mine.seal(name, open)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := mine.open(name, sealed); err != nil || !bytes.Equal(got, open) {
			t.Fatalf("%q %v", got, err)
		}
		if again, err := mine.seal(name, open); err != nil || bytes.Equal(again, sealed) {
			t.Fatalf("sealed alike twice (%v)", err)
		}
		if _, err := theirs.open(name, sealed); !errors.Is(err, errSeal) {
			t.Fatalf("another key: %v", err)
		}
		if _, err := mine.open(name+"x", sealed); !errors.Is(err, errSeal) {
			t.Fatalf("another name: %v", err)
		}
		if _, err := mine.open(name, sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "length")]); err == nil {
			t.Fatal("cut off")
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := mine.open(name, sealed); err == nil {
			t.Fatal("damaged")
		}
	})
}

func TestSealKeepsItsLayout(t *testing.T) {
	t.Parallel()
	b := newTestBox(t, 1, strings.NewReader("nonce-number-one"))
	sealed, err := b.seal("name", []byte("open"))
	if err != nil || len(sealed) != 1+12+4+16 || string(sealed[:13]) != "\x01nonce-number" {
		t.Fatalf("%q %v", sealed, err)
	}
	sealed[0] = 2
	if _, err := b.open("name", sealed); !errors.Is(err, errVersion) {
		t.Errorf("another version: %v", err)
	}
	if _, err := b.seal("name", nil); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("sealed without a nonce: %v", err)
	}
}

// FuzzOpen: nothing but what was sealed opens, and nothing panics.
func FuzzOpen(f *testing.F) {
	b := newTestBox(f, 1, strings.NewReader("nonce-number-one"))
	sealed, err := b.seal("name", []byte("open"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed[1:])
	f.Add(sealed[:13])
	f.Add([]byte{sealVersion})
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		if open, err := b.open("name", data); err == nil && !bytes.Equal(data, sealed) {
			t.Errorf("%q opens as %q", data, open)
		}
	})
}

// FuzzInstall: a record that is taken has one meaning, and survives being
// kept.
func FuzzInstall(f *testing.F) {
	for _, seed := range []string{
		`{"token":"xoxb-1"}`, `{"token":"xoxb-1","refresh":"xoxe-1","due":"2026-11-20T20:00:00Z","expires":"2026-11-20T21:00:00Z","enterprise":"E1"}`,
		`{"workspaces":["T1","T2"]}`, `{"token":"x","workspaces":["T1"]}`, `{"workspaces":["../T1"]}`, `{"expires":"never"}`, `{}`, `null`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := parseInstall(data)
		if err != nil {
			if first.Token != "" || !errors.Is(err, errRecord) {
				t.Fatalf("refused with a token, or aloud: %s", err)
			}
			return
		}
		if (first.Token == "") == (first.Workspaces == nil) {
			t.Fatalf("means two things or none: %q", data)
		}
		kept, err := json.Marshal(first)
		if err != nil {
			t.Fatal(err)
		}
		second, err := parseInstall(kept)
		if err != nil {
			t.Fatalf("not taken again: %s", kept)
		}
		if again, err := json.Marshal(second); err != nil || !bytes.Equal(kept, again) {
			t.Fatalf("changed: %s to %s", kept, again)
		}
	})
}
