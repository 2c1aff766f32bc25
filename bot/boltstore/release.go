package boltstore

import (
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// Release ends all leases: what a killed process had claimed can be claimed
// again at once. As the file belongs to one process, it is right at the start
// of that process, and only there.
func (s *Store) Release() error {
	err := s.db.Update(func(tx *bolt.Tx) error {
		b := buckets{tx}
		var ids []string
		_ = tx.Bucket([]byte(queue)).ForEach(func(key, _ []byte) error {
			ids = append(ids, string(key))
			return nil
		})
		for _, id := range ids {
			if err := b.release(id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("release leases: %w", err)
	}
	return nil
}

func (b buckets) release(id string) error {
	list, err := b.queue(id)
	if err != nil {
		return err
	}
	before := slices.Clone(list)
	leased := false
	for i := range list {
		if list[i].Fence != 0 {
			list[i].Fence, list[i].Held, leased = 0, 0, true
		}
	}
	if !leased {
		return nil
	}
	return b.requeue(id, before, list)
}
