package flow

import "strconv"

// Way is one edge of the whole procedure, for coverage and for drawings.
type Way struct {
	ID       string // "csp.open/next/done"
	From, To string // steps; To equals From where the clerk stays
	When     string // the option, the wait or "unless"
}

// Ways are all edges of the procedure in the order of the book.
func (b *Book) Ways() []Way {
	var ways []Way
	for _, s := range b.Steps() {
		ways = append(ways, s.ways()...)
	}
	for _, e := range b.Errors {
		if e.Go != "" {
			ways = append(ways, Way{ID: errorWay(e.ID), From: "error:" + e.ID, To: e.Go, When: "go"})
		}
	}
	return ways
}

func (s *Step) ways() []Way {
	var ways []Way
	add := func(kind, when, to string) {
		ways = append(ways, Way{ID: wayID(s.ID, kind, when), From: s.ID, To: to, When: when})
	}
	if s.Unless != "" {
		add("unless", s.Unless, s.Next[0].Go)
	}
	if s.Gate != nil {
		add("gate", optionConfirm, s.ID)
	}
	for _, e := range s.Gate {
		add("gate", e.Option(), e.Go)
	}
	for _, e := range s.Next {
		add("next", e.Option(), e.Go)
	}
	for i, w := range s.Wait {
		to := w.Go
		if to == "" {
			to = s.ID
		}
		add("wait", strconv.Itoa(i), to)
	}
	return ways
}

func wayID(step, kind, when string) string { return step + "/" + kind + "/" + when }

func errorWay(id string) string { return "error:" + id + "/go" }
