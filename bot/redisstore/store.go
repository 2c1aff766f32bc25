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
//	queue:<id>    hash: the session's waiting effects, see lua/queue.lua
//	lane:<id> <lane> sorted set: those of a lane with several, by when they are due
//	due           sorted set: all lanes, by when they can be worked
//	fence         the shard's last fence, or number of an effect
//	dead          hash: buried effects by session, see lua/bury.lua
//	thread:<place> string: the session a message to a channel was about; 90 days
//	vault:<name>  string: what was sealed
//	refer:<place> string: JSON of how a conversation is reached
//	reports       hash, in shard 0: what is kept about a step, packed by codec.go
//	check         string: whether it can be written; expires
//
// A session with nothing waiting has no queue and no lanes.
package redisstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math"
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
	wire    wire
	lease   time.Duration
	scripts scripts
	codec   *codec
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
// given time, 10 seconds when it is 0; all replicas should use the same. The
// client must read from masters only.
func New(client redis.UniversalClient, lease time.Duration) (*Store, error) {
	if lease <= 0 {
		lease = 10 * time.Second
	}
	w, err := newWire(client)
	if err != nil {
		return nil, err
	}
	packer, err := newCodec()
	if err != nil {
		return nil, err
	}
	s := &Store{client: client, wire: w, lease: lease, scripts: newScripts(), codec: packer}
	_, single := client.(*redis.Client)
	s.apart.Store(!single)
	return s, nil
}

// Check fails when nothing could be committed now: the server cannot be reached,
// is full or takes no writes. In a Cluster it looks at one shard.
func (s *Store) Check(ctx context.Context) error {
	cmd := redis.NewStatusCmd(ctx, "set", shard(0).key("check"), "", "ex", 60)
	if err := s.wire.send(ctx, cmd); err != nil {
		return fmt.Errorf("check store: %w", err)
	}
	return nil
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
// it was this call that committed, and what it claimed comes when the lease has
// run out.
func (s *Store) Commit(ctx context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
	claims, err := s.commit(ctx, t, now)
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	return claims, nil
}

func (s *Store) commit(ctx context.Context, t bot.Turn, now time.Time) ([]bot.Claim, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	args, err := s.arguments(t, now)
	if err != nil {
		return nil, err
	}
	id := t.Session.ID
	sh := shardOf(id)
	keys := []string{sh.session(id), sh.seen(id), sh.queue(id), sh.due(), sh.dead(), sh.fence()}
	cmd, err := s.wire.run(ctx, s.scripts.commit, keys, args...)
	if err != nil {
		return nil, err
	}
	result, err := cmd.Slice()
	if err != nil {
		return nil, err
	}
	switch result[0] {
	case "duplicate":
		return nil, bot.ErrDuplicate
	case "conflict":
		return nil, bot.ErrConflict
	}
	// The turn is committed; what cannot be read after it is claimed again.
	claims, _ := s.leased(result[1:], t.Effects, now.Add(s.lease))
	return claims, nil
}

// How long a session or an effect usually is, as JSON, and a session that is
// stored as it is: to deflate it takes more time than all else about a commit,
// and saves too few of the 2 KB it may have.
const (
	usual = 768
	short = 768
)

// arguments are those of lua/commit.lua.
func (s *Store) arguments(t bot.Turn, now time.Time) ([]any, error) {
	event := sha256.Sum256([]byte(t.EventID))
	var session []byte
	if !t.Forget {
		var err error
		session = append(strconv.AppendInt(make([]byte, 0, usual), t.Session.Version, 10), ' ')
		if session, err = s.codec.small(session, t.Session, short); err != nil {
			return nil, err
		}
	}
	args := make([]any, 0, 8+3*len(t.Effects))
	args = append(args, t.Session.ID, event[:8], seconds(t.At), int64(remembered.Seconds()), t.From, session,
		from(now), micros(now.Add(s.lease)))
	for _, e := range t.Effects {
		enough := math.MaxInt
		if e.Due.Sub(t.At) > time.Minute {
			enough = 0 // it stays for days
		}
		body, err := s.codec.small(make([]byte, 0, usual), e, enough)
		if err != nil {
			return nil, err
		}
		args = append(args, micros(e.Due), lane(e), body)
	}
	return args, nil
}

// lane is an effect's lane without its session.
func lane(e bot.Effect) string {
	return url.PathEscape(strings.TrimPrefix(e.Lane(), e.Session+"|"))
}
