package flow

import "github.com/shirube/shirube/bot"

type (
	// Problem is the vocabulary's, for what this package finds wrong in a
	// content folder.
	Problem = bot.Problem
	// Problems are all of them at once.
	Problems = bot.Problems
)

func problem(file string, line int, what, do string) Problem {
	return Problem{File: file, Line: line, What: what, Do: do}
}
