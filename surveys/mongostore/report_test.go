package mongostore_test

import (
	"context"
	"iter"
	"math"
	"reflect"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/mongostore"
	"diapason/surveys/report"
	"diapason/surveys/tally"
)

// demonstration fills a store with the library's questionnaires and invented
// answers to them.
func demonstration(t *testing.T, store surveys.Store, sizes map[surveys.Audience]int, now time.Time) surveys.Diagnostic {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d, err := library.DemoDiagnostic("d", now)
	must(err)
	must(store.AddDiagnostic(t.Context(), d))
	must(store.AddDossier(t.Context(), library.DemoDossier(d)))
	forms := surveys.NewForms(store)
	for _, audience := range surveys.Audiences() {
		q, err := library.Questionnaire(audience)
		must(err)
		for i := range q.Lists {
			if q.Lists[i].Name == surveys.CommunesList {
				for _, c := range d.Territory.Communes {
					q.Lists[i].Choices = append(q.Lists[i].Choices, surveys.Choice{Name: c.Code, Label: surveys.Text{surveys.NoLanguage: c.Name}})
				}
			}
		}
		survey := surveys.Survey{ID: string(audience), Diagnostic: d.ID, Audience: audience, Title: q.Title, State: surveys.Open, Current: 1}
		must(store.AddSurvey(t.Context(), survey))
		must(store.AddVersion(t.Context(), surveys.Version{Survey: survey.ID, Number: 1, Questionnaire: *q}))
		form, err := forms.Form(t.Context(), survey.ID, 1)
		must(err)
		for _, a := range library.DemoAnswers(form, audience, d, 3, sizes[audience]) {
			r := a.Response(survey, "1")
			r.Diagnostic, r.Day, r.Answers = d.ID, surveys.DayOf(a.At), form.Keep(r.Answers, a.At)
			r.Seal()
			_, err := store.AddResponse(t.Context(), r)
			must(err)
		}
	}
	return d
}

// watched counts the gatherings a server is asked for.
type watched struct {
	*mongostore.Store
	mu         sync.Mutex // gatherings are asked for together
	gatherings int
	meanwhile  func() // before each
}

func (w *watched) Gather(ctx context.Context, g surveys.Gathering) iter.Seq2[surveys.Alike, error] {
	w.mu.Lock()
	w.gatherings++
	if w.meanwhile != nil {
		w.meanwhile()
	}
	w.mu.Unlock()
	return w.Store.Gather(ctx, g)
}

func TestAReportThatTheServerCountsIsTheSame(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	store := &watched{Store: opened(t)}
	d := demonstration(t, store, map[surveys.Audience]int{surveys.Habitants: 60, surveys.Professionnels: 15, surveys.Associations: 12}, now)
	forms := surveys.NewForms(store)
	inMemory := report.NewSource(forms)
	inServer := report.Source{Forms: forms, Tables: tally.NewTables(store, forms, 5_000)} // fewer than fifty answers
	for _, view := range []report.View{report.Work, report.Restitution} {
		want, err := inMemory.Report(t.Context(), d, view, now)
		if err != nil {
			t.Fatal(err)
		}
		before := store.gatherings
		got, err := inServer.Report(t.Context(), d, view, now)
		if err != nil {
			t.Fatal(err)
		}
		// What was counted serves for both views; how many answered a weighted
		// survey is asked once more.
		if asked := store.gatherings - before; view == report.Work && asked == 0 || view == report.Restitution && asked > 1 {
			t.Errorf("%s: the server was asked %d times", view, asked)
		}
		sameReport(t, got, want)
	}
}

func TestAReportIsBegunAgainWhenSomebodyLeaves(t *testing.T) {
	versions := changing()[:1]
	responses := awkward(t, versions, 40)
	store := &watched{Store: opened(t)}
	s := filled(t, store, versions, responses) // two have left
	leaving := responses[1:3]
	store.meanwhile = func() {
		if store.gatherings < 3 || len(leaving) == 0 {
			return
		}
		if err := store.WithdrawResponse(t.Context(), "d", leaving[0].Receipt); err != nil {
			t.Error(err)
		}
		leaving = leaving[1:]
	}
	source := report.Source{Forms: s.forms, Tables: tally.NewTables(store, s.forms, 1)}
	r, err := source.Report(t.Context(), surveys.Diagnostic{ID: "d"}, report.Work, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if len(leaving) > 0 || len(r.Answers) != 1 || r.Answers[0].N != 36 {
		t.Errorf("%d did not leave; answers %+v, want 36", len(leaving), r.Answers)
	}
}

// sameReport allows for sums of weights made in another order.
func sameReport(t *testing.T, got, want *report.Report) {
	t.Helper()
	cells := 0
	for i := range want.Chapters {
		for j := range want.Chapters[i].Tables {
			a, b := &got.Chapters[i].Tables[j], &want.Chapters[i].Tables[j]
			for r := range b.Rows {
				for c := range b.Rows[r].Cells {
					x, y := &a.Rows[r].Cells[c], &b.Rows[r].Cells[c]
					if math.Abs(x.Number-y.Number) <= 1e-9*math.Abs(y.Number) {
						x.Number = y.Number
					}
					cells++
				}
			}
		}
	}
	if cells < 1000 {
		t.Errorf("only %d cells were compared", cells)
	}
	if !reflect.DeepEqual(got, want) {
		for i := range want.Chapters {
			for j, table := range want.Chapters[i].Tables {
				if !reflect.DeepEqual(got.Chapters[i].Tables[j], table) {
					t.Errorf("chapter %s, table %s:\n got %+v\nwant %+v", want.Chapters[i].ID, table.ID, got.Chapters[i].Tables[j], table)
				}
			}
		}
		t.Error("the reports differ")
	}
}
