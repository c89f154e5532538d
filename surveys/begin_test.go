package surveys_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
)

var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// emptySite is a store with the diagnostic "vallee", of one commune.
func emptySite(t *testing.T) surveys.Store {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "site.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	err = store.AddDiagnostic(context.Background(), surveys.Diagnostic{ID: "vallee", Territory: surveys.Territory{
		Communes: []surveys.Commune{{Code: "71001", Name: "Amont"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func unnamed(text string) surveys.Text { return surveys.Text{surveys.NoLanguage: text} }

// oneQuestion asks about a doctor, with these codes.
func oneQuestion(codes ...string) surveys.Questionnaire {
	list := surveys.List{Name: "mt"}
	for _, code := range codes {
		list.Choices = append(list.Choices, surveys.Choice{Name: code, Label: unnamed(code)})
	}
	return surveys.Questionnaire{
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "x_mt", List: "mt", Label: unnamed("Avez-vous un médecin ?")}},
		Lists: []surveys.List{list},
	}
}

func codesIn(err error) []string {
	var problems surveys.Problems
	var codes []string
	if errors.As(err, &problems) {
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
	}
	return codes
}

func TestASurveyBegins(t *testing.T) {
	ctx, store := context.Background(), emptySite(t)
	survey := surveys.Survey{ID: "vallee-h", Diagnostic: "vallee", Audience: surveys.Habitants, Title: "Votre santé", State: surveys.Open, Current: 4}

	t.Run("as a draft without a version, with a manuscript of that title", func(t *testing.T) {
		if err := surveys.Begin(ctx, store, survey, oneQuestion("oui", "non"), "alice", tuesday); err != nil {
			t.Fatal(err)
		}
		kept, err := store.Survey(ctx, "vallee-h")
		if err != nil || kept.State != surveys.Draft || kept.Current != 0 {
			t.Errorf("kept as %+v, %v", kept, err)
		}
		m, err := store.Manuscript(ctx, "vallee-h")
		if err != nil {
			t.Fatal(err)
		}
		if q := m.Questionnaire; q.Title != "Votre santé" || q.FormID != "vallee-h" || q.Items[0].Key == "" || m.By != "alice" || m.Base != 0 {
			t.Errorf("the manuscript is %+v", m)
		}
	})
	t.Run("not at an address that is taken", func(t *testing.T) {
		err := surveys.Begin(ctx, store, survey, surveys.Questionnaire{}, "alice", tuesday)
		if got := codesIn(err); !slices.Equal(got, []string{"slug.taken"}) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("and every problem is told at once", func(t *testing.T) {
		err := surveys.Begin(ctx, store, surveys.Survey{ID: "Été 2026", Audience: "élus"}, surveys.Questionnaire{}, "alice", tuesday)
		if got := codesIn(err); !slices.Equal(got, []string{"slug.invalid", "audience.unknown", "title.missing"}) {
			t.Errorf("got %v", err)
		}
	})
}

func TestARehearsalTellsWhatPublishingWould(t *testing.T) {
	ctx, store := context.Background(), emptySite(t)
	for _, id := range []string{"vallee-h", "vallee-p"} {
		survey := surveys.Survey{ID: id, Diagnostic: "vallee", Audience: surveys.Habitants, Title: id}
		if err := surveys.Begin(ctx, store, survey, oneQuestion("oui", "non"), "alice", tuesday); err != nil {
			t.Fatal(err)
		}
	}
	forms := surveys.NewForms(store)
	two := []surveys.Publication{{Survey: "vallee-h", Questionnaire: oneQuestion("oui", "non")}, {Survey: "vallee-p", Questionnaire: oneQuestion("oui", "non")}}
	if _, problems, err := surveys.Publish(ctx, forms, tuesday, two...); err != nil || problems.Err() != nil {
		t.Fatal(problems, err)
	}

	t.Run("a change of a shared question is refused alone", func(t *testing.T) {
		problems, err := surveys.Rehearse(ctx, forms, surveys.Publication{Survey: "vallee-h", Questionnaire: oneQuestion("oui", "non", "nsp")})
		if got := codesIn(problems); err != nil || !slices.Equal(got, []string{"crossing.choices"}) {
			t.Errorf("got %v, %v", problems, err)
		}
	})
	t.Run("and taken when both surveys change, without publishing either", func(t *testing.T) {
		problems, err := surveys.Rehearse(ctx, forms,
			surveys.Publication{Survey: "vallee-h", Questionnaire: oneQuestion("oui", "nsp")},
			surveys.Publication{Survey: "vallee-p", Questionnaire: oneQuestion("nsp", "oui")})
		if err != nil || problems != nil {
			t.Errorf("got %v, %v", problems, err)
		}
		if versions, err := store.Versions(ctx, "vallee-h"); err != nil || len(versions) != 1 {
			t.Errorf("%d versions, %v", len(versions), err)
		}
	})
}
