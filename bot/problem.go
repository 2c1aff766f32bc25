package bot

import (
	"fmt"
	"strings"
)

// Problem is something wrong in a content folder, said so that its author can
// mend it.
type Problem struct {
	File string // relative to the content folder
	Line int    // from 1; 0 when the whole file is meant
	What string // what is wrong
	Do   string // what to do about it
}

func (p Problem) String() string {
	at := p.File
	if p.Line > 0 {
		at = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s: %s; %s", at, p.What, p.Do)
}

// Problems are all problems found at once. As an error they are one a line.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}
