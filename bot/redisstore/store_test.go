package redisstore_test

import (
	"sync/atomic"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot/redisstore/redistest"
	"github.com/shirube/shirube/bot/storetest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestStore gives every test a database of its own on one server.
func TestStore(t *testing.T) {
	t.Parallel()
	const databases = "2000"
	url := redistest.Start(t, "--databases", databases)
	var next atomic.Int32
	storetest.Run(t, func(t *testing.T) storetest.Harness {
		options, err := redis.ParseURL(url)
		if err != nil {
			t.Fatal(err)
		}
		options.DB = int(next.Add(1)) % 2000
		client := redis.NewClient(options)
		t.Cleanup(func() { _ = client.Close() })
		if err := client.FlushDB(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		return storetest.Harness{Store: open(t, client, storetest.Lease), Reopen: func() storetest.Store {
			_ = client.Close()
			client = redis.NewClient(options)
			return open(t, client, storetest.Lease)
		}}
	})
}
