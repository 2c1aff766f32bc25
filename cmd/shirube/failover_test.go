package main

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// TestFailover kills the master: a sentinel makes its replica the new one, and
// the server goes on there without a restart.
func TestFailover(t *testing.T) {
	t.Parallel()
	master, err := redistest.Launch(t.TempDir(), redistest.Durable()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Kill() })
	host, port, _ := net.SplitHostPort(master.Addr())
	redistest.Start(t, append(redistest.Durable(), "--replicaof", host+" "+port)...)
	sentinel := redistest.Sentinel(t, master.Addr(), "sentinel down-after-milliseconds mymaster 500", "sentinel failover-timeout mymaster 5000")
	admin := redis.NewClient(&redis.Options{Addr: master.Addr()})
	t.Cleanup(func() { _ = admin.Close() })
	watcher := redis.NewClient(&redis.Options{Addr: sentinel})
	t.Cleanup(func() { _ = watcher.Close() })

	st := newStand(t, "redis+sentinel://"+sentinel+"/mymaster")
	until(t, "the sentinel knows the replica", func() bool {
		info, _ := watcher.Info(t.Context(), "sentinel").Result()
		return strings.Contains(info, "slaves=1")
	})
	st.say(1, http.StatusOK)
	st.slack.heard(t, "D1", 1)
	// Nothing that was answered may wait for its way to the replica.
	until(t, "the replica has it all", func() bool { return admin.Wait(t.Context(), 1, 0).Val() == 1 })
	if err := master.Kill(); err != nil {
		t.Fatal(err)
	}
	st.ready(http.StatusServiceUnavailable)
	if got := knock(st.base, event("1", "Ev2", "2")); got != http.StatusServiceUnavailable && got != http.StatusOK { // the new master may be there by now
		t.Errorf("meanwhile: status %d", got)
	}
	st.ready(http.StatusOK)
	for n := range 4 {
		st.say(n+1, http.StatusOK)
	}
	st.slack.heard(t, "D1", 4)
	st.slack.heard(t, "C9", 1)
	st.saidOnce(4)
	if want := []string{"store is away; platforms are told to deliver again", "store is back"}; !slices.Equal(st.log.told(), want) {
		t.Errorf("the log says %q, want %q", st.log.told(), want)
	}
}
