package flow

import "strconv"

// legend explains the marks, above the chapters.
func (c *canvas) legend() {
	x, y := margin, margin+16.0
	entry := func(wide float64, name string, mark func()) {
		label := c.words.graph(name)
		all := wide + 8 + typewidth(label, textSize) + 24
		if x > margin && x+all > c.width {
			x, y = margin, y+28
		}
		mark()
		c.text(x+wide+8, y+4, textSize, ` fill="`+ink+`"`, label)
		x += all
	}
	line := func(name, colour string, width float64, dash string) {
		entry(30, name, func() {
			c.printf("<path d=\"M%.1f %.1f h30\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>\n", x, y, colour, width, dash)
		})
	}
	line("main", mainWay, 2.8, "")
	line("side", colour(1), 1.7, "")
	line("return", colour(1), 1.7, dashed)
	line("timed", colour(1), 1.7, dotted)
	for _, name := range []string{"gate", "ask", "wait"} {
		entry(16, name, func() { c.icon(name, x+8, y) })
	}
	entry(20, "end", func() {
		c.printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"20\" height=\"14\" rx=\"4\" fill=\"#fff\" stroke=\"#2a7f62\" stroke-width=\"2.5\"/>\n", x, y-7)
	})
}

// repairList names the known errors and the steps that repair them, below the
// chapters; it returns where the drawing ends.
func (c *canvas) repairList(y float64) float64 {
	if len(c.repairs) == 0 {
		return y + margin
	}
	y += margin
	c.text(margin, y+14, chapterSize, ` font-weight="700" fill="`+ink+`"`, c.words.graph("errors"))
	wide := (c.width - 2*margin) / 2
	for i, r := range c.repairs {
		line := strconv.Itoa(i+1) + ". " + r.name
		if r.to != nil {
			line += " → " + r.to.title
		}
		x, at := margin+wide*float64(i%2), y+42+22*float64(i/2)
		c.text(x, at, textSize, ` fill="`+ink+`"`, clip(line, textSize, wide-40))
	}
	return y + 42 + 22*float64((len(c.repairs)+1)/2) + margin
}
