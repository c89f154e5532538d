package boltstore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddDossier(ctx context.Context, d surveys.Dossier) error {
	return s.insert(ctx, dossiersBucket, []byte(d.Diagnostic), d)
}

func (s *Store) Dossier(ctx context.Context, diagnostic string) (surveys.Dossier, error) {
	return find[surveys.Dossier](ctx, s, dossiersBucket, []byte(diagnostic))
}

func (s *Store) UpdateDossier(ctx context.Context, diagnostic string, do func(*surveys.Dossier) error) (surveys.Dossier, error) {
	return change(ctx, s, dossiersBucket, diagnostic, do, func(d *surveys.Dossier) (*string, *int64) { return &d.Diagnostic, &d.Revision })
}
