package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"diapason/surveys"
)

func (s *Store) PutSession(ctx context.Context, key string, data []byte, until time.Time) error {
	value := binary.BigEndian.AppendUint64(nil, uint64(until.UnixMilli()))
	return s.update(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(sessionsBucket).Put([]byte(key), append(value, data...))
	})
}

func (s *Store) Session(ctx context.Context, key string, now time.Time) ([]byte, error) {
	var data []byte
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		value := tx.Bucket(sessionsBucket).Get([]byte(key))
		if value == nil || over(value, now) {
			return fmt.Errorf("session: %w", surveys.ErrNotFound)
		}
		data = bytes.Clone(value[8:])
		return nil
	})
	return data, err
}

func (s *Store) DeleteSession(ctx context.Context, key string) error {
	return s.update(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(sessionsBucket).Delete([]byte(key))
	})
}

func (s *Store) DeleteSessions(ctx context.Context, now time.Time) error {
	return s.update(ctx, func(tx *bbolt.Tx) error {
		b := tx.Bucket(sessionsBucket)
		var gone [][]byte // deleting under a cursor makes it skip
		c := b.Cursor()
		for key, value := c.First(); key != nil; key, value = c.Next() {
			if over(value, now) {
				gone = append(gone, key)
			}
		}
		for _, key := range gone {
			if err := b.Delete(key); err != nil {
				return err
			}
		}
		return nil
	})
}

func over(value []byte, now time.Time) bool {
	return int64(binary.BigEndian.Uint64(value)) <= now.UnixMilli()
}
