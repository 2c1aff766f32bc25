package boltstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// ErrLocked is the error of [Open] when the file is in use. Its whole text is
// "another shirube is using PATH".
var ErrLocked = errors.New("another shirube is using")

// ErrFormat is the error of [Open] when the file is something else than a
// store, or damaged.
var ErrFormat = errors.New("not a store of shirube, or damaged")

// patience is how long Open waits for a file that is in use.
const patience = 200 * time.Millisecond

// Option changes how [Open] opens a file.
type Option func(*bolt.Options)

// NoSync does not wait for the disk: for chats that nobody will miss.
func NoSync(o *bolt.Options) { o.NoSync, o.NoGrowSync, o.NoFreelistSync = true, true, true }

// Open opens the file, and makes it when there is none; its folder must
// exist. Claims are leased for the given time, 30 seconds when it is 0. When
// the file is in use it gives up after 200 ms with [ErrLocked].
func Open(path string, lease time.Duration, options ...Option) (*Store, error) {
	if lease <= 0 {
		lease = 30 * time.Second
	}
	db, err := open(path, options)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("%w %s", ErrLocked, path)
	}
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return &Store{db: db, lease: lease}, nil
}

func open(path string, options []Option) (db *bolt.DB, err error) {
	o := &bolt.Options{Timeout: patience, FreelistType: bolt.FreelistMapType}
	for _, option := range options {
		option(o)
	}
	// In a damaged file bbolt follows page numbers to wherever they lead, and
	// panics or reads beyond the file's end. The file stays locked then.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			db, err = nil, ErrFormat
		}
	}()
	if db, err = bolt.Open(path, 0o600, o); err != nil {
		return nil, known(err)
	}
	if err = prepare(db, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// known turns bbolt's ways to say it into ours.
func known(err error) error {
	for _, bad := range []error{bolterrors.ErrInvalid, bolterrors.ErrChecksum, bolterrors.ErrVersionMismatch} {
		if errors.Is(err, bad) {
			return ErrFormat
		}
	}
	return err
}

// prepare checks that the file is all there and makes the missing buckets.
func prepare(db *bolt.DB, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return db.Update(func(tx *bolt.Tx) error {
		if tx.Size() > info.Size() {
			return ErrFormat
		}
		for _, name := range []string{sessions, seen, left, queue, due, dead, threads, notedAt, vault, notes, reports} {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
}

// view runs a read-only transaction.
func (s *Store) view(ctx context.Context, do func(buckets) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.db.View(func(tx *bolt.Tx) error { return do(buckets{tx}) })
}

// update runs a transaction that counts only if do returns nil.
func (s *Store) update(ctx context.Context, do func(buckets) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.db.Update(func(tx *bolt.Tx) error { return do(buckets{tx}) })
}
