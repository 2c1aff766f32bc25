package flow

const amber = "#d97706"

// icon draws a mark of 16 pixels around a point.
func (c *canvas) icon(name string, x, y float64) {
	switch name {
	case "gate": // a warning sign
		c.printf("<path d=\"M%.1f %.1f l8 14 h-16 z\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>\n", x, y-8, amber, amber)
		c.printf("<path d=\"M%.1f %.1f v4.6 m0 2.4 v.6\" stroke=\"#fff\" stroke-width=\"1.8\" stroke-linecap=\"round\"/>\n", x, y-2.6)
	case "ask": // a field with a cursor
		c.printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"12\" rx=\"2\" fill=\"#fff\" stroke=\"%s\" stroke-width=\"1.6\"/>\n", x-8, y-6, mainWay)
		c.printf("<path d=\"M%.1f %.1f v6 m3 0 h6\" stroke=\"%s\" stroke-width=\"1.4\" fill=\"none\"/>\n", x-4.5, y-3, mainWay)
	case "wait": // a clock
		c.printf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"7.2\" fill=\"#fff\" stroke=\"#6b4fa3\" stroke-width=\"1.6\"/>\n", x, y)
		c.printf("<path d=\"M%.1f %.1f v-4.2 m0 4.2 l3 1.8\" stroke=\"#6b4fa3\" stroke-width=\"1.5\" fill=\"none\" stroke-linecap=\"round\"/>\n", x, y)
	}
}
