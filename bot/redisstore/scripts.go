package redisstore

import (
	"context"
	"embed"

	"github.com/redis/go-redis/v9"
)

// sources are the scripts. Each says what its KEYS, ARGV and results are.
//
//go:embed lua/*.lua
var sources embed.FS

// scripts are called by their hash; a server that does not know one, because
// it was restarted, is sent the whole.
type scripts struct{ commit, claim, done, retry, bury, exhume, reseal *redis.Script }

func newScripts() scripts {
	return scripts{
		commit: script("commit"), claim: script("claim"),
		done: script("done"), retry: script("retry"), bury: script("bury"), exhume: script("exhume"), reseal: script("reseal"),
	}
}

func script(name string) *redis.Script { return redis.NewScript(source("queue") + source(name)) }

func source(name string) string {
	text, err := sources.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(text)
}

// call is one script's call on one shard.
type call struct {
	keys []string
	args []any
}

// run makes all calls in one round trip. Calls that the server answers with
// NOSCRIPT, which have done nothing, are made once more with the whole script.
func run(ctx context.Context, client redis.UniversalClient, script *redis.Script, calls []call) []*redis.Cmd {
	cmds := send(ctx, client, script.EvalSha, calls)
	var unknown []int
	var again []call
	for i, cmd := range cmds {
		if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
			unknown, again = append(unknown, i), append(again, calls[i])
		}
	}
	if len(again) > 0 {
		for i, cmd := range send(ctx, client, script.Eval, again) {
			cmds[unknown[i]] = cmd
		}
	}
	return cmds
}

// eval is [redis.Script.EvalSha] or [redis.Script.Eval].
type eval func(ctx context.Context, c redis.Scripter, keys []string, args ...any) *redis.Cmd

func send(ctx context.Context, client redis.UniversalClient, do eval, calls []call) []*redis.Cmd {
	cmds := make([]*redis.Cmd, len(calls))
	pipe := client.Pipeline()
	for i, c := range calls {
		cmds[i] = do(ctx, pipe, c.keys, c.args...)
	}
	_, _ = pipe.Exec(ctx) // every command has its own error
	return cmds
}
