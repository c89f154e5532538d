package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/report"
)

const publication = life + "/vallee-h/publication"

// withThird adds a choice to the question that two surveys share.
func withThird(q *surveys.Questionnaire) {
	q.Lists[0].Choices = append(q.Lists[0].Choices, surveys.Choice{Name: "nsp", Label: surveys.Text{surveys.NoLanguage: "Je ne sais pas"}})
}

func (s *site) versions(survey string) int {
	s.t.Helper()
	all, err := s.store.Versions(context.Background(), survey)
	s.must(err)
	return len(all)
}

// publish presses the button of a page as it was shown.
func (v *visitor) publish(t *testing.T, shown answer, with ...string) answer {
	t.Helper()
	fields := url.Values{"revision-vallee-h": {shown.hidden(t, "revision-vallee-h")}}
	for _, other := range with {
		fields.Add("avec", other)
		fields.Set("revision-"+other, shown.hidden(t, "revision-"+other))
	}
	return v.submit(publication, publication, fields)
}

func TestAQuestionnaireIsReadAgainAndPublished(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	own := func(q *surveys.Questionnaire) {
		q.Items = append(q.Items, surveys.Item{Kind: surveys.TextKind, Name: "h_pourquoi", Label: surveys.Text{surveys.NoLanguage: "Pourquoi ?"}, Relevant: "${medecin} = 'non'"})
	}

	t.Run("nothing written is nothing to publish", func(t *testing.T) {
		shown := alice.get(publication)
		shown.expect(t, http.StatusOK, "Rien à publier")
		alice.submit(excel, publication, url.Values{"revision-vallee-h": {"1"}}).expect(t, http.StatusConflict, "rien à publier")
	})
	t.Run("the differences are said in words, and the number it will have", func(t *testing.T) {
		s.write("vallee-h", asked(own))
		alice.get(publication).expect(t, http.StatusOK, "Ce qui change", "Pourquoi", "Publier la version 2", "La version 1 est servie", "par Alice")
	})
	t.Run("nobody publishes what they have not read", func(t *testing.T) {
		shown := alice.get(publication)
		s.write("vallee-h", asked(func(q *surveys.Questionnaire) { own(q); q.Title = "Santé ici" }))
		alice.publish(t, shown).expect(t, http.StatusConflict, "a changé pendant que vous le relisiez", "Santé ici")
		if s.versions("vallee-h") != 1 {
			t.Error("it was published")
		}
	})
	t.Run("then it is published, noted, and said what happens to phones", func(t *testing.T) {
		done := alice.publish(t, alice.get(publication))
		done.expect(t, http.StatusSeeOther)
		if !slices.Contains(s.events(), "alice: "+surveys.PublishedVersion+" Enquête Habitants, version 2") {
			t.Errorf("the journal says %q", s.events())
		}
		alice.get(done.Header.Get("Location")).expect(t, http.StatusOK, "La version 2 est publiée", "sa réponse est acceptée", "Comparer la version")
		s.visitor().get("/r/vallee-h").expect(t, http.StatusOK, "Pourquoi ?")
	})
	t.Run("a phone that has the old page still answers it", func(t *testing.T) {
		receipt, err := surveys.Submit(context.Background(), surveys.NewForms(s.store), surveys.Response{
			ID: surveys.NewResponseID(s.clock), Survey: "vallee-h", Version: 1, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1",
			Answers: surveys.Answers{"medecin": surveys.TextValue("oui")},
		}, s.clock)
		if err != nil || !receipt.Added {
			t.Errorf("%+v, %v", receipt, err)
		}
	})
	t.Run("a manuscript begun from an older version is told to be careful", func(t *testing.T) {
		s.write("vallee-a", asked(reworded))
		_, problems, err := surveys.Publish(context.Background(), surveys.NewForms(s.store), s.clock, surveys.Publication{Survey: "vallee-a", Questionnaire: *asked(own)})
		s.must(err)
		s.must(problems.Err())
		alice.get(life+"/vallee-a/publication").expect(t, http.StatusOK, "commencé à partir de la version 1", "la version 2 a été publiée depuis", "Pourquoi")
	})
	t.Run("any two versions are compared", func(t *testing.T) {
		alice.get(publication+"?de=1&a=2").expect(t, http.StatusOK, "De la version 1 à la version 2", "Pourquoi")
		alice.get(publication+"?de=2&a=2").expect(t, http.StatusOK, "Aucune différence")
	})
	t.Run("changes are given up as one step that is undone", func(t *testing.T) {
		s.write("vallee-h", asked(nil))
		shown := alice.get(publication)
		shown.expect(t, http.StatusOK, "Revenir à la version 2")
		seen := url.Values{"vu": {shown.hidden(t, "vu")}}
		s.write("vallee-h", asked(func(q *surveys.Questionnaire) { q.Title = "Autre" }))
		alice.submit(publication, publication+"/abandon", seen).expect(t, http.StatusConflict, "Rien n’est abandonné")
		seen.Set("vu", alice.get(publication).hidden(t, "vu"))
		alice.submit(publication, publication+"/abandon", seen).expect(t, http.StatusSeeOther)
		alice.get(publication+"?abandon=1").expect(t, http.StatusOK, "mises de côté", "la version 2 du 22 novembre 2026")
		_, step, err := surveys.Undo(context.Background(), s.store, "vallee-h", "alice", s.clock)
		if s.must(err); step.Says != "Retour à la version 2" || s.manuscript("vallee-h").Questionnaire.Title != "Autre" {
			t.Errorf("undoing %q leaves %q", step.Says, s.manuscript("vallee-h").Questionnaire.Title)
		}
	})
}

func TestWhatMustBeMendedComesFirst(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	s.write("vallee-h", asked(func(q *surveys.Questionnaire) { q.Items[0].Relevant = "${autre} = 'x'" }))
	shown := alice.get(publication)
	shown.expect(t, http.StatusOK, "À corriger avant de publier", "?question="+s.manuscript("vallee-h").Questionnaire.Items[0].Key, "Corrigez d’abord")
	if strings.Contains(shown.body, "<button>Publier") {
		t.Error("it is offered to publish")
	}
	alice.publish(t, shown).expect(t, http.StatusUnprocessableEntity, "il reste quelque chose à corriger")
	alice.get(life+"/vallee-h/papier?version=0").expect(t, http.StatusConflict, "attend quelques corrections")
}

func TestSurveysThatShareAQuestionArePublishedTogether(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	s.write("vallee-h", asked(withThird))
	alice.get(publication).expect(t, http.StatusOK, "À corriger", "Enquête Associations")

	s.write("vallee-a", asked(withThird))
	shown := alice.get(publication)
	shown.expect(t, http.StatusOK, "Règle un désaccord", `name="avec" value="vallee-a" checked`, "Publier la version 2", "Je ne sais pas")
	t.Run("with a third survey that asks the same, all that is needed is proposed", func(t *testing.T) {
		s.write("vallee-p", asked(nil))
		p := life + "/vallee-p/publication"
		first := alice.get(p)
		if body := first.body; strings.Contains(body, "À corriger") {
			t.Errorf("it is refused: %s", body)
		}
		alice.submit(p, p, url.Values{"revision-vallee-p": {first.hidden(t, "revision-vallee-p")}}).expect(t, http.StatusSeeOther)
		alice.get(publication).expect(t, http.StatusOK, "À corriger avant de publier")
		s.write("vallee-p", asked(withThird))
		shown = alice.get(publication)
		shown.expect(t, http.StatusOK, "À publier ensemble", `value="vallee-a" checked`, `value="vallee-p" checked`)
	})
	t.Run("alone it is refused", func(t *testing.T) {
		alice.publish(t, shown).expect(t, http.StatusUnprocessableEntity, "Rien n’est publié")
	})
	t.Run("a survey of another diagnostic is not published along", func(t *testing.T) {
		alice.submit(publication, publication, url.Values{"revision-vallee-h": {"1"}, "avec": {"ailleurs"}, "revision-ailleurs": {"1"}}).
			expect(t, http.StatusBadRequest)
	})
	t.Run("together all are", func(t *testing.T) {
		alice.publish(t, shown, "vallee-a", "vallee-p").expect(t, http.StatusSeeOther)
		if s.versions("vallee-h") != 2 || s.versions("vallee-a") != 2 {
			t.Errorf("%d and %d versions", s.versions("vallee-h"), s.versions("vallee-a"))
		}
	})
}

func TestAFirstPublicationSaysSoAndOffersToOpen(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	s.write("vallee-p", asked(nil))
	page := life + "/vallee-p/publication"
	shown := alice.get(page)
	shown.expect(t, http.StatusOK, "Première publication", "Publier la version 1")
	done := alice.submit(page, page, url.Values{"revision-vallee-p": {shown.hidden(t, "revision-vallee-p")}})
	done.expect(t, http.StatusSeeOther)
	alice.get(done.Header.Get("Location")).expect(t, http.StatusOK, "La version 1 est publiée", "Ouvrir la collecte")
}

// answer sends one response to a version.
func (s *site) answer(version int, answers surveys.Answers) {
	s.t.Helper()
	_, err := surveys.Submit(context.Background(), surveys.NewForms(s.store), surveys.Response{
		ID: surveys.NewResponseID(s.clock), Survey: "vallee-h", Version: version, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1", Answers: answers,
	}, s.clock)
	s.must(err)
}

func TestAnswersToTwoVersionsInOneReport(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	publish := func(change func(*surveys.Questionnaire)) {
		s.write("vallee-h", asked(change))
		alice.publish(t, alice.get(publication)).expect(t, http.StatusSeeOther)
	}
	// row is what the working view counts at a choice of the question.
	row := func(key string) string {
		d, err := s.store.Diagnostic(context.Background(), "vallee")
		s.must(err)
		r, err := report.NewSource(surveys.NewForms(s.store)).Report(context.Background(), d, report.Work, s.clock)
		s.must(err)
		chapter, _ := r.Chapter(string(surveys.Habitants))
		for _, table := range chapter.Tables {
			for _, line := range table.Rows {
				if table.ID == "medecin" && line.Key == key {
					return fmt.Sprintf("%.0f of %.0f", line.Cells[1].Number, line.Cells[2].Number)
				}
			}
		}
		return "no row"
	}

	t.Run("a question of the same name, kind and codes is counted together", func(t *testing.T) {
		publish(reworded)
		s.answer(2, surveys.Answers{"medecin": surveys.TextValue("oui")})
		if got := row("oui"); got != "27 of 41" {
			t.Errorf("« oui » is %s", got)
		}
	})
	t.Run("a question of another kind is kept apart", func(t *testing.T) {
		s.store.UpdateSurvey(context.Background(), "vallee-a", func(v *surveys.Survey) error { v.Current = 0; return nil })
		publish(func(q *surveys.Questionnaire) { q.Items[0].Kind = surveys.SelectMultiple })
		s.answer(3, surveys.Answers{"medecin": surveys.CodesValue("oui", "non")})
		if got := row("oui"); got != "1 of 1" {
			t.Errorf("« oui » is %s", got)
		}
	})
}
