package mongostore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddDossier(ctx context.Context, d surveys.Dossier) error {
	return insert(ctx, s.dossiers, d)
}

func (s *Store) Dossier(ctx context.Context, diagnostic string) (surveys.Dossier, error) {
	return find[surveys.Dossier](ctx, s.dossiers, diagnostic)
}

func (s *Store) UpdateDossier(ctx context.Context, diagnostic string, do func(*surveys.Dossier) error) (surveys.Dossier, error) {
	return change(ctx, s.dossiers, diagnostic, do, func(d *surveys.Dossier) (*string, *int64) { return &d.Diagnostic, &d.Revision })
}
