package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/library"
)

const shelf = "/d/vallee/questionnaires/vallee-h/bibliotheque"

// atTheShelf is a site with Alice at the bank. The bank is read once, which may
// take longer than these tests wait for an answer on a busy machine.
func atTheShelf(t *testing.T) (*site, *visitor) {
	t.Helper()
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	_, err := library.Bank()
	s.must(err)
	return s, s.as("alice")
}

// offer is the button that takes a question, by its name.
func offer(t *testing.T, a answer, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="question" value="(` + name + `-[0-9a-f]+)"`).FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the page does not offer %s", name)
	}
	return found[1]
}

// takeFrom takes a question from a page of the bank.
func (v *visitor) takeFrom(page, name, place string) answer {
	v.site.t.Helper()
	address, _ := url.Parse(page)
	return v.submit(page, shelf, url.Values{
		"question": {offer(v.site.t, v.get(page), name)}, "ou": {place}, "retour": {address.RawQuery}})
}

func TestTheBankAnswersFourQuestions(t *testing.T) {
	s, alice := atTheShelf(t)
	t.Run("missing", func(t *testing.T) {
		alice.get("/d/vallee/questionnaires/autre/bibliotheque").expect(t, http.StatusNotFound)
		alice.submit(shelf, shelf, url.Values{"question": {"inconnue"}}).expect(t, http.StatusNotFound)
	})
	t.Run("not allowed", func(t *testing.T) {
		s.visitor().get(shelf).expect(t, http.StatusSeeOther)
		for _, login := range []string{"bob", "chelsea", "dora"} {
			s.as(login).get(shelf).expect(t, http.StatusForbidden)
		}
	})
	t.Run("wrong", func(t *testing.T) {
		alice.get(shelf+"?q=%zz").expect(t, http.StatusBadRequest)
		alice.takeFrom(shelf, "h_mt", "k77|k78").expect(t, http.StatusUnprocessableEntity, "n’a pas été ajoutée", "supprimé")
		alice.get(shelf+"?q=dinosaure").expect(t, http.StatusOK, "Aucune question ne correspond")
	})
	t.Run("right", func(t *testing.T) {
		alice.get(shelf).expect(t, http.StatusOK, "67 questions", "Avez-vous un médecin traitant")
		alice.get(shelf+"?theme=T07&public=habitants&q=SENTEZ").expect(t, http.StatusOK, "1 question", "Vous sentez-vous seul(e)")
	})
}

func TestTakingAQuestionFromTheBank(t *testing.T) {
	s, alice := atTheShelf(t)
	t.Run("it comes with its list, and leads back to the same search", func(t *testing.T) {
		response := alice.takeFrom(shelf+"?q=traitant", "h_mt", "")
		response.expect(t, http.StatusSeeOther)
		back := response.Header.Get("Location")
		page := alice.get(back)
		page.expect(t, http.StatusOK, "Question ajoutée", "Déjà dans ce questionnaire", `value="traitant"`)
		q := s.writes("vallee-h")
		if _, ok := q.List("mt"); !ok || q.Named("h_mt").Label[surveys.NoLanguage] == "" {
			t.Errorf("%+v", q.Named("h_mt"))
		}
	})
	t.Run("a condition that cannot hold is left out, and told", func(t *testing.T) {
		response := alice.takeFrom(shelf, "h_ren_soin", "")
		response.expect(t, http.StatusSeeOther)
		alice.get(response.Header.Get("Location")).expect(t, http.StatusOK, "sa condition est retirée", "h_renonce")
	})
	t.Run("it goes where one says", func(t *testing.T) {
		alice.takeFrom(shelf, "h_sante", "|").expect(t, http.StatusSeeOther)
		if q := s.writes("vallee-h"); q.Items[0].Name != "h_sante" {
			t.Errorf("first comes %s", q.Items[0].Name)
		}
	})
	t.Run("it can be taken back, once", func(t *testing.T) {
		response := alice.takeFrom(shelf, "h_seul", "")
		page := alice.get(response.Header.Get("Location"))
		step := url.Values{"etape": {stepField(t, page)}}
		done := alice.submit(shelf, shelf+"/annuler", step)
		alice.get(done.Header.Get("Location")).expect(t, http.StatusOK, "C’est annulé")
		if q := s.writes("vallee-h"); q.Named("h_seul") != nil {
			t.Error("the question is still there")
		}
		again := alice.submit(shelf, shelf+"/annuler", step)
		alice.get(again.Header.Get("Location")).expect(t, http.StatusOK, "Rien n’a été annulé")
	})
	t.Run("a question of another survey is offered with where it comes from", func(t *testing.T) {
		page := alice.get(shelf + "?source=enquetes")
		page.expect(t, http.StatusOK, "Enquête Associations", "Déjà dans ce questionnaire")
		if strings.Contains(page.body, "<script>alert") {
			t.Error("hostile words are not words")
		}
	})
	t.Run("nobody is shown the questions of a diagnostic they may not open", func(t *testing.T) {
		s.must(s.store.AddDiagnostic(context.Background(), surveys.Diagnostic{ID: "ailleurs", Title: "Ailleurs",
			Territory: surveys.Territory{Name: "Ailleurs", Communes: []surveys.Commune{{Code: "71002", Name: "Aval", Population: 9000}}}}))
		s.must(s.store.AddSurvey(context.Background(), surveys.Survey{ID: "ailleurs-h", Diagnostic: "ailleurs", Audience: surveys.Habitants, Title: "Enquête d’ailleurs"}))
		chelsea := s.as("chelsea")
		const theirs = "/d/ailleurs/questionnaires/ailleurs-h/bibliotheque"
		if body := chelsea.get(theirs + "?source=enquetes").body; strings.Contains(body, "Avez-vous un médecin") {
			t.Error("Chelsea sees the Vallée’s questions")
		}
		chelsea.get(theirs+"?source=enquetes").expect(t, http.StatusOK, "Aucune question de vos autres questionnaires")
	})
}
