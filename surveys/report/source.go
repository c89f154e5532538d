package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// A Source makes reports of the diagnostics of one store.
type Source struct {
	Forms  *surveys.Forms
	Tables *tally.Tables
}

// tablesMemory is how many bytes the answers of all diagnostics may take
// together in memory: about four million responses to forty questions.
const tablesMemory = 512 << 20

// NewSource reads the forms' store.
func NewSource(forms *surveys.Forms) Source {
	return Source{Forms: forms, Tables: tally.NewTables(forms.Store, forms, tablesMemory)}
}

// Report is a diagnostic as it is now, in a view.
func (s Source) Report(ctx context.Context, d surveys.Diagnostic, view View, now time.Time) (*Report, error) {
	return s.report(ctx, Input{Diagnostic: d, View: view, Now: now})
}

// Sector is what the audiences of one sector answered, for the work view.
func (s Source) Sector(ctx context.Context, d surveys.Diagnostic, sector string, now time.Time) (*Report, error) {
	return s.report(ctx, Input{Diagnostic: d, View: Work, Only: sector, Now: now})
}

// report reads what the input lacks.
func (s Source) report(ctx context.Context, in Input) (*Report, error) {
	d := in.Diagnostic
	asked, err := s.Forms.Store.Surveys(ctx, d.ID)
	if err != nil {
		return nil, fmt.Errorf("report of %s: %w", d.ID, err)
	}
	forms := map[string]*surveys.Form{}
	for _, survey := range asked {
		if survey.Current == 0 {
			continue
		}
		if forms[survey.ID], err = s.Forms.Form(ctx, survey.ID, survey.Current); err != nil {
			return nil, fmt.Errorf("report of %s: %w", d.ID, err)
		}
	}
	dossier, err := s.Forms.Store.Dossier(ctx, d.ID)
	if err != nil && !errors.Is(err, surveys.ErrNotFound) {
		return nil, fmt.Errorf("report of %s: %w", d.ID, err)
	}
	table, err := s.Tables.Table(ctx, d.ID)
	if err != nil {
		return nil, fmt.Errorf("report of %s: %w", d.ID, err)
	}
	in.Surveys, in.Forms, in.Table, in.Dossier = asked, forms, table, dossier
	return Build(in)
}
