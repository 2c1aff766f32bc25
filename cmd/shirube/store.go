package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/redis/go-redis/v9"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/redisstore"
)

// keeper is everything a store keeps.
type keeper interface {
	bot.Store
	bot.Outbox
	bot.Graves
	bot.Threads
	bot.Vault
	bot.References
	bot.Reports
	// Check fails when nothing could be committed now.
	Check(ctx context.Context) error
}

// storeURL is where the store is by STORE_URL and REDIS_URL.
func storeURL(own, redis string) string { return cmp.Or(own, redis, "file:shirube.db") }

// openStore opens the store a URL names.
func openStore(url string, log *slog.Logger) (keeper, io.Closer, error) {
	if path, embedded := storeFile(url); embedded {
		if path == "" {
			return nil, nil, errors.New("STORE_URL names no file; write file:PATH")
		}
		store, err := boltstore.Open(path, lease)
		if err != nil {
			return nil, nil, err
		}
		return store, store, store.Release()
	}
	redis.SetLogger(quiet{log})
	client, err := redisstore.Dial(url)
	if err != nil {
		return nil, nil, fmt.Errorf("STORE_URL (or REDIS_URL): %w", err)
	}
	store, err := redisstore.New(client, lease)
	if err != nil {
		return nil, nil, errors.Join(err, client.Close())
	}
	return store, client, nil
}

// quiet hands what the Redis client has to say to the program's own log.
type quiet struct{ log *slog.Logger }

// Printf implements the client's logger.
func (q quiet) Printf(_ context.Context, format string, v ...any) {
	q.log.Debug("redis client", "says", fmt.Sprintf(format, v...))
}
