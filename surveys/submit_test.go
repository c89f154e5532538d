package surveys_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
)

// open makes an empty store with one diagnostic, on a temporary file.
func open(t *testing.T) *surveys.Forms {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "diapason.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	d := surveys.Diagnostic{ID: "creusot", Title: "Essai", State: surveys.Open, Territory: surveys.Territory{
		Communes: []surveys.Commune{{Code: "71306", Name: "Montceau-les-Mines", PostalCodes: []string{"71300"}}, {Code: "71153", Name: "Le Creusot", PostalCodes: []string{"71200"}}},
	}}
	if err := store.AddDiagnostic(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return surveys.NewForms(store)
}

// publish adds an open survey that asks the questionnaire.
func publish(t *testing.T, forms *surveys.Forms, id string, q *surveys.Questionnaire) {
	t.Helper()
	s := surveys.Survey{ID: id, Diagnostic: "creusot", Title: id, Audience: surveys.Habitants, State: surveys.Draft}
	if err := forms.Store.AddSurvey(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if _, problems, err := surveys.Publish(t.Context(), forms, now, surveys.Publication{Survey: id, Questionnaire: *q}); err != nil || problems.Refusals() != nil {
		t.Fatalf("publish %s: %v\n%v", id, err, problems)
	}
	if _, err := surveys.SetState(t.Context(), forms.Store, id, surveys.Open, now); err != nil {
		t.Fatal(err)
	}
}

func habitants(t *testing.T) *surveys.Questionnaire {
	return questionnaire(t, `
		select_one communes | commune | required=yes
		note                | fin     | relevant=${commune} = 'ailleurs' | profile=end
		select_one on       | mt
		text                | trajet  | relevant=${mt} = 'oui'`, list("communes", "ailleurs"), list("on", "oui", "non"))
}

func sent(answers surveys.Answers) surveys.Response {
	return surveys.Response{
		ID: surveys.NewResponseID(now), Survey: "h", Version: 1, Language: "fr",
		Mode: surveys.Web, Consent: "1", Seconds: 60, Answers: answers,
	}
}

func stored(t *testing.T, forms *surveys.Forms) []surveys.Response {
	t.Helper()
	var all []surveys.Response
	for arrival, err := range forms.Store.Responses(t.Context(), "creusot", "") {
		if err != nil {
			t.Fatal(err)
		}
		if arrival.Withdrawn {
			continue
		}
		r, err := arrival.Response()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func TestSubmit(t *testing.T) {
	forms := open(t)
	publish(t, forms, "h", habitants(t))

	t.Run("a good response is kept once, without what is off its path", func(t *testing.T) {
		r := sent(surveys.Answers{"commune": text("71153"), "mt": text("non"), "trajet": text("20")})
		first, err := surveys.Submit(t.Context(), forms, r, now)
		if err != nil || !first.Added || len(strings.Fields(first.Withdrawal)) != 4 {
			t.Fatalf("receipt %+v, %v", first, err)
		}
		again, err := surveys.Submit(t.Context(), forms, r, now.AddDate(0, 0, 1))
		if err != nil || again.Added || again.Withdrawal != first.Withdrawal {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		all := stored(t, forms)
		want := surveys.Answers{"commune": text("71153"), "mt": text("non")}
		if len(all) != 1 || !all[0].Answers.Equal(want) || all[0].Day != "2026-11-22" || all[0].Diagnostic != "creusot" {
			t.Errorf("stored %+v", all)
		}
		r.Answers = surveys.Answers{"commune": text("71306")}
		if _, err := surveys.Submit(t.Context(), forms, r, now); !errors.Is(err, surveys.ErrConflict) {
			t.Errorf("the same identifier with another content: %v", err)
		}
	})

	t.Run("every problem comes back and nothing is stored", func(t *testing.T) {
		before := len(stored(t, forms))
		r := sent(surveys.Answers{"commune": text("75056"), "taille": number(3)})
		r.ID, r.Mode, r.Consent, r.Seconds, r.Language = "x", "fax", "", -1, ""
		_, err := surveys.Submit(t.Context(), forms, r, now)
		var problems surveys.Problems
		if !errors.As(err, &problems) {
			t.Fatalf("got %v", err)
		}
		const want = "id envelope.id, mode envelope.mode, consent envelope.consent, seconds envelope.seconds, language envelope.language, taille question.unknown, commune choice.unknown"
		if got := codesOf(problems); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if len(stored(t, forms)) != before {
			t.Error("something was stored")
		}
	})

	t.Run("a version that was never published is a problem", func(t *testing.T) {
		r := sent(surveys.Answers{"commune": text("71153")})
		r.Version = 9
		if _, err := surveys.Submit(t.Context(), forms, r, now); err == nil || !strings.Contains(err.Error(), "version") {
			t.Errorf("got %v", err)
		}
	})

	t.Run("somebody outside the field is thanked and nothing is stored", func(t *testing.T) {
		before := len(stored(t, forms))
		receipt, err := surveys.Submit(t.Context(), forms, sent(surveys.Answers{"commune": text("ailleurs")}), now)
		if err != nil || receipt.Ended == nil || receipt.Withdrawal != "" {
			t.Errorf("receipt %+v, %v", receipt, err)
		}
		if len(stored(t, forms)) != before {
			t.Error("something was stored")
		}
	})

	t.Run("a withdrawn response is gone and does not come back", func(t *testing.T) {
		r := sent(surveys.Answers{"commune": text("71153")})
		receipt, err := surveys.Submit(t.Context(), forms, r, now)
		if err != nil {
			t.Fatal(err)
		}
		before := len(stored(t, forms))
		typed := "  " + strings.ToUpper(strings.ReplaceAll(receipt.Withdrawal, " ", " - "))
		if err := surveys.Withdraw(t.Context(), forms, "creusot", typed); err != nil {
			t.Fatalf("withdraw %q: %v", typed, err)
		}
		if after := len(stored(t, forms)); after != before-1 {
			t.Errorf("%d responses, want %d", after, before-1)
		}
		if _, err := surveys.Submit(t.Context(), forms, r, now); !errors.Is(err, surveys.ErrWithdrawn) {
			t.Errorf("sent again after its withdrawal: %v", err)
		}
		if err := surveys.Withdraw(t.Context(), forms, "creusot", "quatre mots au hasard"); !errors.Is(err, surveys.ErrNotFound) {
			t.Errorf("a code nobody has: %v", err)
		}
	})

	t.Run("an unknown survey and a closed one say so", func(t *testing.T) {
		r := sent(surveys.Answers{"commune": text("71153")})
		r.Survey = "inconnue"
		if _, err := surveys.Submit(t.Context(), forms, r, now); !errors.Is(err, surveys.ErrNotFound) {
			t.Errorf("unknown: %v", err)
		}
		if _, err := surveys.SetState(t.Context(), forms.Store, "h", surveys.Closed, now); err != nil {
			t.Fatal(err)
		}
		r.Survey = "h"
		if _, err := surveys.Submit(t.Context(), forms, r, now); !errors.Is(err, surveys.ErrClosed) {
			t.Errorf("closed: %v", err)
		}
	})
}

func TestPublish(t *testing.T) {
	forms := open(t)
	publish(t, forms, "h", habitants(t))

	t.Run("the communes of the territory come first in the list", func(t *testing.T) {
		v, err := forms.Store.Version(t.Context(), "h", 1)
		if err != nil {
			t.Fatal(err)
		}
		l, _ := v.Questionnaire.List(surveys.CommunesList)
		var names []string
		for _, c := range l.Choices {
			names = append(names, c.Name+" "+c.Extra["code_postal"])
		}
		if got := strings.Join(names, ", "); got != "71153 71200, 71306 71300, ailleurs " {
			t.Errorf("communes: %s", got)
		}
	})

	t.Run("a published version never changes; the next has the next number", func(t *testing.T) {
		q := habitants(t)
		q.Title = "Deuxième"
		v, problems, err := surveys.Publish(t.Context(), forms, now, surveys.Publication{Survey: "h", Questionnaire: *q})
		if err != nil || problems.Refusals() != nil || v[0].Number != 2 {
			t.Fatalf("versions %v, %v, %v", v, problems, err)
		}
		first, err := forms.Store.Version(t.Context(), "h", 1)
		if err != nil || first.Questionnaire.Title != "Essai" {
			t.Errorf("version 1 is now %q, %v", first.Questionnaire.Title, err)
		}
	})

	t.Run("the same name must ask the same thing", func(t *testing.T) {
		publish(t, forms, "p", questionnaire(t, `text | autre`))
		other := surveys.Publication{Survey: "p", Questionnaire: *questionnaire(t, `
			text          | mt
			select_one on | trajet`, list("on", "oui", "non"))}
		_, problems, err := surveys.Publish(t.Context(), forms, now, other)
		if err != nil {
			t.Fatal(err)
		}
		if got := codesOf(problems); got != "mt crossing.kind, trajet crossing.kind" {
			t.Errorf("got %q", got)
		}
		other.Questionnaire = *questionnaire(t, `select_one on | mt`, list("on", "oui"))
		_, problems, _ = surveys.Publish(t.Context(), forms, now, other)
		if got := codesOf(problems); got != "mt crossing.choices" {
			t.Errorf("got %q", got)
		}
	})

	t.Run("a shared question changes when its surveys are published together", func(t *testing.T) {
		wider := func(survey string) surveys.Publication {
			return surveys.Publication{Survey: survey, Questionnaire: *questionnaire(t, `select_one on | mt`, list("on", "oui", "non", "nsp"))}
		}
		if _, problems, err := surveys.Publish(t.Context(), forms, now, wider("h")); err != nil || codesOf(problems) != "" {
			t.Fatalf("before anybody shares it: %v, %v", problems, err)
		}
		v, problems, err := surveys.Publish(t.Context(), forms, now, wider("p"), wider("h"))
		if err != nil || problems.Refusals() != nil || len(v) != 2 {
			t.Errorf("together: %v, %v, %v", v, problems, err)
		}
		narrow := surveys.Publication{Survey: "p", Questionnaire: *questionnaire(t, `select_one on | mt`, list("on", "oui", "non"))}
		if _, problems, _ := surveys.Publish(t.Context(), forms, now, narrow); codesOf(problems) != "mt crossing.choices" {
			t.Errorf("alone: %v", problems)
		}
	})

	t.Run("a survey opens once it has something to ask", func(t *testing.T) {
		if err := forms.Store.AddSurvey(context.Background(), surveys.Survey{ID: "vide", Diagnostic: "creusot", State: surveys.Draft}); err != nil {
			t.Fatal(err)
		}
		if _, err := surveys.SetState(t.Context(), forms.Store, "vide", surveys.Open, time.Now()); err == nil {
			t.Error("an empty survey was opened")
		}
	})
}
