package mongostore

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"diapason/surveys"
)

// AddReview looks at the response again after the review is there: a withdrawal
// either finds the review, or is found by this second look.
func (s *Store) AddReview(ctx context.Context, r surveys.Review) error {
	if err := surveys.CheckReviewID(r); err != nil {
		return err
	}
	if err := s.present(ctx, r.Diagnostic, r.Response); err != nil {
		return err
	}
	if err := insert(ctx, s.reviews, r); err != nil {
		return err
	}
	err := s.present(ctx, r.Diagnostic, r.Response)
	if errors.Is(err, surveys.ErrWithdrawn) {
		return errors.Join(err, s.forgetReviews(ctx, r.Diagnostic, r.Response))
	}
	return err
}

// present reports why a response of a diagnostic is not there.
func (s *Store) present(ctx context.Context, diagnostic, response string) error {
	var found stored
	err := s.responses.FindOne(ctx, append(ofDiagnostic(diagnostic), bson.E{Key: "_id", Value: response}),
		options.FindOne().SetProjection(bson.D{{Key: "withdrawn", Value: 1}})).Decode(&found)
	switch {
	case errors.Is(err, mongo.ErrNoDocuments):
		return fmt.Errorf("review of %q: %w", response, surveys.ErrNotFound)
	case err == nil && found.Withdrawn:
		return fmt.Errorf("review of %q: %w", response, surveys.ErrWithdrawn)
	}
	return reached(ctx, err)
}

func (s *Store) Reviews(ctx context.Context, diagnostic string) ([]surveys.Review, error) {
	return list[surveys.Review](ctx, s.reviews, ofDiagnostic(diagnostic), bson.D{{Key: "_id", Value: 1}}, 0)
}

func (s *Store) UpdateReview(ctx context.Context, id string, do func(*surveys.Review) error) (surveys.Review, error) {
	keep := func(r *surveys.Review) error {
		diagnostic, response, question := r.Diagnostic, r.Response, r.Question
		err := do(r)
		r.Diagnostic, r.Response, r.Question = diagnostic, response, question
		return err
	}
	return change(ctx, s.reviews, id, keep, func(r *surveys.Review) (*string, *int64) { return &r.ID, &r.Revision })
}

// forgetReviews takes away what was made of the texts of a response.
func (s *Store) forgetReviews(ctx context.Context, diagnostic, response string) error {
	_, err := s.reviews.DeleteMany(ctx, append(ofDiagnostic(diagnostic), bson.E{Key: "response", Value: response}))
	return reached(ctx, err)
}

// checkReviews finds the reviews whose response is not there.
func (s *Store) checkReviews(ctx context.Context) error {
	reviews, err := list[surveys.Review](ctx, s.reviews, bson.D{}, bson.D{{Key: "_id", Value: 1}}, 0)
	faults := []error{err}
	for _, r := range reviews {
		if err := s.present(ctx, r.Diagnostic, r.Response); err != nil {
			faults = append(faults, fmt.Errorf("review %q: %w", r.ID, err))
		}
	}
	return errors.Join(faults...)
}
