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
	issues *issues // nil remembers none
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
		issues: &issues{by: map[string][]surveys.Release{}},
		Books:  verbatims.NewBooks(forms.Store, forms, booksMemory),
	}
}

// Report is a diagnostic in a view, beside the edition it updates when that one
// is still here: with all its answers in the working view, as it was last
// published in the restitution. When there are answers enough since, asking for
// the restitution publishes them, and the journal says so.
func (s Source) Report(ctx context.Context, d surveys.Diagnostic, view View, now time.Time) (*Report, error) {
	return s.report(ctx, Input{Diagnostic: d, View: view, Now: now})
}

// Sector is what the audiences of one sector answered, for the work view.
func (s Source) Sector(ctx context.Context, d surveys.Diagnostic, sector string, now time.Time) (*Report, error) {
	return s.report(ctx, Input{Diagnostic: d, View: Work, Only: sector, Now: now})
}

// report builds what is asked for, and begins again when somebody withdrew their
// answers meanwhile.
func (s Source) report(ctx context.Context, asked Input) (*Report, error) {
	for range mostBuilds {
		r, err := s.build(ctx, asked)
		if !errors.Is(err, tally.ErrMoved) {
			return r, err
		}
	}
	return nil, fmt.Errorf("report of %s: %w: %w", asked.Diagnostic.ID, surveys.ErrUnavailable, tally.ErrMoved)
}

// mostBuilds is how often a report is begun: only a store that counts by itself
// can notice that somebody left.
const mostBuilds = 5

// build makes a report once. An edition before is read where a report speaks of
// it: not in that of one sector.
func (s Source) build(ctx context.Context, asked Input) (*Report, error) {
	d := asked.Diagnostic
	in, err := s.input(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("report of %s: %w", d.ID, err)
	}
	in.View, in.Only, in.Now = asked.View, asked.Only, asked.Now
	if d.Updates != "" && in.Only == "" {
		if in.Previous, err = s.previous(ctx, d.Updates, asked); err != nil {
			return nil, fmt.Errorf("report of %s, edition before: %w", d.ID, err)
		}
	}
	if in.View == Restitution {
		in, err = s.publish(ctx, in)
		return in.Told, err
	}
	return Build(in)
}

// previous is the edition before, as it was published itself when the report is
// to be shared; nil when its diagnostic is not kept any more.
func (s Source) previous(ctx context.Context, id string, asked Input) (*Input, error) {
	d, err := s.Forms.Store.Diagnostic(ctx, id)
	if errors.Is(err, surveys.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	in, err := s.input(ctx, d)
	if err == nil && asked.View == Restitution {
		in.View, in.Now = asked.View, asked.Now
		in, err = s.publish(ctx, in)
	}
	return &in, err
}

// input gathers what a report of a diagnostic is made from.
func (s Source) input(ctx context.Context, d surveys.Diagnostic) (Input, error) {
	in := Input{Diagnostic: d, Forms: map[string]*surveys.Form{}}
	var err error
	if in.Surveys, err = s.Forms.Store.Surveys(ctx, d.ID); err != nil {
		return in, err
	}
	for _, survey := range in.Surveys {
		if survey.Current == 0 {
			continue
		}
		if in.Forms[survey.ID], err = s.Forms.Form(ctx, survey.ID, survey.Current); err != nil {
			return in, err
		}
	}
	if in.Dossier, err = s.Forms.Store.Dossier(ctx, d.ID); err != nil && !errors.Is(err, surveys.ErrNotFound) {
		return in, err
	}
	if in.Verbatims, err = s.verbatims(ctx, d); err != nil {
		return in, err
	}
	in.Table, err = s.Tables.Counter(ctx, d.ID)
	return in, err
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
