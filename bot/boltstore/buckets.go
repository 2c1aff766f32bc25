package boltstore

import (
	"encoding/binary"
	"time"

	bolt "go.etcd.io/bbolt"
)

// The buckets' names.
const (
	sessions = "sessions"
	seen     = "seen"
	left     = "left"
	queue    = "queue"
	due      = "due"
	dead     = "dead"
	threads  = "threads"
	notedAt  = "noted"
	vault    = "vault"
	notes    = "notes"
	reports  = "reports"
)

// buckets is a transaction's view of the file.
type buckets struct{ tx *bolt.Tx }

// get returns the value, nil when there is none. It is valid until the
// transaction ends and must not be changed.
func (b buckets) get(bucket, key string) []byte {
	return b.tx.Bucket([]byte(bucket)).Get([]byte(key))
}

// put sets the value; nil removes it.
func (b buckets) put(bucket, key string, value []byte) error {
	if value == nil {
		return b.tx.Bucket([]byte(bucket)).Delete([]byte(key))
	}
	return b.tx.Bucket([]byte(bucket)).Put([]byte(key), value)
}

// first returns the number and the id of the first key of a bucket whose keys
// are made by ordered; ok is false when it is empty.
func (b buckets) first(bucket string) (number int64, id string, ok bool) {
	key, _ := b.tx.Bucket([]byte(bucket)).Cursor().First()
	if key == nil {
		return 0, "", false
	}
	return int64(binary.BigEndian.Uint64(key)), string(key[8:]), true
}

// ordered is a key that sorts by the number, then by the id.
func ordered(number int64, id string) string {
	return string(binary.BigEndian.AppendUint64(nil, uint64(number))) + id
}

// micros is a time as the queue keeps it: microseconds since 1970; what is
// earlier counts as 1970.
func micros(t time.Time) int64 { return max(0, t.UnixMicro()) }

// Note returns a small note of the whole program, empty when there is none.
func (s *Store) Note(key string) (string, error) {
	var value string
	err := s.db.View(func(tx *bolt.Tx) error {
		value = string(buckets{tx}.get(notes, key))
		return nil
	})
	return value, err
}

// SetNote writes a small note of the whole program; an empty value removes it.
func (s *Store) SetNote(key, value string) error {
	return s.db.Update(func(tx *bolt.Tx) error {
		if value == "" {
			return buckets{tx}.put(notes, key, nil)
		}
		return buckets{tx}.put(notes, key, []byte(value))
	})
}
