package flow

import (
	"fmt"
	"strings"
)

// dot draws the graph for Graphviz.
func (g *graph) dot() string {
	var out strings.Builder
	out.WriteString("digraph procedure {\n  rankdir=TB;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n")
	for _, c := range g.chapters {
		fmt.Fprintf(&out, "  subgraph %s {\n    label=%s;\n", dotText("cluster_"+c.id), dotText(c.name))
		for _, n := range c.nodes {
			fmt.Fprintf(&out, "    %s [label=%s%s];\n", dotText(n.id), dotText(n.title), n.dotShape())
		}
		out.WriteString("  }\n")
	}
	for _, c := range g.chapters {
		for _, n := range c.nodes {
			for _, a := range n.arcs {
				fmt.Fprintf(&out, "  %s -> %s [label=%s%s];\n", dotText(n.id), dotText(a.to.id), dotText(a.label), a.dotLine(n))
			}
		}
	}
	for _, r := range g.repairs {
		if r.to != nil {
			fmt.Fprintf(&out, "  %s [label=%s, shape=note];\n", dotText("error:"+r.id), dotText(r.name))
			fmt.Fprintf(&out, "  %s -> %s [style=dotted];\n", dotText("error:"+r.id), dotText(r.to.id))
		}
	}
	out.WriteString("}\n")
	return out.String()
}

func (n *node) dotShape() string {
	switch {
	case n.end:
		return ", shape=doubleoctagon"
	case n.gate:
		return ", shape=octagon"
	case n.ask != "":
		return ", shape=parallelogram"
	case n.waits:
		return `, style="rounded,dashed"`
	}
	return ""
}

func (a arc) dotLine(from *node) string {
	switch {
	case a.kind == arcWait || a.kind == arcUnless:
		return ", style=dotted"
	case a.onSpine(from):
		return ", penwidth=2, weight=10"
	case a.to.order <= from.order:
		return ", constraint=false, style=dashed"
	}
	return ""
}

func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
