package flow

// boxShape draws a step: the box, its title, its marks and its rows.
func (c *canvas) boxShape(b *box) {
	stroke, width, dash := plainBox, 1.2, ""
	switch {
	case b.end:
		stroke, width = "#2a7f62", 2.5
	case b.rank >= 0:
		stroke, width = mainWay, 1.8
	}
	if b.waits {
		dash = dashed
	}
	c.printf("<g id=\"%s\">\n", escape(b.id))
	if b.end {
		c.printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"13\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.2\"/>\n",
			b.x-5, b.y-5, boxWidth+10, b.height+10, stroke)
	}
	c.printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"9\" fill=\"#fff\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>\n",
		b.x, b.y, boxWidth, b.height, stroke, width, dash)
	if b.gate {
		c.printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"5\" height=\"%.1f\" rx=\"2.5\" fill=\"%s\"/>\n", b.x+3, b.y+7, b.height-14, amber)
	}
	c.boxTexts(b)
	if len(b.rows) > 0 {
		c.printf("<path d=\"M%.1f %.1f h%.1f\" stroke=\"#dde1e6\"/>\n", b.x+boxPad, b.y+b.rows[0].y+0.5, boxWidth-2*boxPad)
	}
	for _, r := range b.rows {
		c.rowTexts(b, r)
	}
	c.printf("</g>\n")
}

func (c *canvas) boxTexts(b *box) {
	y := b.y + boxPad + titleSize
	for _, line := range b.lines {
		c.text(b.x+boxPad, y, titleSize, ` font-weight="700" fill="`+ink+`"`, line)
		y += titleLine
	}
	y -= titleLine - smallLine - 2
	for _, line := range b.notes {
		c.text(b.x+boxPad, y, smallSize, ` fill="`+faint+`"`, line)
		y += smallLine
	}
	x := b.x + boxWidth - boxPad - 7
	marks := b.icons()
	for i := len(marks) - 1; i >= 0; i-- {
		c.icon(marks[i], x, b.y+boxPad+9)
		x -= iconWidth
	}
}

// rowTexts write a way's name at the side where it leaves.
func (c *canvas) rowTexts(b *box, r row) {
	top := b.y + r.y
	x, anchor := b.x+boxPad, ""
	if r.right {
		x, anchor = b.x+boxWidth-boxPad, ` text-anchor="end"`
	}
	c.text(x, top+exitDepth+4, textSize, anchor+` fill="`+ink+`"`, r.lines[0])
	if len(r.lines) > 1 {
		c.text(x, top+exitDepth+4+smallLine, smallSize, anchor+` fill="`+faint+`"`, r.lines[1])
	}
}
