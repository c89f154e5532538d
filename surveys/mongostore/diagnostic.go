package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

// inOrder sorts by _id; strings compare by their bytes.
var inOrder = bson.D{{Key: "_id", Value: 1}}

func (s *Store) AddDiagnostic(ctx context.Context, d surveys.Diagnostic) error {
	return insert(ctx, s.diagnostics, d)
}

func (s *Store) Diagnostic(ctx context.Context, id string) (surveys.Diagnostic, error) {
	return find[surveys.Diagnostic](ctx, s.diagnostics, id)
}

func (s *Store) Diagnostics(ctx context.Context) ([]surveys.Diagnostic, error) {
	return list[surveys.Diagnostic](ctx, s.diagnostics, bson.D{}, inOrder, 0)
}

func (s *Store) UpdateDiagnostic(ctx context.Context, id string, do func(*surveys.Diagnostic) error) (surveys.Diagnostic, error) {
	return change(ctx, s.diagnostics, id, do, func(d *surveys.Diagnostic) (*string, *int64) { return &d.ID, &d.Revision })
}
