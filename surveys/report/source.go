package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/verbatims"
)

// A Source makes reports of the diagnostics of one store.
type Source struct {
	Forms  *surveys.Forms
	Tables *tally.Tables
	Books  *verbatims.Books
}

// tablesMemory is how many bytes the answers of all diagnostics may take
// together in memory: about four million responses to forty questions.
const tablesMemory = 512 << 20

// booksMemory is the same for the texts people wrote: about 150,000 of them.
const booksMemory = 64 << 20

// NewSource reads the forms' store.
func NewSource(forms *surveys.Forms) Source {
	return Source{
		Forms: forms, Tables: tally.NewTables(forms.Store, forms, tablesMemory),
		Books: verbatims.NewBooks(forms.Store, forms, booksMemory),
	}
}

// Report is a diagnostic as it is now, in a view.
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
	written, err := s.verbatims(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("report of %s: %w", d.ID, err)
	}
	return Build(Input{Diagnostic: d, Surveys: asked, Forms: forms, Table: table, Dossier: dossier, Verbatims: written, View: view, Now: now})
}

// verbatims are the texts of a diagnostic, once the team has read some.
func (s Source) verbatims(ctx context.Context, d surveys.Diagnostic) ([]Verbatim, error) {
	reviews, err := s.Forms.Store.Reviews(ctx, d.ID)
	if err != nil || len(reviews) == 0 {
		return nil, err
	}
	texts, err := s.Books.Texts(ctx, d)
	if err != nil {
		return nil, err
	}
	return VerbatimsOf(d, texts, reviews), nil
}
