package handlers_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

// changing is what is new on a page at each request, whatever it tells.
var changing = regexp.MustCompile(`(?s)<head>.*?</head>|name="_csrf" value="[^"]*"|<p class="fresh">.*?<span`)

func (s *site) restitution(v *visitor, path string) string {
	s.t.Helper()
	p := v.get(path)
	p.expect(s.t, http.StatusOK)
	return changing.ReplaceAllString(p.body, "")
}

func TestTheRestitutionMovesWithElevenMoreAnswers(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	bob, alice := s.as("bob"), s.as("alice")
	pages := []string{"/d/vallee", "/d/vallee/resultats/habitants", "/d/vallee/methode"}
	var before []string
	for _, path := range pages {
		before = append(before, s.restitution(bob, path))
	}
	if !strings.Contains(before[0], "Chiffres arrêtés le 22") || !strings.Contains(before[0], "reconnu par différence") {
		t.Errorf("the page does not say up to when its numbers go, and why: %s", before[0])
	}
	release := func(n string) string { return `<th scope="row">` + n + `</th><td>` }
	if !strings.Contains(before[2], release("1")) || !strings.Contains(before[2], "Les chiffres publiés sont arrêtés au") {
		t.Error("the method does not tell of the first publication")
	}

	s.clock = s.clock.Add(2 * time.Hour)
	t.Run("ten answers later it is the same page", func(t *testing.T) {
		for range 10 {
			s.oneMore()
		}
		for i, path := range pages {
			if now := s.restitution(bob, path); now != before[i] {
				t.Errorf("%s is another page: %s", path, firstDifference(now, before[i]))
			}
		}
	})
	t.Run("the working view has them", func(t *testing.T) {
		alice.get("/d/vallee").expect(t, http.StatusOK, "50")
	})
	t.Run("eleven answers later it is another publication", func(t *testing.T) {
		s.oneMore()
		if now := s.restitution(bob, "/d/vallee"); now == before[0] || !strings.Contains(now, " à ") {
			t.Error("the eleventh answer changed nothing")
		}
		method := s.restitution(bob, "/d/vallee/methode")
		if !strings.Contains(method, release("2")) || !strings.Contains(method, release("1")) {
			t.Errorf("the method does not tell of two publications: %s", method)
		}
	})
	t.Run("the journal says what was published, and which publication a workbook has", func(t *testing.T) {
		bob.get("/d/vallee/classeur.xlsx?vue=restitution").expect(t, http.StatusOK)
		published := 0
		events := s.events()
		for _, e := range events {
			if strings.Contains(e, surveys.PublishedNumbers) {
				published++
			}
		}
		if published != 2 {
			t.Errorf("%d publications in the journal, want 2: %q", published, events)
		}
		written := func(e string) bool {
			return strings.Contains(e, surveys.WorkbookDownloaded) && strings.Contains(e, "restitution, publication n°\u00a02, empreinte SHA-256 ")
		}
		if !slices.ContainsFunc(events, written) {
			t.Errorf("no workbook of the second publication in the journal: %q", events)
		}
	})
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + "\nwas " + b[i]
		}
	}
	return "one is longer"
}

func TestAFewAnswersArePublishedWithThoseToCome(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	s.survey("vallee-q", surveys.Professionnels, 5)
	bob := s.as("bob")
	bob.get("/d/vallee/methode").expect(t, http.StatusOK, "Les réponses de professionnels sont encore trop peu nombreuses pour être publiées")
	bob.get("/d/vallee/resultats/professionnels").expect(t, http.StatusOK, "Rien à montrer pour l’instant")
	bob.get("/d/vallee").expect(t, http.StatusOK, "1 à 10")
}
