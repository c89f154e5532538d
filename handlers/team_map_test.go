package handlers_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"diapason/surveys"
)

// thematic gives the diagnostic of these tests two themes, and two sectors
// that its residents, who never said their commune, are not counted by.
func (s *site) thematic() {
	s.t.Helper()
	s.vallee("Diagnostic de la Vallée")
	_, err := s.store.UpdateDiagnostic(context.Background(), "vallee", func(d *surveys.Diagnostic) error {
		d.Frame = surveys.Frame{Themes: []surveys.Theme{{Code: "T01", Name: "Accès aux soins"}, {Code: "T07", Name: "Santé mentale"}}}
		d.Territory.Sectors = []surveys.Sector{{ID: "amont", Name: "L’Amont", Communes: []string{"71001"}}, {ID: "aval", Name: "L’Aval"}}
		return nil
	})
	s.must(err)
}

func TestEveryChapterHasAPage(t *testing.T) {
	s := newSite(t)
	s.thematic()
	alice, bob, chelsea, nobody := s.as("alice"), s.as("bob"), s.as("chelsea"), s.visitor()
	for path, says := range map[string]string{
		"/profil": "Profil", "/publics-fragiles": "Publics fragiles", "/acces": "Accès aux soins", "/secteurs": "Secteurs",
		"/evolution": "Évolution", "/synthese": "Synthèse", "/demarche": "Démarche", "/territoire": "Territoire",
		"/themes": "Santé mentale", "/themes/T07": "Santé mentale", "/paroles": "Paroles", "/priorites": "Priorités", "/actions": "Actions",
	} {
		t.Run(path, func(t *testing.T) {
			alice.get("/d/nulle-part"+path).expect(t, http.StatusNotFound)
			nobody.get("/d/vallee"+path).expect(t, http.StatusSeeOther)
			chelsea.get("/d/vallee"+path).expect(t, http.StatusForbidden)
			alice.get("/d/vallee"+path).expect(t, http.StatusOK, says, "Vue de travail")
			bob.get("/d/vallee"+path).expect(t, http.StatusOK, says, "Vue de restitution")
		})
	}
	t.Run("a theme the diagnostic does not have is missing", func(t *testing.T) {
		alice.get("/d/vallee/themes/T02").expect(t, http.StatusNotFound)
		alice.get("/d/vallee/themes/autre%2F").expect(t, http.StatusNotFound)
	})
}

var (
	currentPage = regexp.MustCompile(`<a href="([^"]+)" aria-current="page"`)
	currentTime = regexp.MustCompile(`<a href="[^"]+" aria-current="true">([^<]+)<`)
)

func TestTheNavigationSaysWhereOneIs(t *testing.T) {
	s := newSite(t)
	s.thematic()
	alice := s.as("alice")
	for path, moment := range map[string]string{
		"": "Collecte", "/": "Collecte", "/questionnaires": "Collecte", "/questionnaires/vallee-h": "Collecte",
		"/resultats/habitants": "Résultats", "/regards-croises": "Résultats", "/verbatims": "Résultats", "/verbatims/sujets": "Résultats", "/paroles": "Diagnostic", "/themes": "Diagnostic", "/themes/T01": "Diagnostic", "/methode": "Sortir",
	} {
		t.Run("at "+path, func(t *testing.T) {
			body := alice.get("/d/vallee" + path).body
			nav, _, _ := strings.Cut(body[strings.Index(body, `<nav class="tabs"`):], "</nav>")
			times, here := currentTime.FindAllStringSubmatch(nav, -1), currentPage.FindAllStringSubmatch(nav, -1)
			if len(times) != 1 || times[0][1] != moment {
				t.Errorf("the moment is %q, want %s", times, moment)
			}
			if len(here) != 1 || !strings.HasPrefix("/d/vallee"+path, here[0][1]) {
				t.Errorf("the page is %q", here)
			}
		})
	}
	t.Run("who may not write questionnaires is not led there", func(t *testing.T) {
		if body := s.as("bob").get("/d/vallee").body; strings.Contains(body, ">Questionnaires<") {
			t.Error("the COPIL is led to the questionnaires")
		}
	})
}

func TestFilteringBySector(t *testing.T) {
	s := newSite(t)
	s.thematic()
	alice, bob := s.as("alice"), s.as("bob")
	t.Run("an audience that does not say its commune has no filter, and the page says why", func(t *testing.T) {
		got := alice.get("/d/vallee/resultats/associations")
		got.expect(t, http.StatusOK, "n’indique pas une seule commune")
		if strings.Contains(got.body, `name="secteur"`) {
			t.Error("a filter that finds nobody is offered")
		}
	})
	t.Run("a sector nobody knows is missing", func(t *testing.T) {
		alice.get("/d/vallee/resultats/habitants?secteur=ailleurs").expect(t, http.StatusNotFound)
	})
	t.Run("the restitution never narrows, whatever the address says", func(t *testing.T) {
		for _, got := range []answer{
			bob.get("/d/vallee/resultats/habitants?secteur=amont"),
			alice.get("/d/vallee/resultats/habitants?secteur=amont&vue=restitution"),
		} {
			got.expect(t, http.StatusOK, "ne se filtre pas par secteur", "Environ 40 réponses")
			if strings.Contains(got.body, `name="secteur"`) || strings.Contains(got.body, "secteur « L’Amont »") {
				t.Error("the restitution view shows one sector")
			}
		}
	})
}
