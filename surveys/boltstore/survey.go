package boltstore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddSurvey(ctx context.Context, survey surveys.Survey) error {
	return s.insert(ctx, surveysBucket, []byte(survey.ID), survey)
}

func (s *Store) Survey(ctx context.Context, id string) (surveys.Survey, error) {
	return find[surveys.Survey](ctx, s, surveysBucket, []byte(id))
}

// Surveys reads every survey: a site has a few dozen.
func (s *Store) Surveys(ctx context.Context, diagnostic string) ([]surveys.Survey, error) {
	return list(ctx, s, surveysBucket, nil, func(v surveys.Survey) bool { return v.Diagnostic == diagnostic })
}

func (s *Store) UpdateSurvey(ctx context.Context, id string, do func(*surveys.Survey) error) (surveys.Survey, error) {
	return change(ctx, s, surveysBucket, id, do, func(v *surveys.Survey) (*string, *int64) { return &v.ID, &v.Revision })
}
