package handlers_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestTheDocuments(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	for _, ask := range []struct {
		login, query, name string
		status             int
	}{
		{"alice", "?vue=restitution", "diapason-vallee-restitution-2026-11-22.docx", http.StatusOK},
		{"alice", "?vue=travail", "diapason-vallee-travail-2026-11-22.docx", http.StatusOK},
		{"bob", "", "diapason-vallee-restitution-2026-11-22.docx", http.StatusOK},
		{"alice", "", "diapason-vallee-restitution-2026-11-22.docx", http.StatusOK},
		{"bob", "?vue=travail", "", http.StatusForbidden},
		{"chelsea", "?vue=restitution", "", http.StatusForbidden},
		{"alice", "?vue=tout", "", http.StatusBadRequest},
	} {
		t.Run(ask.login+" asks for the document "+ask.query, func(t *testing.T) {
			before := len(s.events())
			got := s.as(ask.login).get("/d/vallee/document.docx" + ask.query)
			got.expect(t, ask.status)
			if ask.status != http.StatusOK {
				if got.Header.Get("Content-Disposition") != "" || len(s.events()) != before {
					t.Error("a refusal looks like a file")
				}
				return
			}
			if !strings.HasPrefix(got.body, "PK\x03\x04") {
				t.Errorf("not a zip: %q", got.body[:min(len(got.body), 20)])
			}
			if disposition := got.Header.Get("Content-Disposition"); disposition != `attachment; filename="`+ask.name+`"` {
				t.Errorf("named %s", disposition)
			}
			if last := s.events()[0]; !strings.HasPrefix(last, ask.login+": "+surveys.DocumentDownloaded) {
				t.Errorf("the journal says %q", last)
			}
		})
	}
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
