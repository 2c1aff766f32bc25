package locale

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"
	"text/template/parse"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/bot"
)

const dir = "locales"

// Load reads the catalogues from the folder locales/ of a content folder: one
// folder a language, YAML files whose nested keys are joined by dots. The error
// is a bot.Problems when a file is at fault.
func Load(content fs.FS) (*Catalog, error) {
	langs, err := fs.ReadDir(content, dir)
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	texts := map[string]map[string]entry{}
	for _, lang := range langs {
		if !lang.IsDir() {
			continue
		}
		if texts[lang.Name()], err = loadLanguage(content, lang.Name()); err != nil {
			return nil, err
		}
	}
	if texts[Default] == nil {
		return nil, bot.Problems{{File: dir, What: "there is no folder " + Default, Do: "add the catalogue of the default language"}}
	}
	return newCatalog(texts), nil
}

func loadLanguage(content fs.FS, lang string) (map[string]entry, error) {
	files, err := fs.Glob(content, path.Join(dir, lang, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	l := loader{texts: map[string]entry{}}
	for _, file := range files {
		data, err := fs.ReadFile(content, file)
		if err != nil {
			return nil, fmt.Errorf("read content: %w", err)
		}
		l.file = file
		l.read(data)
	}
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	return l.texts, nil
}

// loader collects the texts of one language.
type loader struct {
	file     string
	texts    map[string]entry
	problems bot.Problems
}

func (l *loader) read(data []byte) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line, what := 0, strings.TrimPrefix(err.Error(), "yaml: ")
		if _, err := fmt.Sscanf(what, "line %d:", &line); err == nil {
			_, what, _ = strings.Cut(what, ": ")
		}
		l.problem(line, what, "correct the YAML there; a text with a colon needs quotes")
		return
	}
	if len(doc.Content) > 0 {
		l.walk("", doc.Content[0])
	}
}

func (l *loader) walk(key string, node *yaml.Node) {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			l.walk(strings.TrimPrefix(key+"."+node.Content[i].Value, "."), node.Content[i+1])
		}
	case yaml.ScalarNode:
		l.keep(key, node)
	default:
		l.problem(node.Line, fmt.Sprintf("%q is a list", key), "write a text, or texts under further keys")
	}
}

func (l *loader) keep(key string, node *yaml.Node) {
	text := strings.TrimSpace(node.Value)
	first, twice := l.texts[key]
	switch _, err := template.New("").Parse(text); {
	case text == "":
		l.problem(node.Line, fmt.Sprintf("the text %q is empty", key), "write it or remove the key")
	case twice:
		l.problem(node.Line, fmt.Sprintf("the text %q is there twice", key), fmt.Sprintf("remove it here or in %s:%d", first.file, first.line))
	case err != nil || strings.Contains(simple.ReplaceAllString(text, ""), "{{"):
		l.problem(node.Line, fmt.Sprintf("the text %q has a broken template", key), "write values as {{.name}} and nothing else in braces")
	}
	l.texts[key] = entry{text: text, file: l.file, line: node.Line}
}

// simple is the only thing a text may have in braces.
var simple = regexp.MustCompile(`\{\{\.[a-z_]+\}\}`)

func (l *loader) problem(line int, what, do string) {
	l.problems = append(l.problems, bot.Problem{File: l.file, Line: line, What: what, Do: do})
}

// fields are the names of the values a template uses.
func fields(text string) []string {
	tmpl, err := template.New("").Parse(text)
	if err != nil || tmpl.Tree == nil {
		return nil
	}
	var names []string
	for _, node := range tmpl.Tree.Root.Nodes {
		action, isAction := node.(*parse.ActionNode)
		if !isAction {
			continue
		}
		for _, cmd := range action.Pipe.Cmds {
			for _, arg := range cmd.Args {
				if field, isField := arg.(*parse.FieldNode); isField {
					names = append(names, field.Ident[0])
				}
			}
		}
	}
	return names
}
