package handlers_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/xlsform"
)

// A sent is a file of a form.
type sent struct {
	field, name string
	content     []byte
}

// upload posts a form of a page with files, with the token the page gave.
func (v *visitor) upload(page, path string, fields url.Values, files ...sent) answer {
	v.site.t.Helper()
	found := tokenField.FindStringSubmatch(v.get(page).body)
	if found == nil {
		v.site.t.Fatalf("%s has no form with a token", page)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	v.site.must(form.WriteField("_csrf", found[1]))
	for name := range fields {
		v.site.must(form.WriteField(name, fields.Get(name)))
	}
	for _, f := range files {
		part, err := form.CreateFormFile(f.field, f.name)
		v.site.must(err)
		_, err = part.Write(f.content)
		v.site.must(err)
	}
	v.site.must(form.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.do(r)
}

// workbookOf is a questionnaire as an .xlsx file.
func (s *site) workbookOf(q *surveys.Questionnaire) []byte {
	s.t.Helper()
	var b bytes.Buffer
	s.must(xlsform.Write(&b, q))
	return b.Bytes()
}

// asked is what the surveys of these tests ask, changed by somebody.
func asked(change func(*surveys.Questionnaire)) *surveys.Questionnaire {
	no := func(text string) surveys.Text { return surveys.Text{surveys.NoLanguage: text} }
	q := &surveys.Questionnaire{
		Title: "Santé", FormID: "vallee-h",
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "medecin", List: "ouinon", Label: no("Avez-vous un médecin ?")}},
		Lists: []surveys.List{{Name: "ouinon", Choices: []surveys.Choice{{Name: "oui", Label: no("Oui")}, {Name: "non", Label: no("Non")}}}},
	}
	if change != nil {
		change(q)
	}
	return q
}

// write makes the manuscript of a survey say something else.
func (s *site) write(survey string, q *surveys.Questionnaire) {
	s.t.Helper()
	ctx := context.Background()
	kept, err := s.store.Survey(ctx, survey)
	s.must(err)
	_, err = surveys.OpenManuscript(ctx, s.store, kept, s.clock)
	s.must(err)
	_, err = surveys.Edit(ctx, s.store, survey, "alice", "réécrit", s.clock, func(now *surveys.Questionnaire) ([]surveys.Move, error) {
		return []surveys.Move{{Do: surveys.Replace, Was: now.Digest(), Whole: q}}, nil
	})
	s.must(err)
}

func (s *site) manuscript(survey string) surveys.Manuscript {
	s.t.Helper()
	m, err := s.store.Manuscript(context.Background(), survey)
	s.must(err)
	return m
}

const life = "/d/vallee/questionnaires"

func TestEveryPageOfAQuestionnairesLifeAnswersFourQuestions(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice, bob, chelsea, nobody := s.as("alice"), s.as("bob"), s.as("chelsea"), s.visitor()
	for _, route := range []struct{ path, says string }{
		{"", "Nouvelle enquête"},
		{"?nouvelle=1", "De quoi partir"},
		{"/vallee-h/excel", "Reprendre depuis un classeur"},
		{"/vallee-h/publication", "Rien à publier"},
		{"/vallee-h/papier", "Avez-vous un médecin"},
		{"/vallee-h/fichier", "PK"},
		{"/vallee-h/fichier?forme=json", `"name": "medecin"`},
	} {
		t.Run("GET "+route.path, func(t *testing.T) {
			alice.get("/d/nulle-part/questionnaires"+route.path).expect(t, http.StatusNotFound)
			nobody.get(life+route.path).expect(t, http.StatusSeeOther)
			chelsea.get(life+route.path).expect(t, http.StatusForbidden)
			bob.get(life+route.path).expect(t, http.StatusForbidden)
			alice.get(life+route.path).expect(t, http.StatusOK, route.says)
		})
	}
	t.Run("a survey, a version or a form of file that is not there is missing or wrong", func(t *testing.T) {
		for _, path := range []string{"/autre/excel", "/autre/publication", "/autre/papier", "/vallee-h/fichier?version=9", "/vallee-h/fichier?version=x", "/vallee-h/papier?version=9", "/vallee-h/publication?de=1&a=9"} {
			alice.get(life+path).expect(t, http.StatusNotFound)
		}
		alice.get(life+"/vallee-h/fichier?forme=doc").expect(t, http.StatusBadRequest)
	})
	t.Run("nothing changes without the page's token", func(t *testing.T) {
		for _, path := range []string{"", "/vallee-h/excel", "/vallee-h/excel/remplacer", "/vallee-h/publication", "/vallee-h/publication/abandon"} {
			alice.post(life+path, url.Values{}).expect(t, http.StatusForbidden, "rechargez")
		}
	})
	t.Run("nor by somebody who may only look", func(t *testing.T) {
		for _, path := range []string{"", "/vallee-h/excel", "/vallee-h/publication"} {
			bob.submit("/d/vallee", life+path, url.Values{}).expect(t, http.StatusForbidden, "Accès réservé")
		}
	})
}

func TestTheListTellsWhereEachQuestionnaireIs(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	t.Run("to look begins no manuscript", func(t *testing.T) {
		alice.get(life).expect(t, http.StatusOK, "version&nbsp;1, le 22 novembre 2026", "1&nbsp;question", "Pas encore commencé")
		if _, err := s.store.Manuscript(context.Background(), "vallee-h"); err == nil {
			t.Error("the list began a manuscript")
		}
	})
	t.Run("who wrote last is told", func(t *testing.T) {
		s.write("vallee-h", asked(func(q *surveys.Questionnaire) { q.Items[0].Label[surveys.NoLanguage] = "Un médecin ?" }))
		s.clock = s.clock.AddDate(0, 0, 1)
		s.as("alice").get(life).expect(t, http.StatusOK, "Modifications non publiées par Alice, hier à 10")
	})
}

func TestASurveyIsBegun(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	begin := func(fields url.Values, files ...sent) answer {
		return alice.upload(life+"?nouvelle=1", life, fields, files...)
	}
	survey := func(t *testing.T, id string) (surveys.Survey, surveys.Questionnaire) {
		t.Helper()
		kept, err := s.store.Survey(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if kept.State != surveys.Draft || kept.Current != 0 || kept.Diagnostic != "vallee" {
			t.Errorf("%+v", kept)
		}
		return kept, s.manuscript(id).Questionnaire
	}

	t.Run("from the library, at an address made from its title", func(t *testing.T) {
		begin(url.Values{"public": {"habitants"}, "titre": {"Votre santé à Saint-Vallier, en été"}, "depart": {"bibliotheque"}}).
			expect(t, http.StatusSeeOther)
		_, q := survey(t, "votre-sante-a-saint-vallier-en-ete")
		ours, err := library.Questionnaire(surveys.Habitants)
		s.must(err)
		if q.Title != "Votre santé à Saint-Vallier, en été" || len(q.Items) != len(ours.Items) {
			t.Errorf("it asks %q, in %d sections", q.Title, len(q.Items))
		}
		if !slices.Contains(s.events(), "alice: "+surveys.BegunSurvey+" Votre santé à Saint-Vallier, en été") {
			t.Errorf("the journal says %q", s.events())
		}
	})
	t.Run("a second one of that title gets another address", func(t *testing.T) {
		begin(url.Values{"public": {"habitants"}, "titre": {"Votre santé à Saint-Vallier, en été"}, "depart": {"vide"}}).
			expect(t, http.StatusSeeOther)
		survey(t, "votre-sante-a-saint-vallier-en-ete-2")
	})
	t.Run("from another survey", func(t *testing.T) {
		begin(url.Values{"public": {"professionnels"}, "titre": {"Vous"}, "adresse": {"vous"}, "depart": {"enquete"}, "enquete": {"vallee-h"}}).
			expect(t, http.StatusSeeOther)
		if _, q := survey(t, "vous"); q.Items[0].Name != "medecin" || q.FormID != "vous" {
			t.Errorf("it asks %+v", q.Items)
		}
	})
	t.Run("from a workbook, which also gives its title", func(t *testing.T) {
		begin(url.Values{"public": {"associations"}, "depart": {"fichier"}}, sent{"classeur", "mien.xlsx", s.workbookOf(asked(nil))}).
			expect(t, http.StatusSeeOther)
		survey(t, "sante")
	})
	t.Run("everything that is wrong is told at once, and what was typed stays", func(t *testing.T) {
		page := begin(url.Values{"public": {"élus"}, "adresse": {"Déjà Vu"}, "depart": {"bibliotheque"}})
		page.expect(t, http.StatusUnprocessableEntity, "Il reste 3 choses à corriger", "Choisissez un public", "minuscules sans accent", "Donnez un titre", `value="Déjà Vu"`)
	})
	t.Run("an address that is taken", func(t *testing.T) {
		begin(url.Values{"public": {"habitants"}, "titre": {"X"}, "adresse": {"vallee-a"}, "depart": {"vide"}}).
			expect(t, http.StatusUnprocessableEntity, "sert déjà à une autre enquête")
	})
	t.Run("a survey of a diagnostic that is not theirs is not to be taken", func(t *testing.T) {
		ctx := context.Background()
		s.must(s.store.AddDiagnostic(ctx, surveys.Diagnostic{ID: "ailleurs", Title: "Ailleurs"}))
		s.must(s.store.AddSurvey(ctx, surveys.Survey{ID: "secret", Diagnostic: "ailleurs", Title: "Secret"}))
		if strings.Contains(alice.get(life+"?nouvelle=1").body, "Secret") {
			t.Error("it is offered")
		}
		begin(url.Values{"public": {"habitants"}, "titre": {"X"}, "depart": {"enquete"}, "enquete": {"secret"}}).
			expect(t, http.StatusUnprocessableEntity, "Choisissez une enquête de la liste")
	})
	t.Run("a workbook with faults shows them as a table", func(t *testing.T) {
		bad := s.workbookOf(asked(func(q *surveys.Questionnaire) { q.Items[0].List = "inconnue" }))
		begin(url.Values{"public": {"habitants"}, "titre": {"X"}, "depart": {"fichier"}}, sent{"classeur", "mien.xlsx", bad}).
			expect(t, http.StatusUnprocessableEntity, "À corriger dans", "inconnue", "survey")
		begin(url.Values{"public": {"habitants"}, "titre": {"X"}, "depart": {"fichier"}}).
			expect(t, http.StatusUnprocessableEntity, "Choisissez d’abord un fichier")
	})
}
