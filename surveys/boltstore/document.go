package boltstore

import (
	"bytes"
	"context"
	"fmt"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

// insert stores a document under a key that must be free.
func (s *Store) insert(ctx context.Context, bucket, key []byte, value any) error {
	document, err := bson.Marshal(value)
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx *bbolt.Tx) error {
		if err := putNew(tx.Bucket(bucket), key, document); err != nil {
			return fmt.Errorf("%s %q: %w", bucket, key, err)
		}
		return nil
	})
}

func putNew(b *bbolt.Bucket, key, document []byte) error {
	if b.Get(key) != nil {
		return surveys.ErrExists
	}
	return b.Put(key, document)
}

// find returns the document under a key.
func find[T any](ctx context.Context, s *Store, bucket, key []byte) (value T, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		value, err = get[T](tx, bucket, key)
		return err
	})
	return value, err
}

// list returns the documents whose keys begin with a prefix, in the order of
// keys, that are wanted.
func list[T any](ctx context.Context, s *Store, bucket, prefix []byte, wanted func(T) bool) ([]T, error) {
	var values []T
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucket).Cursor()
		for k, document := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, document = c.Next() {
			value, err := decode[T](document)
			if err != nil {
				return fmt.Errorf("%s %q: %w", bucket, k, err)
			}
			if wanted(value) {
				values = append(values, value)
			}
		}
		return nil
	})
	return values, err
}

func all[T any](T) bool { return true }

// change stores what a function makes of the document under a key. Writers
// take turns, so it runs once. Owned points to the ID and the revision, which
// belong to the store.
func change[T any](ctx context.Context, s *Store, bucket []byte, key string, do func(*T) error, owned func(*T) (*string, *int64)) (T, error) {
	var value T
	err := s.update(ctx, func(tx *bbolt.Tx) (err error) {
		if value, err = get[T](tx, bucket, []byte(key)); err != nil {
			return err
		}
		id, revision := owned(&value)
		next := *revision + 1
		if err := do(&value); err != nil {
			return err
		}
		*id, *revision = key, next
		document, err := bson.Marshal(value)
		if err != nil {
			return err
		}
		// What is returned is what is stored: its own copy, times cut.
		if value, err = decode[T](document); err != nil {
			return err
		}
		return tx.Bucket(bucket).Put([]byte(key), document)
	})
	if err != nil {
		var none T
		return none, err
	}
	return value, nil
}

func get[T any](tx *bbolt.Tx, bucket, key []byte) (value T, err error) {
	document := tx.Bucket(bucket).Get(key)
	if document == nil {
		return value, fmt.Errorf("%s %q: %w", bucket, key, surveys.ErrNotFound)
	}
	return decode[T](document)
}

// decode reads a document from a copy, because the file's own bytes are only
// there until the transaction ends.
func decode[T any](document []byte) (value T, err error) {
	err = bson.Unmarshal(bytes.Clone(document), &value)
	return value, err
}
