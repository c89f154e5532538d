package boltstore

import (
	"bytes"
	"context"
	"crypto/rand"

	"go.etcd.io/bbolt"
)

var secretKey = []byte("secret")

func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	var secret []byte
	err := s.update(ctx, func(tx *bbolt.Tx) error {
		site := tx.Bucket(siteBucket)
		if secret = bytes.Clone(site.Get(secretKey)); secret != nil {
			return nil
		}
		secret = make([]byte, 32)
		rand.Read(secret) // never fails
		return site.Put(secretKey, secret)
	})
	return secret, err
}
