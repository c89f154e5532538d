package exports

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"iter"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// Diagnostic writes the workbook of a diagnostic: the shareable one, as its
// numbers are published, or in the working view the restricted one with the raw
// answers, as it is now. Who may have it is for the caller to ask, and to record
// with the detail returned: the view, and of what is shared which release and
// which bytes. The restricted one names on every page who it is for.
func Diagnostic(ctx context.Context, w io.Writer, source report.Source, d surveys.Diagnostic, view report.View, who string, now time.Time, progress func(done, total int)) (detail string, err error) {
	r, err := issue(ctx, source, d, view, who, now)
	if err != nil {
		return "", err
	}
	dictionary, err := versions(ctx, source.Forms, d.ID)
	if err != nil {
		return "", fmt.Errorf("workbook of %s: %w", d.ID, err)
	}
	var answers *Answers
	if view == report.Work {
		answers = &Answers{Responses: responses(ctx, source.Forms.Store, d.ID), Count: r.Total(), Territory: d.Territory}
	}
	digest := sha256.New()
	if err := Workbook(io.MultiWriter(w, digest), r, dictionary, answers, progress); err != nil {
		return "", err
	}
	return detailOf(r, digest), nil
}

// issue makes the report that somebody asks for.
func issue(ctx context.Context, source report.Source, d surveys.Diagnostic, view report.View, who string, now time.Time) (*report.Report, error) {
	r, err := source.Report(ctx, d, view, now)
	if err == nil && view == report.Work {
		r.For = who
	}
	return r, err
}

// detailOf is what the journal keeps of a file: its view, and of one that is
// shared which release it tells and which bytes it is.
func detailOf(r *report.Report, digest hash.Hash) string {
	if r.View == report.Work {
		return string(r.View)
	}
	return fmt.Sprintf("%s, publication n°\u00a0%d, empreinte SHA-256 %x", r.View, r.Release, digest.Sum(nil))
}

// versions are the published versions of every survey of a diagnostic.
func versions(ctx context.Context, forms *surveys.Forms, diagnostic string) ([]Form, error) {
	asked, err := forms.Store.Surveys(ctx, diagnostic)
	if err != nil {
		return nil, err
	}
	var all []Form
	for _, survey := range surveys.InOrder(asked) {
		for number := 1; number <= survey.Current; number++ {
			form, err := forms.Form(ctx, survey.ID, number)
			if err != nil {
				return nil, err
			}
			all = append(all, Form{Survey: survey, Version: number, Form: form})
		}
	}
	return all, nil
}

// responses streams the answers of a diagnostic.
func responses(ctx context.Context, store surveys.Store, diagnostic string) iter.Seq2[surveys.Response, error] {
	return func(yield func(surveys.Response, error) bool) {
		for arrival, err := range store.Responses(ctx, diagnostic, "") {
			if err != nil {
				yield(surveys.Response{}, err)
				return
			}
			if arrival.Withdrawn {
				continue
			}
			response, err := arrival.Response()
			if !yield(response, err) || err != nil {
				return
			}
		}
	}
}
