package redisstore

import (
	"hash/fnv"
	"strconv"
	"time"
)

// shards is how many parts the data has. It is fixed for ever: a session is
// found by it. Redis Cluster can spread the data over as many masters.
const shards = 16

// shard is one part. All keys of a shard carry the same hash tag, and all of a
// session lies in one shard.
type shard int

// shardOf is where a session lies.
func shardOf(session string) shard {
	h := fnv.New32a()
	_, _ = h.Write([]byte(session)) // never fails
	return shard(h.Sum32() % shards)
}

func (s shard) key(name string) string { return "{s:" + strconv.Itoa(int(s)) + "}:" + name }

func (s shard) session(id string) string { return s.key("session:" + id) }
func (s shard) seen(id string) string    { return s.key("seen:" + id) }
func (s shard) queue(id string) string   { return s.key("queue:" + id) }
func (s shard) vault(name string) string { return s.key("vault:" + name) }
func (s shard) due() string              { return s.key("due") }
func (s shard) fence() string            { return s.key("fence") }
func (s shard) dead() string             { return s.key("dead") }

// all is every shard.
func all() []shard {
	list := make([]shard, shards)
	for i := range list {
		list[i] = shard(i)
	}
	return list
}

// micros is a time as the scripts count: microseconds since 1970; what is
// earlier counts as 1970, and what a double cannot hold exactly as the last
// that it can (the year 2255).
func micros(t time.Time) int64 { return min(max(0, t.UnixMicro()), 1<<53) }

// seconds is a time in the four bytes there are for an event's.
func seconds(t time.Time) int64 { return min(max(0, t.Unix()), 1<<32-1) }
