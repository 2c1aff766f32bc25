package flow

import (
	"fmt"
	"strings"
)

// mermaid draws the graph as a flowchart for Markdown.
func (g *graph) mermaid() string {
	var out strings.Builder
	out.WriteString("flowchart TD\n")
	for _, c := range g.chapters {
		fmt.Fprintf(&out, "  subgraph flow_%s[%s]\n", mermaidID(c.id), mermaidText(c.name))
		for _, n := range c.nodes {
			fmt.Fprintf(&out, "    %s%s\n", mermaidID(n.id), n.mermaidShape())
		}
		out.WriteString("  end\n")
	}
	for _, c := range g.chapters {
		for _, n := range c.nodes {
			for _, a := range n.arcs {
				fmt.Fprintf(&out, "  %s %s|%s| %s\n", mermaidID(n.id), a.mermaidLine(n), mermaidText(a.label), mermaidID(a.to.id))
			}
		}
	}
	for _, r := range g.repairs {
		if r.to != nil {
			fmt.Fprintf(&out, "  error_%s>%s] -.-> %s\n", mermaidID(r.id), mermaidText(r.name), mermaidID(r.to.id))
		}
	}
	return out.String()
}

// mermaidShape tells by its form what a step is: a hexagon asks before, a
// slanted box takes an answer, a rounded one waits, a ring ends.
func (n *node) mermaidShape() string {
	text := mermaidText(n.title)
	switch {
	case n.end:
		return "(((" + text + ")))"
	case n.gate:
		return "{{" + text + "}}"
	case n.ask != "":
		return "[/" + text + "/]"
	case n.waits:
		return "([" + text + "])"
	}
	return "[" + text + "]"
}

// mermaidLine is thick along the spine, dotted where nobody presses.
func (a arc) mermaidLine(from *node) string {
	switch {
	case a.kind == arcWait || a.kind == arcUnless:
		return "-.->"
	case a.onSpine(from):
		return "==>"
	}
	return "-->"
}

// onSpine tells whether the arc is the expected way of an expected step.
func (a arc) onSpine(from *node) bool {
	return from.rank >= 0 && a.to.rank == from.rank+1 && a.kind == arcNext
}

// mermaidID is an id that Mermaid takes without quotes.
func mermaidID(id string) string {
	var out strings.Builder
	for _, r := range id {
		switch {
		case r == '.':
			out.WriteString("__")
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			out.WriteRune(r)
		default:
			out.WriteByte('_')
		}
	}
	return out.String()
}

// mermaidText is a text in quotes; what Mermaid would read is written as its
// entity codes.
func mermaidText(text string) string {
	return `"` + strings.NewReplacer(`"`, "#quot;", "#", "#35;", "<", "#lt;", ">", "#gt;", "`", "#96;", "\n", " ").Replace(text) + `"`
}
