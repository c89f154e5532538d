package mongostore

import (
	"context"

	"diapason/surveys"
)

// release is the document of a release under a name of its own.
type release struct {
	ID              string `bson:"_id"`
	surveys.Release `bson:",inline"`
}

func (s *Store) AddRelease(ctx context.Context, r surveys.Release) error {
	return insert(ctx, s.releases, release{versionID(r.Diagnostic, r.Number), r})
}

func (s *Store) Release(ctx context.Context, diagnostic string, number int) (surveys.Release, error) {
	r, err := find[release](ctx, s.releases, versionID(diagnostic, number))
	return r.Release, err
}
