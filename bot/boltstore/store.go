// Package boltstore keeps sessions and effects in one file, for a bot that is
// one process on one machine and for chats in the terminal. It must not know
// what the sessions and effects mean.
//
// Every commit, claim and settlement is one transaction of bbolt. When the
// call returns, it is on the disk (fsync) and survives a kill and a power cut;
// with [NoSync] it survives the end of the process only, not that of the
// machine, and a power cut may leave a file that cannot be opened.
//
// The buckets:
//
//	sessions  session id → version (8 bytes, big endian), JSON
//	seen      session id → event ids, see seen.go
//	left      when (8 bytes, seconds), session id → "": seen ids to be dropped
//	queue     session id → JSON array of its waiting effects, see queue.go
//	due       when (8 bytes, microseconds), session id → "": the queues in order
//	dead      session id → JSON array of its buried effects
//	threads   place of a message → when (8 bytes, microseconds), session id
//	noted     the same turned round: when, place → ""
//	vault     name → what was sealed
//	notes     key → value
//	reports   step → JSON of what is kept about it
package boltstore

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shirube/shirube/bot"
	bolt "go.etcd.io/bbolt"
)

// Store is an open file. It may be used by many goroutines.
type Store struct {
	db    *bolt.DB
	lease time.Duration
}

var (
	_ bot.Store   = (*Store)(nil)
	_ bot.Outbox  = (*Store)(nil)
	_ bot.Threads = (*Store)(nil)
	_ bot.Vault   = (*Store)(nil)
)

// Close waits for what is under way and releases the file.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// Check fails when nothing could be committed now.
func (s *Store) Check(ctx context.Context) error {
	if err := s.view(ctx, func(buckets) error { return nil }); err != nil {
		return fmt.Errorf("check store: %w", err)
	}
	return nil
}

// Load implements [bot.Store].
func (s *Store) Load(ctx context.Context, id string) (bot.Session, error) {
	session := bot.Session{ID: id}
	err := s.view(ctx, func(b buckets) error {
		value := b.get(sessions, id)
		if value == nil {
			return nil
		}
		return json.Unmarshal(value[8:], &session)
	})
	if err != nil {
		return bot.Session{}, fmt.Errorf("load session: %w", err)
	}
	return session, nil
}

// Commit implements [bot.Store].
func (s *Store) Commit(ctx context.Context, t bot.Turn, now time.Time) (claims []bot.Claim, err error) {
	if err := t.Check(); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	err = s.update(ctx, func(b buckets) error {
		claims, err = b.commit(t, now, s.lease)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	return claims, nil
}

func (b buckets) commit(t bot.Turn, now time.Time, lease time.Duration) ([]bot.Claim, error) {
	id := t.Session.ID
	if err := b.remember(id, t.EventID, t.At); err != nil {
		return nil, err
	}
	var version int64
	if value := b.get(sessions, id); value != nil {
		version = int64(binary.BigEndian.Uint64(value))
	}
	if version != t.From {
		return nil, bot.ErrConflict
	}
	if err := b.save(t); err != nil {
		return nil, err
	}
	if len(t.Effects) == 0 && !t.Forget {
		return nil, nil
	}
	return b.enqueue(t, now, lease)
}

// enqueue appends the turn's effects to the session's queue, which it empties
// first when the session is forgotten, and claims what can be worked of them.
func (b buckets) enqueue(t bot.Turn, now time.Time, lease time.Duration) ([]bot.Claim, error) {
	old, err := b.queue(t.Session.ID)
	if err != nil {
		return nil, err
	}
	var list []item
	if !t.Forget {
		list = slices.Clone(old)
	}
	added, err := b.items(t.Effects)
	if err != nil {
		return nil, err
	}
	list = append(list, added...)
	var named []string
	for _, e := range t.Effects {
		named = append(named, e.Lane())
	}
	claims, err := b.takeFrom(list, named, now, lease)
	if err != nil {
		return nil, err
	}
	return claims, b.requeue(t.Session.ID, old, list)
}

// save writes the session, or removes it with what was buried.
func (b buckets) save(t bot.Turn) error {
	id := t.Session.ID
	if t.Forget {
		return errors.Join(b.put(sessions, id, nil), b.put(dead, id, nil), b.leave(id, t.At))
	}
	data, err := json.Marshal(t.Session)
	if err != nil {
		return err
	}
	value := binary.BigEndian.AppendUint64(nil, uint64(t.Session.Version))
	return b.put(sessions, id, append(value, data...))
}
