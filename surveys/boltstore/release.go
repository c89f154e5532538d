package boltstore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddRelease(ctx context.Context, r surveys.Release) error {
	return s.insert(ctx, releasesBucket, versionKey(r.Diagnostic, r.Number), r)
}

func (s *Store) Release(ctx context.Context, diagnostic string, number int) (surveys.Release, error) {
	return find[surveys.Release](ctx, s, releasesBucket, versionKey(diagnostic, number))
}
