package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func (s *Store) AddEvent(ctx context.Context, e surveys.Event) error {
	if e.ID == "" {
		// It grows with time, so that events of the same moment keep the
		// order they came in.
		e.ID = bson.NewObjectID().Hex()
	}
	document, err := bson.Marshal(e)
	if err != nil {
		return err
	}
	key := binary.BigEndian.AppendUint64(nil, uint64(e.At.UnixMilli()))
	return s.update(ctx, func(tx *bbolt.Tx) error {
		b, err := tx.Bucket(eventsBucket).CreateBucketIfNotExists([]byte(e.Diagnostic))
		if err != nil {
			return err
		}
		if err := putNew(b, append(key, e.ID...), document); err != nil {
			return fmt.Errorf("event %q: %w", e.ID, err)
		}
		return nil
	})
}

func (s *Store) Events(ctx context.Context, diagnostic string, limit int) ([]surveys.Event, error) {
	var events []surveys.Event
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		b := tx.Bucket(eventsBucket).Bucket([]byte(diagnostic))
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, document := c.Last(); k != nil && len(events) < limit; k, document = c.Prev() {
			e, err := decode[surveys.Event](document)
			if err != nil {
				return fmt.Errorf("event %q: %w", k, err)
			}
			events = append(events, e)
		}
		return nil
	})
	return events, err
}
