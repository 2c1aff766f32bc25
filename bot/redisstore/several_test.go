package redisstore_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
)

// TestCluster spreads sessions over three masters and takes them all the way:
// no command may touch two hash slots, and a claim finds them all.
func TestCluster(t *testing.T) {
	t.Parallel()
	store := open(t, dial(t, "redis+cluster://"+strings.Join(cluster(t, 3), ",")), storetest.Lease)
	everyCall(t, store)
}

// TestHiddenCluster has a cluster behind a URL that does not say so, as some
// providers do.
func TestHiddenCluster(t *testing.T) {
	t.Parallel()
	everyCall(t, open(t, dial(t, "redis://"+cluster(t, 1)[0]), storetest.Lease))
}

// TestSentinel finds the master through a sentinel; both want a password.
func TestSentinel(t *testing.T) {
	t.Parallel()
	master := strings.TrimPrefix(redistest.Start(t, "--requirepass", "secret"), "redis://")
	sentinel := redistest.Sentinel(t, master, "sentinel auth-pass mymaster secret", "requirepass other")
	url := "redis+sentinel://:secret@" + sentinel + "/mymaster?sentinel_password=other"
	everyCall(t, open(t, dial(t, url), storetest.Lease))
}

// everyCall has many sessions, so that every shard has some, and makes every
// call on them.
func everyCall(t *testing.T, store *redisstore.Store) {
	t.Helper()
	const sessions = 100
	ids := map[string]bool{}
	for n := range sessions {
		turn := turnOf(fmt.Sprint("slack:T1:U", n), 0)
		commit(t, store, turn)
		ids[turn.Session.ID] = true
	}
	now := replyTurn(0).At
	if due, ok, err := store.Next(t.Context()); err != nil || !ok || !due.Equal(now) {
		t.Fatalf("next is %v %v (error %v), want %v", due, ok, err, now)
	}
	end := []func(bot.Claim) error{
		func(c bot.Claim) error { return storetest.Finish(t.Context(), store, c, bot.Receipt{}) },
		func(c bot.Claim) error { return store.Retry(t.Context(), c, now.Add(time.Hour), nil) },
		func(c bot.Claim) error { return store.Bury(t.Context(), c, nil) },
	}
	for len(ids) > 0 {
		claims, err := store.Claim(t.Context(), now, 30)
		if err != nil || len(claims) != min(30, len(ids)) {
			t.Fatalf("claimed %d of %d (error %v)", len(claims), len(ids), err)
		}
		for i, c := range claims {
			delete(ids, c.Effect.Session)
			if err := end[i%3](c); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := store.Reseal(t.Context(), "slack:T1", nil, []byte("x")); err != nil {
		t.Fatal(err)
	}
	for n := range sessions {
		bye := turnOf(fmt.Sprint("slack:T1:U", n), 1)
		bye.Forget, bye.Effects = true, nil
		commit(t, store, bye)
	}
	if due, ok, err := store.Next(t.Context()); err != nil || ok {
		t.Fatalf("next is %v (error %v), want nothing", due, err)
	}
}

// cluster starts n masters that know each other and returns their hosts and
// ports.
func cluster(t *testing.T, n int) []string {
	t.Helper()
	var addrs []string
	var nodes []*redis.Client
	for i := range n {
		addr := strings.TrimPrefix(redistest.Start(t, "--cluster-enabled", "yes"), "redis://")
		node := redis.NewClient(&redis.Options{Addr: addr})
		t.Cleanup(func() { _ = node.Close() })
		addrs, nodes = append(addrs, addr), append(nodes, node)
		if err := node.ClusterAddSlotsRange(t.Context(), i*16384/n, (i+1)*16384/n-1).Err(); err != nil {
			t.Fatal(err)
		}
		host, port, _ := strings.Cut(addrs[0], ":")
		if err := node.ClusterMeet(t.Context(), host, port).Err(); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, node := range nodes {
		await(ctx, t, node, fmt.Sprintf("cluster_known_nodes:%d\r\n", n))
	}
	return addrs
}

// await asks a node until the cluster is complete in its eyes; all is how it
// says so.
func await(ctx context.Context, t *testing.T, node *redis.Client, all string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		info, err := node.ClusterInfo(ctx).Result()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(info, "cluster_state:ok") && strings.Contains(info, all) {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("no cluster:\n%s", info)
		case <-tick.C:
		}
	}
}
