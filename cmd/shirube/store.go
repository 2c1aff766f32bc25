package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/redisstore"
)

// keeper is everything a store keeps.
type keeper interface {
	bot.Store
	bot.Outbox
	bot.Threads
	bot.Vault
}

// openStore opens the store a URL names.
func openStore(url string) (keeper, io.Closer, error) {
	if path, found := strings.CutPrefix(url, "file:"); found {
		store, err := boltstore.Open(path, lease)
		if err != nil {
			return nil, nil, err
		}
		return store, store, store.Release()
	}
	client, err := redisstore.Dial(url)
	if err != nil {
		return nil, nil, fmt.Errorf("STORE_URL: %w", err)
	}
	return redisstore.New(client, lease), client, nil
}
