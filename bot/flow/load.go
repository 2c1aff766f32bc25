package flow

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"
)

// The files of a content folder that are not flows.
const (
	bookFile    = "flows/book.yaml"
	errorsFile  = "flows/errors.yaml"
	answersFile = "flows/answers.yaml"
	ledgerFile  = "flows/ledger.yaml"
)

// cover is the file that names the flows in their order.
type cover struct {
	Start string         `yaml:"start"`
	Flows []string       `yaml:"flows"`
	Vars  map[string]Var `yaml:"vars"`
}

// Load reads the procedure from the folder flows/ of a content folder. The
// error is a Problems when the content is at fault. A book that loads can be
// linked; whether it is a good procedure is for [Book.Check] to say.
func Load(content fs.FS) (*Book, error) {
	var c cover
	root, err := decode(content, bookFile, &c)
	if err != nil {
		return nil, err
	}
	book := &Book{Start: c.Start, Vars: c.Vars}
	book.numberVars(keyLines(under(root, "vars")))
	if err := book.loadFlows(content, c.Flows, items(root, "flows")); err != nil {
		return nil, err
	}
	if err := book.loadErrors(content); err != nil {
		return nil, err
	}
	if err := book.loadAnswers(content); err != nil {
		return nil, err
	}
	if err := book.loadLedger(content); err != nil {
		return nil, err
	}
	if problems := book.link(); len(problems) > 0 {
		return nil, problems
	}
	return book, nil
}

func (b *Book) numberVars(lines map[string]int) {
	for name, v := range b.Vars {
		v.line = lines[name]
		b.Vars[name] = v
	}
}

func (b *Book) loadFlows(content fs.FS, ids []string, nodes []*yaml.Node) error {
	for i, id := range ids {
		flow, err := loadFlow(content, id)
		if errors.Is(err, fs.ErrNotExist) {
			return Problems{problem(bookFile, at(nodes, i).Line,
				fmt.Sprintf("there is no file flows/%s.yaml", id), "write it or take the flow off the list")}
		}
		if err != nil {
			return err
		}
		flow.index = i
		b.Flows = append(b.Flows, flow)
	}
	return nil
}

func loadFlow(content fs.FS, id string) (*Flow, error) {
	flow := &Flow{file: path.Join("flows", id+".yaml")}
	root, err := decode(content, flow.file, flow)
	if err != nil {
		return nil, err
	}
	if flow.ID != id {
		return nil, Problems{problem(flow.file, 1, fmt.Sprintf("the flow calls itself %q", flow.ID), "name it as its file: "+id)}
	}
	flow.lines, flow.moves = keyLines(root), keyLines(under(root, "migrate"))
	nodes := items(root, "steps")
	for i, s := range flow.Steps {
		if s == nil {
			return nil, Problems{nothing(flow.file, nodes, i)}
		}
		s.flow = flow
		s.number(at(nodes, i))
	}
	return flow, nil
}

// number notes the lines of a step and of its ways.
func (s *Step) number(node *yaml.Node) {
	s.line = node.Line
	next, gate, wait := items(node, "next"), items(node, "gate"), items(node, "wait")
	for i := range s.Next {
		s.Next[i].line = max(s.line, at(next, i).Line)
	}
	for i := range s.Gate {
		s.Gate[i].line = max(s.line, at(gate, i).Line)
	}
	for i := range s.Wait {
		s.Wait[i].line = max(s.line, at(wait, i).Line)
	}
}

func (b *Book) loadErrors(content fs.FS) error {
	var file struct {
		Errors []*KnownError `yaml:"errors"`
	}
	root, err := decode(content, errorsFile, &file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	nodes := items(root, "errors")
	for i, e := range file.Errors {
		if e == nil {
			return Problems{nothing(errorsFile, nodes, i)}
		}
		e.line = at(nodes, i).Line
	}
	b.Errors = file.Errors
	return nil
}

func (b *Book) loadAnswers(content fs.FS) error {
	var file struct {
		Answers []*Answer `yaml:"answers"`
	}
	root, err := decode(content, answersFile, &file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	nodes := items(root, "answers")
	for i, a := range file.Answers {
		if a == nil {
			return Problems{nothing(answersFile, nodes, i)}
		}
		a.line = at(nodes, i).Line
	}
	b.Answers = file.Answers
	return nil
}

func (b *Book) loadLedger(content fs.FS) error {
	var file struct {
		Entries []Entry `yaml:"entries"`
	}
	root, err := decode(content, ledgerFile, &file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	nodes := items(root, "entries")
	for i := range file.Entries {
		file.Entries[i].line = at(nodes, i).Line
	}
	b.Ledger = file.Entries
	return nil
}
