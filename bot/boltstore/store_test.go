package boltstore_test

import (
	"path/filepath"
	"testing"

	"github.com/shirube/shirube/bot/boltstore"
	"github.com/shirube/shirube/bot/storetest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	child()
	goleak.VerifyTestMain(m)
}

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Harness {
		path := filepath.Join(t.TempDir(), "test.db")
		store := open(t, path, boltstore.NoSync)
		t.Cleanup(func() { shut(t, store) })
		return storetest.Harness{Store: store, Reopen: func() storetest.Store {
			shut(t, store)
			store = open(t, path, boltstore.NoSync)
			return store
		}}
	})
}

func open(t *testing.T, path string, options ...boltstore.Option) *boltstore.Store {
	t.Helper()
	store, err := boltstore.Open(path, storetest.Lease, options...)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func shut(t *testing.T, store *boltstore.Store) {
	t.Helper()
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}
