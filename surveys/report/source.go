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
	issues *issues
}

// tablesMemory is how many bytes the answers of all diagnostics may take
// together in memory: about four million responses to forty questions.
const tablesMemory = 512 << 20

// NewSource reads the forms' store.
func NewSource(forms *surveys.Forms) Source {
	return Source{
		Forms: forms, Tables: tally.NewTables(forms.Store, forms, tablesMemory),
		issues: &issues{by: map[string][]issued{}},
	}
}

// Report is a diagnostic in a view: with all its answers in the working view, as
// it was last published in the restitution. When there are answers enough since,
// asking for the restitution publishes them, and the journal says so.
func (s Source) Report(ctx context.Context, d surveys.Diagnostic, view View, now time.Time) (*Report, error) {
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
	in := Input{Diagnostic: d, Surveys: asked, Forms: forms, Table: table, Dossier: dossier, View: view, Now: now}
	if view == Restitution {
		return s.restitution(ctx, in)
	}
	return Build(in)
}
