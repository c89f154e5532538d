package handlers_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestTheDocuments(t *testing.T) {
	handsOver(t, "document.docx", "docx", surveys.DocumentDownloaded)
}

func TestTheReportToPrint(t *testing.T) {
	s := newSite(t)
	s.thematic()
	alice, bob, chelsea, nobody := s.as("alice"), s.as("bob"), s.as("chelsea"), s.visitor()
	nobody.get("/d/vallee/rapport").expect(t, http.StatusSeeOther)
	chelsea.get("/d/vallee/rapport").expect(t, http.StatusForbidden)
	bob.get("/d/vallee/rapport?vue=travail").expect(t, http.StatusForbidden)
	alice.get("/d/vallee/rapport?vue=tout").expect(t, http.StatusBadRequest)
	shared := bob.get("/d/vallee/rapport")
	shared.expect(t, http.StatusOK, "Sommaire", "Comment lire ce rapport", "Annexe A", "Vue de restitution", "Tableau 1", "data-print")
	if strings.Contains(shared.body, "À ne pas diffuser") {
		t.Error("a report to share says that it may not be")
	}
	work := alice.get("/d/vallee/rapport?vue=travail")
	work.expect(t, http.StatusOK, "Document de travail", "À ne pas diffuser")
	if !strings.Contains(s.events()[0], surveys.OpenedWork) {
		t.Errorf("the journal says %q", s.events()[0])
	}
	for name, page := range map[string]string{"shared": shared.body, "work": work.body} {
		t.Run("no identifier twice, no link to nowhere in the report "+name, func(t *testing.T) {
			ids := map[string]bool{}
			for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
				if ids[id[1]] {
					t.Errorf("two are %s", id[1])
				}
				ids[id[1]] = true
			}
			for _, link := range regexp.MustCompile(`(?:href="#|labelledby="|url\(#)([^" )]+)`).FindAllStringSubmatch(page, -1) {
				if !ids[link[1]] {
					t.Errorf("%s leads nowhere", link[0])
				}
			}
			if strings.Contains(page, " style=") || strings.Contains(page, "<style") {
				t.Error("a style the policy of the site refuses")
			}
		})
	}
}

func TestTheDownloadsOfferWhatEachMayHave(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	s.as("alice").get("/d/vallee/telecharger").expect(t, http.StatusOK,
		`classeur.xlsx?vue=travail`, `document.docx?vue=restitution`, `document.docx?vue=travail`, `rapport?vue=travail`)
	page := s.as("bob").get("/d/vallee/telecharger")
	page.expect(t, http.StatusOK, `document.docx?vue=restitution`, `rapport?vue=restitution`)
	if strings.Contains(page.body, "vue=travail") {
		t.Error("the committee is offered what it is refused")
	}
}
