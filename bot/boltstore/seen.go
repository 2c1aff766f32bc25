package boltstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/shirube/shirube/bot"
)

// The events a session has seen are one string: for each the first 8 bytes of
// the SHA-256 of its id and its time in Unix seconds (4 bytes, big endian), in
// the order of the commits.
const (
	hashSize = 8
	seenSize = hashSize + 4
)

// keep is how long an event is remembered, in seconds.
const keep = 24 * 60 * 60

// remember notes the event, or refuses it when it is noted already.
func (b buckets) remember(session, event string, when time.Time) error {
	now := seconds(when)
	if err := b.sweep(now); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(event))
	hash := sum[:hashSize]
	list := b.get(seen, session)
	kept := make([]byte, 0, len(list)+seenSize)
	for ; len(list) >= seenSize; list = list[seenSize:] {
		if at(list)+keep <= now {
			continue
		}
		if bytes.Equal(hash, list[:hashSize]) {
			return bot.ErrDuplicate
		}
		kept = append(kept, list[:seenSize]...)
	}
	kept = binary.BigEndian.AppendUint32(append(kept, hash...), uint32(now))
	return b.put(seen, session, kept)
}

// leave has the events of a forgotten session dropped when they are old.
func (b buckets) leave(session string, when time.Time) error {
	return b.put(left, ordered(seconds(when)+keep, session), []byte{})
}

// sweep drops what forgotten sessions left behind, unless more was seen
// meanwhile.
func (b buckets) sweep(now int64) error {
	for {
		until, session, ok := b.first(left)
		if !ok || until > now {
			return nil
		}
		if err := b.put(left, ordered(until, session), nil); err != nil {
			return err
		}
		if young(b.get(seen, session), now) {
			continue
		}
		if err := b.put(seen, session, nil); err != nil {
			return err
		}
	}
}

// young tells whether an event of the list must still be remembered.
func young(list []byte, now int64) bool {
	for ; len(list) >= seenSize; list = list[seenSize:] {
		if at(list)+keep > now {
			return true
		}
	}
	return false
}

// at is the time of the list's first event.
func at(list []byte) int64 { return int64(binary.BigEndian.Uint32(list[hashSize:])) }

// seconds is a time in the four bytes there are for it.
func seconds(t time.Time) int64 { return min(max(0, t.Unix()), 1<<32-1) }
