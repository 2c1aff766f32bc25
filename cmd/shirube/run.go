package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// The exit codes.
const (
	exitDone   = 0
	exitNo     = 1 // it ran, and the answer is no
	exitUnable = 2 // it could not run
)

// errNo is the answer no; what there is to say about it was said already.
var errNo = errors.New("no")

// commands is the command line.
type commands struct {
	Try      tryCmd      `cmd:"" help:"Chat with the guide in the terminal; nothing else is needed."`
	Serve    serveCmd    `cmd:"" help:"Run the server."`
	Outbox   outboxCmd   `cmd:"" help:"List and replay what could not be sent."`
	Manifest manifestCmd `cmd:"" help:"Make the app manifest of a platform."`
	Cases    casesCmd    `cmd:"" help:"What the clerks' cases show the distributor."`
	Ask      askCmd      `cmd:"" help:"Say what a text of the clerk would be understood as."`
	Flow     flowCmd     `cmd:"" help:"Check, test and draw the procedure."`
	Check    checkCmd    `cmd:"" help:"Check an address, a name, a day or a text by the rules of the procedure."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// run parses the arguments and runs the command; the result is the exit code.
func run(ctx context.Context, args []string, e world) int {
	var cli commands
	exit := -1 // set when help was asked for
	parser, err := kong.New(&cli,
		kong.Name("shirube"),
		kong.Description("しるべ guides the staff of a Japanese reseller through becoming a Microsoft partner."),
		kong.Writers(e.Out, e.Err),
		kong.Exit(func(code int) { exit = code }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return fail(e, err)
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		return fail(e, fmt.Errorf("%w; see %s --help", err, reached(err)))
	}
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(e)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNo):
		return exitNo
	}
	return fail(e, err)
}

// reached is the command whose arguments are wrong, as it is typed.
func reached(err error) string {
	if wrong := (*kong.ParseError)(nil); errors.As(err, &wrong) {
		if node := wrong.Context.Selected(); node != nil {
			return node.FullPath()
		}
	}
	return "shirube"
}

// fail says in one line why the program could not run. Problems of a content
// folder are a line each.
func fail(e world, err error) int {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(e.Err, "shirube: "+line)
	}
	return exitUnable
}
