package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestEveryTeamPageAnswersFourQuestions(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice, bob, chelsea, nobody := s.as("alice"), s.as("bob"), s.as("chelsea"), s.visitor()
	for _, route := range []struct{ path, says string }{
		{"", "52"},
		{"/resultats/habitants", "Avez-vous un médecin"},
		{"/resultats/professionnels", "Rien à montrer"},
		{"/regards-croises", "Comment lire"},
		{"/methode", "Méthode"},
		{"/telecharger", "Télécharger le classeur de restitution"},
		{"/affiche/vallee-h", "/r/vallee-h"},
		{"/qr/vallee-h.svg", "<svg"},
	} {
		t.Run("GET /d/vallee"+route.path, func(t *testing.T) {
			missing := alice.get("/d/nulle-part" + route.path)
			missing.expect(t, http.StatusNotFound)

			out := nobody.get("/d/vallee" + route.path)
			out.expect(t, http.StatusSeeOther)
			if got, want := out.Header.Get("Location"), "/connexion?suite="+url.QueryEscape("/d/vallee"+route.path); got != want {
				t.Errorf("somebody signed out is sent to %s, not %s", got, want)
			}

			chelsea.get("/d/vallee"+route.path).expect(t, http.StatusForbidden)
			alice.get("/d/vallee"+route.path).expect(t, http.StatusOK, route.says)
			bob.get("/d/vallee"+route.path).expect(t, http.StatusOK)
		})
	}
	t.Run("an audience or a survey that is not there is missing", func(t *testing.T) {
		for _, path := range []string{"/resultats/elus", "/affiche/autre", "/qr/autre.svg"} {
			alice.get("/d/vallee"+path).expect(t, http.StatusNotFound)
		}
	})
	t.Run("a view nobody knows is refused", func(t *testing.T) {
		alice.get("/d/vallee?vue=secrète").expect(t, http.StatusBadRequest)
	})
	t.Run("every page of a demonstration says so", func(t *testing.T) {
		for _, path := range []string{"", "/resultats/habitants", "/regards-croises", "/methode", "/telecharger", "/affiche/vallee-h"} {
			alice.get("/d/vallee"+path).expect(t, http.StatusOK, "Données de démonstration")
		}
	})
	t.Run("no page is kept by a cache", func(t *testing.T) {
		if got := alice.get("/d/vallee").Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("Cache-Control is %q", got)
		}
	})
}

func TestTheListShowsWhatAnAccountMayOpen(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	s.as("alice").get("/diagnostics").expect(t, http.StatusOK, "Diagnostic de la Vallée", "/d/vallee")
	s.as("dora").get("/diagnostics").expect(t, http.StatusOK, "/d/vallee")
	empty := s.as("chelsea").get("/diagnostics")
	empty.expect(t, http.StatusOK, "n’ouvre aucun diagnostic")
	if strings.Contains(empty.body, "Vallée") {
		t.Error("the list shows a diagnostic that may not be opened")
	}
}

func TestWhoSeesWhichView(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")

	t.Run("a coordinator works on exact numbers, and the journal says so once a session", func(t *testing.T) {
		alice := s.as("alice")
		alice.get("/d/vallee").expect(t, http.StatusOK, "Vue de travail", `data-total="52"`)
		alice.get("/d/vallee/resultats/habitants")
		if got := s.events(); !slices.Equal(got, []string{"alice: " + surveys.OpenedWork + " "}) {
			t.Errorf("the journal says %q", got)
		}
		alice.get("/d/vallee/methode").expect(t, http.StatusOK, surveys.OpenedWork)
	})
	t.Run("a coordinator may look at what will be shared, and keeps it from page to page", func(t *testing.T) {
		s.as("alice").get("/d/vallee?vue=restitution").expect(t, http.StatusOK,
			"Vue de restitution", `data-total="55"`, "/d/vallee/profil?vue=restitution", "/d/vallee/synthese?vue=restitution")
	})
	t.Run("the COPIL and the agency see protected numbers, without the journal or a button", func(t *testing.T) {
		for _, login := range []string{"bob", "dora"} {
			v := s.as(login)
			page := v.get("/d/vallee")
			page.expect(t, http.StatusOK, "Vue de restitution")
			if strings.Contains(page.body, "Clore la collecte") || strings.Contains(page.body, "Vue de travail") {
				t.Errorf("%s is offered what is not theirs", login)
			}
			if strings.Contains(v.get("/d/vallee/methode").body, "Journal") {
				t.Errorf("%s reads the journal", login)
			}
			v.get("/d/vallee?vue=travail").expect(t, http.StatusForbidden)
		}
	})
}

func TestHostileWordsStayWords(t *testing.T) {
	s := newSite(t)
	s.vallee(`<script>alert("titre")</script>"><img src=x onerror=alert(1)>`)
	alice := s.as("alice")
	for _, path := range []string{"/diagnostics", "/d/vallee", "/d/vallee/resultats/habitants", "/d/vallee/regards-croises", "/d/vallee/affiche/vallee-h"} {
		body := alice.get(path).body
		for _, bad := range []string{"<script>alert", "<img src=x"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s writes %s as it came", path, bad)
			}
		}
	}
}

func TestOpeningAndClosingACollection(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	const address = "/d/vallee/enquetes/vallee-h/etat"
	state := func() surveys.State {
		survey, err := s.store.Survey(context.Background(), "vallee-h")
		s.must(err)
		return survey.State
	}

	t.Run("without the page's token nothing changes and the page says to reload", func(t *testing.T) {
		alice.post(address, url.Values{"etat": {"closed"}}).expect(t, http.StatusForbidden, "rechargez")
		if state() != surveys.Open {
			t.Error("the collection was closed")
		}
	})
	t.Run("the COPIL may not, even with a token", func(t *testing.T) {
		s.as("bob").submit("/d/vallee", address, url.Values{"etat": {"closed"}}).expect(t, http.StatusForbidden, "Accès réservé")
	})
	t.Run("the coordinator closes and opens again, and the journal keeps both", func(t *testing.T) {
		alice.submit("/d/vallee", address, url.Values{"etat": {"closed"}}).expect(t, http.StatusSeeOther)
		if state() != surveys.Closed {
			t.Error("the collection is not closed")
		}
		alice.get("/d/vallee").expect(t, http.StatusOK, "Collecte close", "Rouvrir la collecte")
		alice.submit("/d/vallee", address, url.Values{"etat": {"open"}}).expect(t, http.StatusSeeOther)
		for _, want := range []string{surveys.ClosedSurvey, surveys.OpenedSurvey} {
			if !slices.Contains(s.events(), "alice: "+want+" Enquête Habitants") {
				t.Errorf("the journal has no %q: %q", want, s.events())
			}
		}
	})
	t.Run("pressing twice is pressing once", func(t *testing.T) {
		before := len(s.events())
		alice.submit("/d/vallee", address, url.Values{"etat": {"open"}}).expect(t, http.StatusSeeOther)
		if len(s.events()) != before {
			t.Error("the journal notes a change that was none")
		}
	})
	t.Run("a survey without a questionnaire does not open", func(t *testing.T) {
		alice.submit("/d/vallee", "/d/vallee/enquetes/vallee-p/etat", url.Values{"etat": {"open"}}).expect(t, http.StatusConflict, "Rien n’a été modifié")
	})
	t.Run("no other state, no other survey", func(t *testing.T) {
		alice.submit("/d/vallee", address, url.Values{"etat": {"archived"}}).expect(t, http.StatusBadRequest)
		alice.submit("/d/vallee", "/d/vallee/enquetes/autre/etat", url.Values{"etat": {"open"}}).expect(t, http.StatusNotFound)
	})
}

func TestTheWorkbooks(t *testing.T) {
	handsOver(t, "classeur.xlsx", "xlsx", surveys.WorkbookDownloaded)
}

// handsOver asks for a file of the diagnostic in both views, by who may and who
// may not: it has its name, and the journal its line.
func handsOver(t *testing.T, file, extension, action string) {
	t.Helper()
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	for _, ask := range []struct {
		login, query, view string
		status             int
	}{
		{"alice", "?vue=restitution", "restitution", http.StatusOK},
		{"alice", "?vue=travail", "travail", http.StatusOK},
		{"bob", "", "restitution", http.StatusOK},
		{"alice", "", "restitution", http.StatusOK},
		{"bob", "?vue=travail", "", http.StatusForbidden},
		{"chelsea", "?vue=restitution", "", http.StatusForbidden},
		{"alice", "?vue=tout", "", http.StatusBadRequest},
	} {
		t.Run(ask.login+" asks for "+file+ask.query, func(t *testing.T) {
			before := len(s.events())
			got := s.as(ask.login).get("/d/vallee/" + file + ask.query)
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
			name := "diapason-vallee-" + ask.view + "-2026-11-22." + extension
			if disposition := got.Header.Get("Content-Disposition"); disposition != `attachment; filename="`+name+`"` {
				t.Errorf("named %s", disposition)
			}
			if last := s.events()[0]; !strings.HasPrefix(last, ask.login+": "+action) {
				t.Errorf("the journal says %q", last)
			}
		})
	}
}
