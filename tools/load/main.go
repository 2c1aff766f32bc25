// Command load measures what the server costs: against a floor that does the
// same work without an engine and an outbox, with neighbours that are noisy or
// slow, and with a million sessions that only wait.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// world is what is outside.
type world struct {
	Out, Err io.Writer
	Now      func() time.Time
}

// commands is the command line.
type commands struct {
	Compare compareCmd `cmd:"" default:"withargs" help:"Measure the server and the floor in turn."`
	Fair    fairCmd    `cmd:"" help:"Measure calm users alone, beside a noisy one, and with a slow channel."`
	Idle    idleCmd    `cmd:"" help:"Measure a server on sessions that only wait."`
	Floor   floorCmd   `cmd:"" help:"Run the floor; the other commands start it."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var cli commands
	command := kong.Parse(&cli, kong.Name("load"),
		kong.Description("load measures the server on this machine; all of it stays on loopback."))
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(world{Out: os.Stdout, Err: os.Stderr, Now: time.Now}); err != nil {
		fmt.Fprintln(os.Stderr, "load: "+err.Error())
		stop()
		os.Exit(2)
	}
}
