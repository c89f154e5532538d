package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func ofDiagnostic(id string) bson.D { return bson.D{{Key: "diagnostic", Value: id}} }

func (s *Store) AddSurvey(ctx context.Context, survey surveys.Survey) error {
	return insert(ctx, s.surveys, survey)
}

func (s *Store) Survey(ctx context.Context, id string) (surveys.Survey, error) {
	return find[surveys.Survey](ctx, s.surveys, id)
}

func (s *Store) Surveys(ctx context.Context, diagnostic string) ([]surveys.Survey, error) {
	return list[surveys.Survey](ctx, s.surveys, ofDiagnostic(diagnostic), inOrder, 0)
}

func (s *Store) UpdateSurvey(ctx context.Context, id string, do func(*surveys.Survey) error) (surveys.Survey, error) {
	return change(ctx, s.surveys, id, do, func(v *surveys.Survey) (*string, *int64) { return &v.ID, &v.Revision })
}
