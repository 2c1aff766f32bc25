package flow

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// canvas collects the elements of an SVG.
type canvas struct {
	*layout
	out strings.Builder
}

// svg draws the graph as a page of its own, without scripts or outside fonts.
func (g *graph) svg() string {
	c := &canvas{layout: g.layout()}
	c.bandShapes()
	for _, b := range c.order {
		c.down(b)
	}
	for _, b := range c.bundles {
		c.bundleShape(b)
	}
	for _, b := range c.order {
		c.boxShape(b)
	}
	c.legend()
	height := c.repairList(c.height)
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="%s">`,
		c.width, height, c.width, height, fonts)
	return head + "\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" + c.out.String() + "</svg>\n"
}

const fonts = "'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif"

// The colours of the drawing. Bundles take turns in theirs, so that the eye can
// follow one.
const (
	ink      = "#1f2933"
	faint    = "#616e7c"
	mainWay  = "#1f5fa8"
	plainBox = "#9aa5b1"
)

func colour(bundle int) string {
	all := [...]string{"#b5482a", "#2a7f62", "#6b4fa3", "#96690f", "#15809b", "#a83a72", "#55761b", "#4a5563"}
	return all[bundle%len(all)]
}

// tint is the ground of a chapter.
func tint(chapter int) string {
	all := [...]string{"#f4f7fb", "#f8f6ef"}
	return all[chapter%len(all)]
}

func (c *canvas) printf(format string, values ...any) { fmt.Fprintf(&c.out, format, values...) }

// escape makes a text safe inside XML.
func escape(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a strings.Builder takes everything
	return out.String()
}

// text writes one line with its baseline at y.
func (c *canvas) text(x, y, size float64, style, line string) {
	c.printf("<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\"%s>%s</text>\n", x, y, size, style, escape(line))
}

// bandShapes draw the chapters: a ground from side to side, the name at the left.
func (c *canvas) bandShapes() {
	for i, b := range c.bands {
		c.printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"10\" fill=\"%s\"/>\n",
			margin/2, b.top+3, c.width-margin, b.height-6, tint(i))
		y := b.top + bandPad + 14
		for _, line := range chapterName(b.chapter) {
			c.text(margin, y, chapterSize, ` font-weight="700" fill="`+ink+`"`, line)
			y += 22
		}
		for _, line := range chapterAbout(b.chapter) {
			c.text(margin, y, smallSize, ` fill="`+faint+`"`, line)
			y += smallLine + 1
		}
	}
}

const chapterSize = 16.0

func chapterName(c *chapter) []string { return typeset(c.name, chapterSize, gutter-margin/2, 4) }

func chapterAbout(c *chapter) []string {
	if c.about == "" {
		return nil
	}
	return typeset(c.about, smallSize, gutter-margin, 8)
}

// named is the height a chapter's name takes.
func (l *layout) named(c *chapter) float64 {
	return bandPad + 22*float64(len(chapterName(c))) + (smallLine+1)*float64(len(chapterAbout(c)))
}
