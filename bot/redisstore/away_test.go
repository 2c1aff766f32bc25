package redisstore_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot/storetest"
)

// away makes one shard, or all, fail.
type away struct{ tag string }

func (a away) DialHook(next redis.DialHook) redis.DialHook          { return next }
func (a away) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }

func (a away) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		err := next(ctx, cmds)
		for _, cmd := range cmds {
			if strings.Contains(cmd.String(), a.tag) {
				cmd.SetErr(io.ErrUnexpectedEOF)
			}
		}
		return err
	}
}

// TestPartAway has a part of the data out of reach: what the others have is
// claimed, and the error is not kept from who waits.
func TestPartAway(t *testing.T) {
	t.Parallel()
	url := "redis://" + cluster(t, 1)[0]
	for tag, want := range map[string]int{"{s:3}": 37, "{s:": 0} {
		client := dial(t, url)
		store := open(t, client, storetest.Lease)
		if err := client.FlushDB(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		for n := range 40 {
			commit(t, store, turnOf(fmt.Sprint("slack:T1:U", n), 0))
		}
		if _, err := store.Claim(t.Context(), replyTurn(-1).At, 1); err != nil { // learns that this is a cluster
			t.Fatal(err)
		}
		client.AddHook(away{tag})
		claims, err := store.Claim(t.Context(), replyTurn(0).At, 100)
		if len(claims) != want || (err != nil) != (want == 0) {
			t.Errorf("without %s: claimed %d (error %v), want %d", tag, len(claims), err, want)
		}
		if claims, err = store.Claim(t.Context(), replyTurn(0).At, 100); len(claims) > 0 || err == nil {
			t.Errorf("without %s: claimed %d more without an error", tag, len(claims))
		}
	}
}
