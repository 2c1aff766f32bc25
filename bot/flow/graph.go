package flow

import (
	"fmt"
	"slices"
	"strconv"
)

// Graph draws the procedure in one of the formats mermaid, dot and svg. The
// title of a key of the catalogue is asked for in words; a title that is empty
// or the key itself counts as missing. The same book and titles make the same
// drawing.
func (b *Book) Graph(format string, title func(key string) string) (string, error) {
	g := b.sketch(title)
	switch format {
	case "mermaid":
		return g.mermaid(), nil
	case "dot":
		return g.dot(), nil
	case "svg":
		return g.svg(), nil
	}
	return "", fmt.Errorf("there is no drawing as %q: take mermaid, dot or svg", format)
}

// graph is what a drawing shows, in words and without a form.
type graph struct {
	words    words
	chapters []*chapter
	repairs  []repair
	nodes    map[string]*node
}

type chapter struct {
	id, name, about string
	nodes           []*node
}

// node is a step of the drawing.
type node struct {
	id, title string
	order     int // in the book
	rank      int // on the spine, -1 beside it
	chapter   *chapter
	gate, end bool
	waits     bool
	ask, skip string   // what is typed; what makes the step be skipped
	reminders []string // after how long the clerk is reminded
	errors    []string // the numbers of the known errors of its screen
	arcs      []arc
}

// arc is a way from a node.
type arc struct {
	kind  arcKind
	label string
	to    *node
}

type arcKind string

const (
	arcNext   arcKind = "next"
	arcGate   arcKind = "gate"
	arcWait   arcKind = "wait"
	arcUnless arcKind = "unless"
)

// repair is a known error that leads to a step.
type repair struct {
	id, name string
	to       *node // nil when the fix is a text
}

func (b *Book) sketch(title func(key string) string) *graph {
	g := &graph{words: title, nodes: map[string]*node{}}
	for _, f := range b.Flows {
		c := &chapter{id: f.ID, name: g.words.or("flows."+f.ID+".name", f.ID), about: g.words.or("flows."+f.ID+".about", "")}
		for _, s := range f.Steps {
			n := b.node(g.words, s)
			n.chapter, n.order = c, len(g.nodes)
			g.nodes[s.ID] = n
			c.nodes = append(c.nodes, n)
		}
		g.chapters = append(g.chapters, c)
	}
	for _, s := range b.Steps() {
		g.connect(s)
	}
	for _, e := range b.Errors {
		g.repairs = append(g.repairs, repair{e.ID, g.words.or("errors."+e.ID+".name", e.ID), g.nodes[e.Go]})
	}
	return g
}

func (b *Book) node(w words, s *Step) *node {
	n := &node{
		id: s.ID, title: w.or(s.ID+".title", s.ID), rank: slices.Index(b.spine, s),
		end: s.End, gate: s.Gate != nil, waits: len(s.Wait) > 0,
	}
	if s.Ask != "" {
		n.ask = w.or("vars."+s.Ask+".name", s.Ask)
	}
	if s.Unless != "" {
		n.skip = w.or("vars."+s.Unless+".name", s.Unless)
	}
	for _, wait := range s.Wait {
		if wait.Go == "" {
			n.reminders = append(n.reminders, w.span(wait.After))
		}
	}
	for _, e := range b.ErrorsAt(s.Screen) {
		n.errors = append(n.errors, strconv.Itoa(slices.Index(b.Errors, e)+1))
	}
	return n
}

// connect adds the arcs of a step; what leads to the same place the same way
// becomes one.
func (g *graph) connect(s *Step) {
	n := g.nodes[s.ID]
	add := func(kind arcKind, label, to string) {
		for i, a := range n.arcs {
			if a.kind == kind && a.to.id == to {
				n.arcs[i].label += " / " + label
				return
			}
		}
		n.arcs = append(n.arcs, arc{kind, label, g.nodes[to]})
	}
	for _, e := range s.Gate {
		add(arcGate, g.words.option(s, e.Option()), e.Go)
	}
	for i, e := range s.Next {
		label := g.words.option(s, e.Option())
		if i == 0 && n.ask != "" {
			label = g.words.graph("typed")
		}
		add(arcNext, label, e.Go)
	}
	for _, w := range s.Wait {
		if w.Go != "" {
			add(arcWait, g.words.span(w.After), w.Go)
		}
	}
	if s.Unless != "" {
		add(arcUnless, g.words.graph("known")+": "+n.skip, s.Next[0].Go)
	}
}
