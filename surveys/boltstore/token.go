package boltstore

import (
	"context"

	"go.etcd.io/bbolt"

	"diapason/surveys"
)

func (s *Store) AddToken(ctx context.Context, t surveys.Token) error {
	return s.insert(ctx, tokensBucket, []byte(t.ID), t)
}

func (s *Store) Token(ctx context.Context, id string) (surveys.Token, error) {
	return find[surveys.Token](ctx, s, tokensBucket, []byte(id))
}

// Tokens reads those of everybody: a site has a few dozens.
func (s *Store) Tokens(ctx context.Context, login string) ([]surveys.Token, error) {
	return list(ctx, s, tokensBucket, nil, func(t surveys.Token) bool { return t.Login == login })
}

func (s *Store) UpdateToken(ctx context.Context, id string, do func(*surveys.Token) error) (surveys.Token, error) {
	return change(ctx, s, tokensBucket, id, do, func(t *surveys.Token) (*string, *int64) { return &t.ID, &t.Revision })
}

func (s *Store) DeleteToken(ctx context.Context, id string) error {
	return s.update(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(tokensBucket).Delete([]byte(id))
	})
}
