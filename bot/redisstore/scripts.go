package redisstore

import (
	"context"
	"crypto/sha1" //nolint:gosec // Redis names scripts by it
	"embed"
	"encoding/hex"

	"github.com/redis/go-redis/v9"
)

// sources are the scripts. Each says what its KEYS, ARGV and results are.
//
//go:embed lua/*.lua
var sources embed.FS

// script is a script and the hash by which a server knows it.
type script struct{ source, hash string }

// scripts are all there are.
type scripts struct{ commit, claim, done, retry, bury, exhume, reseal, swap *script }

func newScripts() scripts {
	return scripts{
		commit: load("commit"), claim: load("claim"),
		done: load("done"), retry: load("retry"), bury: load("bury"), exhume: load("exhume"), reseal: load("reseal"),
		swap: load("swap"),
	}
}

// load puts what all scripts know of queues before one.
func load(name string) *script {
	text := source("queue") + source(name)
	sum := sha1.Sum([]byte(text)) //nolint:gosec // no secret
	return &script{source: text, hash: hex.EncodeToString(sum[:])}
}

func source(name string) string {
	text, err := sources.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(text)
}

// input is what one call of a script is made with.
type input struct {
	keys []string
	args []any
}

// runAll makes several calls in one round trip. Those that the server answers
// with NOSCRIPT, which have done nothing, are made once more with the whole
// script.
func runAll(ctx context.Context, client redis.UniversalClient, s *script, inputs []input) []*redis.Cmd {
	cmds := sendAll(ctx, client, "evalsha", s.hash, inputs)
	var unknown []int
	var again []input
	for i, cmd := range cmds {
		if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
			unknown, again = append(unknown, i), append(again, inputs[i])
		}
	}
	if len(again) > 0 {
		for i, cmd := range sendAll(ctx, client, "eval", s.source, again) {
			cmds[unknown[i]] = cmd
		}
	}
	return cmds
}

func sendAll(ctx context.Context, client redis.UniversalClient, name, script string, inputs []input) []*redis.Cmd {
	cmds := make([]*redis.Cmd, len(inputs))
	pipe := client.Pipeline()
	for i, in := range inputs {
		cmds[i] = call(name, script, in.keys, in.args)
		_ = pipe.Process(ctx, cmds[i]) // it is queued
	}
	_, _ = pipe.Exec(ctx) // every command has its own error
	return cmds
}
