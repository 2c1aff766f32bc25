package flow

import (
	"math"
	"os"
	"testing"
	"testing/quick"
)

// drawn lays out the project's own procedure, with titles as wide as they may be.
func drawn(t *testing.T) *layout {
	t.Helper()
	book, err := Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	return book.sketch(func(key string) string {
		return "「題名が二十文字のとても長い手順の名前です」" + key
	}).layout()
}

// TestBoxesStandApart holds that no box touches another or leaves its chapter.
func TestBoxesStandApart(t *testing.T) {
	t.Parallel()
	l := drawn(t)
	for i, a := range l.order {
		for _, b := range l.order[:i] {
			if a.column == b.column && a.y < b.y+b.height+boxGap/2 && b.y < a.y+a.height+boxGap/2 {
				t.Errorf("%s and %s touch", a.id, b.id)
			}
		}
	}
	for _, band := range l.bands {
		for _, n := range band.nodes {
			if b := l.boxes[n]; b.y < band.top || b.y+b.height > band.top+band.height {
				t.Errorf("%s stands outside of its chapter", n.id)
			}
		}
	}
}

// TestRowsFit holds that what stands in a box has its place there.
func TestRowsFit(t *testing.T) {
	t.Parallel()
	for _, b := range drawn(t).order {
		y := boxPad + titleLine*float64(len(b.lines)) + smallLine*float64(len(b.notes))
		for _, r := range b.rows {
			if r.y < y {
				t.Errorf("the row %q of %s lies on what is above", r.label, b.id)
			}
			y = r.y + r.height()
			if wide := typewidth(r.lines[0], textSize); wide > boxWidth-boxPad {
				t.Errorf("the row %q of %s is %.0f wide", r.lines[0], b.id, wide)
			}
		}
		if y > b.height {
			t.Errorf("%s is %.0f high and needs %.0f", b.id, b.height, y)
		}
		for _, line := range b.lines {
			if wide := typewidth(line, titleSize); wide > boxWidth-boxPad {
				t.Errorf("the title %q of %s is %.0f wide", line, b.id, wide)
			}
		}
	}
}

// TestWaysRunInChannels holds that every way but the straight ones runs between
// the columns, that every one ends at its box, and that none lies on another.
func TestWaysRunInChannels(t *testing.T) {
	t.Parallel()
	l := drawn(t)
	drawnWays := 0
	for i, b := range l.bundles {
		x := l.lane(b)
		if c := l.channels[b.channel]; x < c.x+channelPad/2 || x > c.x+c.width()-channelPad/2 {
			t.Errorf("the way to %s leaves its channel", b.to.id)
		}
		for _, e := range b.exits {
			drawnWays++
			if x1, y1, x2, y2 := l.ends(b, e); math.Mod(y1, unit/2) == math.Mod(y2, unit/2) || x1 != e.from.x && x1 != e.from.x+boxWidth || x2 != b.to.x && x2 != b.to.x+boxWidth {
				t.Errorf("the way from %s to %s hangs in the air", e.from.id, b.to.id)
			}
		}
		top, bottom := b.span()
		for _, other := range l.bundles[:i] {
			otherTop, otherBottom := other.span()
			if b.channel == other.channel && b.lane == other.lane && top < otherBottom && otherTop < bottom {
				t.Errorf("the ways to %s and %s lie on each other", b.to.id, other.to.id)
			}
		}
	}
	if want := straightAndOther(l); drawnWays != want {
		t.Errorf("%d ways are drawn at the sides, want %d", drawnWays, want)
	}
}

// straightAndOther counts the ways that must be drawn at a side: all that are
// neither straight down nor a skip.
func straightAndOther(l *layout) int {
	n := 0
	for _, b := range l.order {
		for _, a := range b.arcs {
			straight := b.below != nil && a.to == b.below.node && a.kind == arcNext
			if a.kind != arcUnless && !straight {
				n++
			}
		}
	}
	return n
}

// TestTypeset holds that lines fit and that nothing is lost but behind an
// ellipsis.
func TestTypeset(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		most int
		want []string
	}{
		{"", 2, []string{""}},
		{"パートナー ID を関連付ける", 3, []string{"パートナー ID", "を関連付ける"}},
		{"終わりました。はい", 3, []string{"終わりました。", "はい"}},
		{"Enter the company information", 3, []string{"Enter the", "company", "information"}},
		{"一二三四五六七八九十", 1, []string{"一二三四五六七…"}},
	} {
		got := typeset(c.text, 10, 70, c.most)
		if len(got) != len(c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: %q, want %q", c.text, got, c.want)
			}
		}
	}
	fits := func(text string) bool {
		for _, line := range typeset(text, 10, 70, 3) {
			if typewidth(line, 10) > 80 {
				return false
			}
		}
		return true
	}
	if err := quick.Check(fits, nil); err != nil {
		t.Error(err)
	}
}
