package redisstore_test

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

// trips counts round trips: commands sent alone, and pipelines.
type trips struct{ commands, pipelines atomic.Int64 }

func (n *trips) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (n *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		n.commands.Add(1)
		return next(ctx, cmd)
	}
}

func (n *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		n.pipelines.Add(1)
		return next(ctx, cmds)
	}
}

// took is what was counted since it was asked last.
func (n *trips) took() [2]int64 { return [2]int64{n.commands.Swap(0), n.pipelines.Swap(0)} }

// TestTrips counts the round trips of every call on a server that knows the
// scripts; it learns them in the first round.
func TestTrips(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	count := &trips{}
	client.AddHook(count)
	for n := range int64(2) {
		for _, c := range calls(t.Context(), store, replyTurn(n)) {
			if err := c.do(); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if got := count.took(); n > 0 && got != c.want {
				t.Errorf("%s: %d commands and %d pipelines, want %v", c.name, got[0], got[1], c.want)
			}
		}
	}
}

// callOf is a call of the store and how many commands and pipelines it may be.
type callOf struct {
	name string
	do   func() error
	want [2]int64
}

func calls(ctx context.Context, store *redisstore.Store, turn bot.Turn) []callOf {
	command, pipeline := [2]int64{1, 0}, [2]int64{0, 1} // alone; with others, commands share a pipeline
	var claims []bot.Claim
	claim := func() (err error) { claims, err = store.Claim(ctx, turn.At, 20); return err }
	return []callOf{
		{"Load", func() error { _, err := store.Load(ctx, turn.Session.ID); return err }, command},
		{"Commit", func() error { return storetest.Save(ctx, store, turn) }, command},
		{"Commit again", func() error { return ignore(storetest.Save(ctx, store, turn), bot.ErrDuplicate) }, command},
		{"Next", func() error { _, _, err := store.Next(ctx); return err }, pipeline},
		{"Claim nothing", func() error { _, err := store.Claim(ctx, turn.At.Add(-time.Hour), 20); return err }, pipeline},
		{"Claim", claim, pipeline},
		{"Retry", func() error { return store.Retry(ctx, claims[0], turn.At, nil) }, command},
		{"Claim again", claim, pipeline},
		{"Done", func() error { return storetest.Finish(ctx, store, claims[0], bot.Receipt{}) }, command},
	}
}

// TestUnknownScripts empties the server's script cache before every call.
func TestUnknownScripts(t *testing.T) {
	t.Parallel()
	client := dial(t, redistest.Start(t))
	store := open(t, client, storetest.Lease)
	client.AddHook(flush{client})
	for n := range int64(3) {
		reply(t, store, n)
	}
}

// flush empties the script cache before every EVALSHA.
type flush struct{ client redis.UniversalClient }

func (f flush) DialHook(next redis.DialHook) redis.DialHook { return next }

func (f flush) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if cmd.Name() == "evalsha" {
			if err := f.client.ScriptFlush(ctx).Err(); err != nil {
				return err
			}
		}
		return next(ctx, cmd)
	}
}

func (f flush) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if cmds[0].Name() == "evalsha" {
			if err := f.client.ScriptFlush(ctx).Err(); err != nil {
				return err
			}
		}
		return next(ctx, cmds)
	}
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}
