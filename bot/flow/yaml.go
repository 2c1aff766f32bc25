package flow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// decode reads a YAML file strictly into v and returns its root, for the lines.
func decode(content fs.FS, file string, v any) (*yaml.Node, error) {
	data, err := fs.ReadFile(content, file)
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(v); errors.Is(err, io.EOF) {
		return nil, Problems{problem(file, 0, "the file is empty", "write it, or take it away with what names it")}
	} else if err != nil {
		return nil, yamlProblems(file, err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, yamlProblems(file, err)
	}
	return doc.Content[0], nil
}

var (
	lineOf  = regexp.MustCompile(`line (\d+): (.*)`)
	keyOf   = regexp.MustCompile(`field (\S+) not found in type \S+`)
	prefix  = regexp.MustCompile(`^yaml: `)
	entryOf = regexp.MustCompile(`(?s)cannot unmarshal !!\S+( .*)? into \S+$`)
)

// yamlProblems puts the decoder's words into ours.
func yamlProblems(file string, err error) Problems {
	texts := []string{err.Error()}
	if typed := (*yaml.TypeError)(nil); errors.As(err, &typed) {
		texts = typed.Errors
	}
	var problems Problems
	for _, text := range texts {
		p := Problem{File: file, What: prefix.ReplaceAllString(text, ""), Do: "correct the YAML there"}
		if m := lineOf.FindStringSubmatch(text); m != nil {
			p.Line, _ = strconv.Atoi(m[1])
			p.What = m[2]
		}
		if m := keyOf.FindStringSubmatch(p.What); m != nil {
			p.What, p.Do = fmt.Sprintf("unknown key %q", m[1]), "correct its spelling or remove it"
		} else if m := entryOf.FindStringSubmatch(p.What); m != nil {
			p.What, p.Do = "a value of another kind than the key takes"+m[1], "see the other entries for its form"
		}
		problems = append(problems, p)
	}
	return problems
}

// UnmarshalYAML reads a span of a flow file; an error tells the line.
func (s *Span) UnmarshalYAML(node *yaml.Node) error {
	if err := s.UnmarshalText([]byte(node.Value)); err != nil {
		return fmt.Errorf("line %d: %w", node.Line, err)
	}
	return nil
}

// under is what stands under a key of a mapping; a node without content when
// nothing does.
func under(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return target(mapping.Content[i+1])
		}
	}
	return &yaml.Node{}
}

// items are the entries of a list under a key of a mapping.
func items(mapping *yaml.Node, key string) []*yaml.Node { return under(mapping, key).Content }

// at is an entry of a list; a node without a line when there is none, as where
// the list came by a merge.
func at(nodes []*yaml.Node, i int) *yaml.Node {
	if i < len(nodes) {
		return target(nodes[i])
	}
	return &yaml.Node{}
}

// target is the node itself, or the one an alias stands for.
func target(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// keyLines are the lines of the keys of a mapping.
func keyLines(mapping *yaml.Node) map[string]int {
	lines := map[string]int{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		lines[mapping.Content[i].Value] = mapping.Content[i].Line
	}
	return lines
}

// nothing is a list's entry that is only a dash.
func nothing(file string, nodes []*yaml.Node, i int) Problem {
	return problem(file, at(nodes, i).Line, "an entry of the list is empty", "write it or remove the dash")
}
