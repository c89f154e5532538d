package boltstore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddDiagnostic(ctx context.Context, d surveys.Diagnostic) error {
	return s.insert(ctx, diagnosticsBucket, []byte(d.ID), d)
}

func (s *Store) Diagnostic(ctx context.Context, id string) (surveys.Diagnostic, error) {
	return find[surveys.Diagnostic](ctx, s, diagnosticsBucket, []byte(id))
}

func (s *Store) Diagnostics(ctx context.Context) ([]surveys.Diagnostic, error) {
	return list(ctx, s, diagnosticsBucket, nil, all[surveys.Diagnostic])
}

func (s *Store) UpdateDiagnostic(ctx context.Context, id string, do func(*surveys.Diagnostic) error) (surveys.Diagnostic, error) {
	return change(ctx, s, diagnosticsBucket, id, do, func(d *surveys.Diagnostic) (*string, *int64) { return &d.ID, &d.Revision })
}
