package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestHouse holds who may import whom: siblings have no back doors.
func TestHouse(t *testing.T) {
	t.Parallel()
	const module = "github.com/shirube/shirube/"
	may := map[string][]string{
		"bot":                      {},
		"bot/japan":                {},
		"bot/flow":                 {"bot", "bot/japan", "bot/match"},
		"bot/locale":               {"bot"},
		"bot/match":                {"bot"},
		"bot/router":               {"bot"},
		"bot/deliver":              {"bot"},
		"bot/transcript":           {"bot", "bot/flow"},
		"bot/local":                {"bot"},
		"bot/slack":                {"bot"},
		"bot/teams":                {"bot"},
		"bot/teams/teamstest":      {},
		"bot/boltstore":            {"bot"},
		"bot/redisstore":           {"bot"},
		"bot/storetest":            {"bot"},
		"bot/platformtest":         {"bot"},
		"flows":                    {},
		"locales":                  {},
		"cmd/shirube":              nil, // everything
		"bot/redisstore/redistest": {},
		"tools/load":               {"bot", "bot/redisstore", "bot/redisstore/redistest"},
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(pkg.ImportPath, module)
		allowed, known := may[name]
		if !known {
			t.Errorf("%s has no place in the house: add it to this table and to the README", name)
		}
		for _, path := range pkg.Imports {
			other, ours := strings.CutPrefix(path, module)
			if ours && allowed != nil && !slices.Contains(allowed, other) {
				t.Errorf("%s imports %s", name, other)
			}
			if name == "bot" && strings.Contains(path, ".") {
				t.Errorf("bot imports %s, but may import the standard library only", path)
			}
		}
	}
}
