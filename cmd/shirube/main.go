// Command shirube is the guide: a chat in the terminal, the tools of the
// procedure's author, and the server.
package main

import (
	"context"
	"io"
	"os"
	"strings"
	"time"
)

// stdio is where a command reads and writes.
type stdio struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// world is what is outside, handed in so that tests can be it.
type world struct {
	stdio
	Vars map[string]string // the environment
	Now  func() time.Time
}

// environment is the process's variables by name.
func environment(list []string) map[string]string {
	vars := map[string]string{}
	for _, pair := range list {
		name, value, _ := strings.Cut(pair, "=")
		vars[name] = value
	}
	return vars
}

func main() {
	os.Exit(run(context.Background(), os.Args[1:], world{
		stdio: stdio{os.Stdin, os.Stdout, os.Stderr}, Vars: environment(os.Environ()), Now: time.Now,
	}))
}
