package boltstore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddManuscript(ctx context.Context, m surveys.Manuscript) error {
	return s.insert(ctx, manuscriptsBucket, []byte(m.Survey), m)
}

func (s *Store) Manuscript(ctx context.Context, survey string) (surveys.Manuscript, error) {
	return find[surveys.Manuscript](ctx, s, manuscriptsBucket, []byte(survey))
}

func (s *Store) UpdateManuscript(ctx context.Context, survey string, do func(*surveys.Manuscript) error) (surveys.Manuscript, error) {
	return change(ctx, s, manuscriptsBucket, survey, do, func(m *surveys.Manuscript) (*string, *int64) { return &m.Survey, &m.Revision })
}
