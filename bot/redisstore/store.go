// Package redisstore keeps sessions and effects in Redis 7.0 or later: one
// server, one behind Sentinel, or Redis Cluster, for any number of replicas of
// the bot. It must not know what the sessions and effects mean.
//
// A load is one command and one round trip; so is a commit, a Lua script that
// runs as a whole or not at all.
//
// # What is durable
//
// What a call has done when it returns is as safe as the server makes it:
//
//   - appendonly yes, appendfsync always: on the disk. It survives a kill and
//     a power cut.
//   - appendonly yes, appendfsync everysec: with the operating system, and on
//     the disk a second or two later. It survives a kill of Redis but for rare
//     moments when the disk is slow; a power cut takes the last seconds.
//   - appendonly no: a restart takes everything since the last snapshot.
//
// A failover, by Sentinel or in a Cluster, takes what the new master had not
// received yet, whatever the settings; min-replicas-to-write 1 keeps that
// short. What is lost was acknowledged to the platform and does not come
// again. maxmemory-policy must be noeviction.
//
// # Keys
//
// Every key begins with its shard, {s:0}: to {s:15}:, as a hash tag.
//
//	session:<id>  string: the version, a space, the session packed by codec.go
//	seen:<id>     string: the events of the last 24 hours; expires
//	queue:<id>    list: the session's waiting effects, see lua/queue.lua
//	due           sorted set: ids of sessions with a queue, by when the first
//	              of their lanes can be worked
//	fence         the shard's last fence
//	dead          hash: buried effects by session, see lua/bury.lua
//	thread:<place> string: the session a message to a channel was about; 90 days
//	vault:<name>  string: what was sealed
//	refer:<place> string: JSON of how a conversation is reached
//
// A session with nothing waiting has no queue and is not among the due.
package redisstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot"
)

// remembered is how long an event is remembered.
const remembered = 24 * time.Hour

// Store is the data behind one client. It may be used by many goroutines, and
// next to any number of other stores on the same data.
type Store struct {
	client  redis.UniversalClient
	lease   time.Duration
	scripts scripts
	codec   codec
	claims  atomic.Uint32 // calls of Claim; each begins with another shard
	apart   atomic.Bool   // a script cannot reach several shards: this is a Cluster
}

var (
	_ bot.Store   = (*Store)(nil)
	_ bot.Outbox  = (*Store)(nil)
	_ bot.Threads = (*Store)(nil)
	_ bot.Vault   = (*Store)(nil)

	_ bot.References = (*Store)(nil)
)

// New uses the client, which the caller closes. Claims are leased for the
// given time, 30 seconds when it is 0; all replicas should use the same. The
// client must read from masters only.
func New(client redis.UniversalClient, lease time.Duration) *Store {
	if lease <= 0 {
		lease = 30 * time.Second
	}
	s := &Store{client: client, lease: lease, scripts: newScripts()}
	_, single := client.(*redis.Client)
	s.apart.Store(!single)
	return s
}

// Load implements [bot.Store].
func (s *Store) Load(ctx context.Context, id string) (bot.Session, error) {
	session := bot.Session{ID: id}
	value, err := s.value(ctx, shardOf(id).session(id))
	if err == nil && value != nil {
		_, body, _ := bytes.Cut(value, []byte(" "))
		err = s.codec.unpack(body, &session)
	}
	if err != nil {
		return bot.Session{}, fmt.Errorf("load session: %w", err)
	}
	return session, nil
}

// Commit implements [bot.Store]. When the connection breaks, the client may
// send the commit again on its own; the answer is ErrDuplicate then although
// it was this call that committed.
func (s *Store) Commit(ctx context.Context, t bot.Turn) error {
	if err := s.commit(ctx, t); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func (s *Store) commit(ctx context.Context, t bot.Turn) error {
	if err := errors.Join(ctx.Err(), t.Check()); err != nil {
		return err
	}
	args, err := s.arguments(t)
	if err != nil {
		return err
	}
	id := t.Session.ID
	sh := shardOf(id)
	keys := []string{sh.session(id), sh.seen(id), sh.queue(id), sh.due(), sh.dead()}
	switch answer, err := s.scripts.commit.Run(ctx, s.client, keys, args...).Text(); {
	case err != nil:
		return err
	case answer == "duplicate":
		return bot.ErrDuplicate
	case answer == "conflict":
		return bot.ErrConflict
	}
	return nil
}

// arguments are those of lua/commit.lua.
func (s *Store) arguments(t bot.Turn) ([]any, error) {
	event := sha256.Sum256([]byte(t.EventID))
	var session []byte
	if !t.Forget {
		body, err := s.codec.small(t.Session)
		if err != nil {
			return nil, err
		}
		session = append(strconv.AppendInt(nil, t.Session.Version, 10), ' ')
		session = append(session, body...)
	}
	args := []any{t.Session.ID, event[:8], seconds(t.At), int64(remembered.Seconds()), t.From, session}
	for _, e := range t.Effects {
		entry, err := s.entry(e, t.At)
		if err != nil {
			return nil, err
		}
		args = append(args, entry)
	}
	return args, nil
}

// entry is an effect as lua/queue.lua has it.
func (s *Store) entry(e bot.Effect, now time.Time) ([]byte, error) {
	pack := s.codec.plain
	if e.Due.Sub(now) > time.Minute {
		pack = s.codec.small
	}
	body, err := pack(e)
	if err != nil {
		return nil, err
	}
	lane := url.PathEscape(strings.TrimPrefix(e.Lane(), e.Session+"|"))
	return append(fmt.Appendf(nil, "%d 0 0 0 %s ", micros(e.Due), lane), body...), nil
}
