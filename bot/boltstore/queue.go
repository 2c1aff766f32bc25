package boltstore

import (
	"encoding/json"

	"github.com/shirube/shirube/bot"
)

// item is an effect that waits. A session's items are kept in the order of
// their commits; times are microseconds since 1970.
type item struct {
	Effect  bot.Effect `json:"effect"`
	Seq     int64      `json:"seq,omitempty"`     // grows with the commits
	Attempt int        `json:"attempt,omitempty"` // claims so far
	Fence   int64      `json:"fence,omitempty"`   // of the open claim, 0 when there is none
	Held    int64      `json:"held,omitempty"`    // its lane waits until then: end of the lease, or of the wait for a retry
}

// items are effects that were never claimed.
func (b buckets) items(effects []bot.Effect) (list []item, err error) {
	list = make([]item, len(effects))
	for i, e := range effects {
		list[i].Effect = e
		if list[i].Seq, err = b.fence(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// lane is what one lane of a session has to do next.
type lane struct {
	head int   // index of its first item
	at   int64 // when that can be worked
}

// lanes finds the lanes of a session's items.
func lanes(list []item) []lane {
	var all []lane
	held := map[string]int64{}
	index := map[string]int{}
	for i, it := range list {
		name, at := it.Effect.Lane(), micros(it.Effect.Due)
		n, known := index[name]
		if !known {
			n, index[name] = len(all), len(all)
			all = append(all, lane{head: i, at: at})
		}
		if at < all[n].at {
			all[n] = lane{head: i, at: at}
		}
		held[name] = max(held[name], it.Held)
	}
	for name, n := range index {
		all[n].at = max(all[n].at, held[name])
	}
	return all
}

// when is the time at which something of the list can be worked; ok is false
// when it is empty.
func when(list []item) (at int64, ok bool) {
	for _, l := range lanes(list) {
		if !ok || l.at < at {
			at, ok = l.at, true
		}
	}
	return at, ok
}

// queue reads a session's items.
func (b buckets) queue(id string) ([]item, error) {
	value := b.get(queue, id)
	if value == nil {
		return nil, nil
	}
	var list []item
	err := json.Unmarshal(value, &list)
	return list, err
}

// requeue replaces a session's items and its place among the due; before are
// the items as they are stored.
func (b buckets) requeue(id string, before, after []item) error {
	if at, ok := when(before); ok {
		if err := b.put(due, ordered(at, id), nil); err != nil {
			return err
		}
	}
	at, ok := when(after)
	if !ok {
		return b.put(queue, id, nil)
	}
	if err := b.put(due, ordered(at, id), []byte{}); err != nil {
		return err
	}
	value, err := json.Marshal(after)
	if err != nil {
		return err
	}
	return b.put(queue, id, value)
}

// fence is a number greater than all before, also after a restart.
func (b buckets) fence() (int64, error) {
	n, err := b.tx.Bucket([]byte(due)).NextSequence()
	return int64(n), err
}
