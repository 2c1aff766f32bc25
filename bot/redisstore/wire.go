package redisstore

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// maxQueued bounds the commands that wait for a server that is slow; what comes
// on top of them fails at once.
const maxQueued = 20_000

// wire sends single commands. Those that many goroutines send at the same time
// travel together, in one round trip and, where the server writes every command
// to the disk, with one sync.
type wire struct{ pipe *redis.AutoPipeliner }

func newWire(client redis.UniversalClient) (wire, error) {
	options := redis.DefaultAutoPipelineOptions()
	options.MaxQueuedCommands = maxQueued
	pipe, err := client.AsyncAutoPipelineWithOptions(options)
	if err != nil {
		return wire{}, fmt.Errorf("redis pipeline: %w", err)
	}
	return wire{pipe}, nil
}

// send waits for the command's answer, but no longer than the context; then the
// command may be carried out all the same and must not be read.
func (w wire) send(ctx context.Context, cmd redis.Cmder) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.pipe.Submit(ctx, cmd).WaitContext(ctx)
}

// run calls a script by its hash. A server that does not know it, because it was
// restarted, has done nothing, and is sent the whole.
func (w wire) run(ctx context.Context, script *script, keys []string, args ...any) (*redis.Cmd, error) {
	cmd := call("evalsha", script.hash, keys, args)
	err := w.send(ctx, cmd)
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		cmd = call("eval", script.source, keys, args)
		err = w.send(ctx, cmd)
	}
	return cmd, err
}

func call(name, script string, keys []string, args []any) *redis.Cmd {
	all := make([]any, 0, 3+len(keys)+len(args))
	all = append(all, name, script, len(keys))
	for _, key := range keys {
		all = append(all, key)
	}
	// The command outlives the context of who waits for it.
	cmd := redis.NewCmd(context.Background(), append(all, args...)...)
	cmd.SetFirstKeyPos(3)
	return cmd
}
