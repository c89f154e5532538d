package report_test

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/report"
	"diapason/surveys/tally"
)

// crowd is a million people who answer the questionnaires of the library: each
// invented person a hundred times, as another.
type crowd struct {
	forms     map[string]*surveys.Form
	documents [][]byte
	times     int
	more      int // that arrived since
}

func (c *crowd) Form(_ context.Context, survey string, _ int) (*surveys.Form, error) {
	return c.forms[survey], nil
}

func (c *crowd) Responses(_ context.Context, _ string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	from, _ := strconv.Atoi(string(after))
	return func(yield func(surveys.Arrival, error) bool) {
		for i := from; i < c.times*len(c.documents)+c.more; i++ {
			a := surveys.Arrival{ID: "r" + strconv.Itoa(i), Document: c.documents[i%len(c.documents)], Position: surveys.Position(strconv.Itoa(i + 1))}
			if !yield(a, nil) {
				return
			}
		}
	}
}

func newCrowd(b *testing.B, people int) (*crowd, report.Input) {
	b.Helper()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	d, err := library.DemoDiagnostic("pays", now)
	if err != nil {
		b.Fatal(err)
	}
	c := &crowd{forms: map[string]*surveys.Form{}}
	in := report.Input{Diagnostic: d, Forms: c.forms, Dossier: library.DemoDossier(d), Now: now, View: report.Restitution}
	for audience, n := range map[surveys.Audience]int{surveys.Habitants: 3500, surveys.Professionnels: 1000, surveys.Associations: 500} {
		survey := surveys.Survey{ID: string(audience), Diagnostic: d.ID, Audience: audience, Title: audience.Label(), Current: 1}
		q, err := library.Questionnaire(audience)
		if err != nil {
			b.Fatal(err)
		}
		form, problems := surveys.Compile(surveys.WithCommunes(*q, d.Territory))
		if form == nil {
			b.Fatal(problems)
		}
		c.forms[survey.ID], in.Surveys = form, append(in.Surveys, survey)
		for _, a := range library.DemoAnswers(form, audience, d, 1, n) {
			r := a.Response(survey, "1")
			r.Version, r.Day = 1, surveys.DayOf(a.At)
			document, err := r.MarshalBSON()
			if err != nil {
				b.Fatal(err)
			}
			c.documents = append(c.documents, document)
		}
	}
	c.times = people / len(c.documents)
	return c, in
}

// BenchmarkLibrary is the whole report of the library's questionnaires, weighted
// and protected, each time after one more answer: nothing counted before serves.
func BenchmarkLibrary(b *testing.B) {
	for _, people := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			c, in := newCrowd(b, people)
			table := tally.NewTable(in.Diagnostic.ID)
			in.Table = table
			if err := table.Follow(b.Context(), c, c); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				c.more++
				if err := table.Follow(b.Context(), c, c); err != nil {
					b.Fatal(err)
				}
				if _, err := report.Build(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
