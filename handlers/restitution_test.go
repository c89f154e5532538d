package handlers_test

import (
	"context"
	"encoding/json"
	"html"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/report"
)

const restitution = "/restitution/vallee"

// publicPaths are the public pages of a diagnostic with the library's themes.
var publicPaths = []string{"", "/simple", "/themes", "/themes/T01", "/themes/T07", "/regards-croises", "/secteurs", "/methode"}

// told fills the diagnostic of these tests with the library's questionnaires and
// answers few enough for numbers to be hidden.
func (s *site) told() {
	s.t.Helper()
	ctx := context.Background()
	d, err := library.DemoDiagnostic("vallee", s.clock)
	s.must(err)
	s.must(s.store.AddDiagnostic(ctx, d))
	s.must(s.store.AddDossier(ctx, library.DemoDossier(d)))
	forms := surveys.NewForms(s.store)
	for _, audience := range surveys.Audiences() {
		q, err := library.Questionnaire(audience)
		s.must(err)
		survey := surveys.Survey{ID: "vallee-" + string(audience), Diagnostic: "vallee", Audience: audience, Title: q.Title, State: surveys.Open}
		s.must(s.store.AddSurvey(ctx, survey))
		_, problems, err := surveys.Publish(ctx, forms, s.clock, surveys.Publication{Survey: survey.ID, Questionnaire: *q})
		s.must(err)
		if problems.Refusals() != nil {
			s.t.Fatal(problems)
		}
		form, err := forms.Form(ctx, survey.ID, 1)
		s.must(err)
		size := map[surveys.Audience]int{surveys.Habitants: 163, surveys.Professionnels: 47, surveys.Associations: 32}[audience]
		survey.Current = 1
		for _, a := range library.DemoAnswers(form, audience, d, 71, size) {
			_, err := surveys.Submit(ctx, forms, a.Response(survey, "1"), s.clock)
			s.must(err)
		}
	}
}

func (s *site) publish() {
	s.t.Helper()
	_, err := surveys.OpenRestitution(context.Background(), s.store, "vallee", "alice", s.clock)
	s.must(err)
}

func TestARestitutionIsTheTeamsUntilItIsOpened(t *testing.T) {
	s := newSite(t)
	s.told()
	alice, bob, chelsea, nobody := s.as("alice"), s.as("bob"), s.as("chelsea"), s.visitor()
	images := []string{"/image/h-renonce-habitants.png", "/image/h-renonce-habitants.svg"}
	nobody.get(restitution+"/donnees.zip").expect(t, http.StatusNotFound)
	for _, path := range append(images, publicPaths...) {
		preview := "/d/vallee/restitution/apercu" + path
		nobody.get(restitution+path).expect(t, http.StatusNotFound)
		alice.get(restitution+path).expect(t, http.StatusNotFound)
		alice.get(preview).expect(t, http.StatusOK)
		bob.get(preview).expect(t, http.StatusOK)
		chelsea.get(preview).expect(t, http.StatusForbidden)
		nobody.get(preview).expect(t, http.StatusSeeOther)
	}
	alice.get("/d/vallee/restitution/apercu").expect(t, http.StatusOK, "Aperçu", "/d/vallee/restitution/apercu/simple")
	if strings.Contains(nobody.get("/").body, restitution) {
		t.Error("the front page leads to what is not open")
	}

	s.publish()
	for _, path := range append(images, publicPaths...) {
		got := nobody.get(restitution + path)
		got.expect(t, http.StatusOK)
		if strings.Contains(got.body, "Aperçu.") {
			t.Errorf("%s says it is a preview", path)
		}
	}
	nobody.get("/").expect(t, http.StatusOK, restitution, "en mots simples")
	nobody.get(restitution).expect(t, http.StatusOK, restitution+"/donnees.zip", "Licence Ouverte")
	data := nobody.get(restitution + "/donnees.zip")
	data.expect(t, http.StatusOK)
	if !strings.HasPrefix(data.body, "PK\x03\x04") || data.Header.Get("Content-Disposition") != `attachment; filename="diapason-vallee-donnees-publiques.zip"` {
		t.Errorf("the open data are %q, %q", data.Header.Get("Content-Type"), data.Header.Get("Content-Disposition"))
	}
	for _, path := range []string{"/themes/T99", "/themes/..%2F", "/image/autre.png", "/image/p-5ans-depart-professionnels.svg.png", "/autre"} {
		nobody.get(restitution+path).expect(t, http.StatusNotFound)
	}
	nobody.get("/restitution/nulle-part").expect(t, http.StatusNotFound)
}

func TestOpeningARestitutionIsADecision(t *testing.T) {
	s := newSite(t)
	s.told()
	alice, nobody := s.as("alice"), s.visitor()
	const page, publish, back = "/d/vallee/restitution", "/d/vallee/restitution/publier", "/d/vallee/restitution/retirer"
	decided := func() []string { // the numbers publish themselves, and say so too
		return slices.DeleteFunc(s.events(), func(e string) bool { return !strings.HasPrefix(e, "alice: ") })
	}
	public := func() int { return nobody.get(restitution).StatusCode }

	t.Run("the COPIL does not take it", func(t *testing.T) {
		bob := s.as("bob")
		bob.get(page).expect(t, http.StatusForbidden)
		bob.submit("/d/vallee", publish, url.Values{"relu": {"oui"}}).expect(t, http.StatusForbidden)
		if strings.Contains(bob.get("/d/vallee/methode").body, "Restitution publique") {
			t.Error("the COPIL is led there")
		}
	})
	t.Run("the page to confirm says on how many answers, and what is hidden", func(t *testing.T) {
		alice.get(page).expect(t, http.StatusOK, "seule l’équipe la voit", publish)
		alice.get(publish).expect(t, http.StatusOK, "Publier pour tout le monde", "165 réponses", "parts sont montrées", "sont masquées", "moins de 11")
	})
	t.Run("without the token, or unread, nothing is opened", func(t *testing.T) {
		alice.post(publish, url.Values{"relu": {"oui"}}).expect(t, http.StatusForbidden)
		alice.submit(publish, publish, url.Values{}).expect(t, http.StatusUnprocessableEntity, "cochez la case", `name="relu"`)
		if public() != http.StatusNotFound || len(decided()) != 0 {
			t.Errorf("opened: %q", decided())
		}
	})
	t.Run("once confirmed everybody reads it, and the journal says who said so", func(t *testing.T) {
		for range 2 { // pressed twice
			alice.submit(publish+"#", publish, url.Values{"relu": {"oui"}}).expect(t, http.StatusSeeOther)
			if got := decided(); len(got) != 1 || !strings.HasPrefix(got[0], "alice: "+surveys.OpenedRestitution+" ") || !strings.Contains(got[0], "masquées") {
				t.Errorf("the journal says %q", got)
			}
		}
		if public() != http.StatusOK {
			t.Error("nobody can read it")
		}
		alice.get(page+"?fait=publiee").expect(t, http.StatusOK, "La restitution est publiée", "Alice", "Retirer de la publication")
	})
	t.Run("taken back, it is gone", func(t *testing.T) {
		alice.post(back, url.Values{}).expect(t, http.StatusForbidden)
		for range 2 {
			alice.submit("/d/vallee/telecharger", back, url.Values{}).expect(t, http.StatusSeeOther)
		}
		if public() != http.StatusNotFound {
			t.Error("it is still there")
		}
		if got := decided(); len(got) != 2 || !strings.Contains(got[0], surveys.ClosedRestitution) {
			t.Errorf("the journal says %q", got)
		}
		alice.get(page+"?fait=retiree").expect(t, http.StatusOK, "n’est plus publiée")
	})
}

func TestNothingToShowIsNotOpened(t *testing.T) {
	s := newSite(t)
	s.must(s.store.AddDiagnostic(context.Background(), surveys.Diagnostic{ID: "vallee", Title: "Sans réponse", State: surveys.Open}))
	alice := s.as("alice")
	alice.get("/d/vallee/restitution/publier").expect(t, http.StatusOK, "Rien à publier pour l’instant", "Aucun questionnaire n’est encore publié")
	alice.submit("/d/vallee/restitution", "/d/vallee/restitution/publier", url.Values{"relu": {"oui"}}).expect(t, http.StatusConflict, "Rien à publier")
	s.visitor().get(restitution).expect(t, http.StatusNotFound)
	for _, path := range append([]string{"/diapos"}, publicPaths[:3]...) {
		if path != "/diapos" {
			path = "/restitution/apercu" + path
		}
		alice.get("/d/vallee"+path).expect(t, http.StatusOK)
	}
}

var (
	markup  = regexp.MustCompile(`(?s)<head>.*?</head>|<svg.*?</svg>|<[^>]*>`)
	numeral = regexp.MustCompile(`\d+(?:[ \x{00a0}\x{202f}]\d{3})*(?:,\d+)?`)
)

// numerals are the numbers a text says, without the spaces inside.
func numerals(text string) []string {
	found := numeral.FindAllString(text, -1)
	for i := range found {
		found[i] = strings.Join(strings.FieldsFunc(found[i], func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u202f' }), "")
	}
	return found
}

// TestEveryPublicNumberIsInTheRestitution walks the numbers of the public pages
// and of the slides: each is one that the restitution shows. The exact numbers
// of the working view are others.
func TestEveryPublicNumberIsInTheRestitution(t *testing.T) {
	s := newSite(t)
	s.told()
	s.publish()
	ctx := context.Background()
	d, err := s.store.Diagnostic(ctx, "vallee")
	s.must(err)
	allowed := map[string]bool{}
	allow := func(texts ...string) {
		for _, text := range texts {
			for _, n := range numerals(text) {
				allowed[n] = true
			}
		}
	}
	r, err := report.NewSource(surveys.NewForms(s.store)).Report(ctx, d, report.Restitution, s.clock)
	s.must(err)
	shown, hidden := r.Told()
	if hidden == 0 {
		t.Fatal("nothing is hidden: this test has nothing to say")
	}
	allow(plain(shown), plain(hidden), plain(r.Population), plain(r.Total()))
	// Thresholds and dates that the pages themselves say; hours and days change.
	allow("1 2 3 4 5 6 7 8 9 10 11 14 16 20 30 49 95 20:00 00:00 2.0 2026 22", d.Title, d.Edition)
	for _, a := range r.Answers {
		allow(plain(a.N))
	}
	for _, theme := range d.Frame.Themes {
		allow(theme.Code, theme.Name, theme.Short)
	}
	for _, c := range r.Chapters {
		allow(append([]string{c.Title, c.Lead}, c.Paragraphs...)...)
		for _, table := range c.Tables {
			allow(table.Title, table.Note, table.Source, table.Section)
			for _, column := range table.Columns {
				allow(column.Title)
			}
			for _, row := range table.Rows {
				for i, cell := range row.Cells {
					if cell.State == report.Shown {
						allow(cell.Text, cellNumbers(table.Columns[i].Kind, cell.Number))
					}
				}
			}
		}
	}
	for _, sup := range r.Suppressions {
		allow(sup.Rule)
	}
	pages := map[string]string{"slides": s.as("alice").get("/d/vallee/diapos").body}
	for _, path := range publicPaths {
		pages[path] = s.visitor().get(restitution + path).body
	}
	for path, body := range pages {
		body = body[strings.Index(body, "<main"):]
		text := html.UnescapeString(markup.ReplaceAllString(body, " "))
		if len(numerals(text)) < 3 {
			t.Errorf("%s tells no number", path)
		}
		for _, n := range numerals(text) {
			if !allowed[n] {
				t.Errorf("%s tells %s, which the restitution does not", path, n)
			}
		}
		if exact := []string{"163", "47 "}; slices.ContainsFunc(exact, func(e string) bool { return strings.Contains(text, e+" réponses") }) {
			t.Errorf("%s tells an exact number of answers", path)
		}
	}
}

func plain(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// cellNumbers is a number as its column is written, whatever the words around.
func cellNumbers(kind report.ColumnKind, v float64) string {
	switch kind {
	case report.Share, report.Low, report.High, report.Gap:
		return strconv.Itoa(int(math.Abs(math.Round(v * 100))))
	case report.Mean, report.Rate, report.Quantity:
		return strings.Replace(strconv.FormatFloat(math.Abs(v), 'f', 1, 64), ".", ",", 1) + " " + strconv.Itoa(int(math.Round(v)))
	}
	return strconv.Itoa(int(math.Round(v)))
}

func TestHostileWordsStayWordsInPublic(t *testing.T) {
	s := newSite(t)
	s.vallee(`<script>alert("titre")</script>"><img src=x onerror=alert(1)>`)
	s.publish()
	alice, nobody := s.as("alice"), s.visitor()
	bodies := map[string]string{"slides": alice.get("/d/vallee/diapos").body, "opening": alice.get("/d/vallee/restitution").body, "home": nobody.get("/").body}
	for _, path := range []string{"", "/simple", "/themes", "/regards-croises", "/secteurs", "/methode"} {
		bodies[path] = nobody.get(restitution + path).body
	}
	for path, body := range bodies {
		if !strings.Contains(body, "&lt;script&gt;") {
			t.Errorf("%s does not say the title", path)
		}
		for _, bad := range []string{"<script>", "<img src=x", `style="`} {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %s", path, bad)
			}
		}
	}
}

func TestPublicPagesAreLightAndKept(t *testing.T) {
	s := newSite(t)
	s.told()
	s.publish()
	nobody := s.visitor()
	for _, path := range publicPaths {
		ask := func(tag string) answer {
			r := httptest.NewRequest(http.MethodGet, restitution+path, nil)
			r.Header.Set("Accept-Encoding", "gzip, br")
			if tag != "" {
				r.Header.Set("If-None-Match", tag)
			}
			return nobody.do(r)
		}
		first := ask("")
		first.expect(t, http.StatusOK)
		if first.Header.Get("Content-Encoding") != "br" || len(first.body) > 60<<10 {
			t.Errorf("%s weighs %d bytes, %s", path, len(first.body), first.Header.Get("Content-Encoding"))
		}
		if got := first.Header.Get("Cache-Control"); got != "public, max-age=60" {
			t.Errorf("%s: Cache-Control is %q", path, got)
		}
		if first.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s leaves a cookie", path)
		}
		again := ask(first.Header.Get("Etag"))
		again.expect(t, http.StatusNotModified)
		if again.body != "" {
			t.Errorf("%s came again", path)
		}
		page := nobody.get(restitution + path).body
		if strings.Contains(page, "<script") {
			t.Errorf("%s needs a script", path)
		}
		for _, outside := range regexp.MustCompile(`(?:src|href)="(https?:)?//[^"]+"`).FindAllString(page, -1) {
			if !strings.Contains(outside, "etalab.gouv.fr") { // the licence, a link
				t.Errorf("%s reaches %s", path, outside)
			}
		}
	}
	if got := nobody.get(restitution + "/image/h-renonce-habitants.png"); got.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(got.body, "\x89PNG") {
		t.Errorf("the image is %s", got.Header.Get("Content-Type"))
	}
}

func TestThePublicPagesFollowWhatTheTeamWrites(t *testing.T) {
	s := newSite(t)
	s.told()
	s.publish()
	nobody := s.visitor()
	nobody.get(restitution).expect(t, http.StatusOK)
	_, err := s.store.UpdateDossier(context.Background(), "vallee", func(d *surveys.Dossier) error {
		d.Findings[0].Text = "Le constat a changé."
		return nil
	})
	s.must(err)
	s.clock = s.clock.Add(time.Minute)
	nobody.get(restitution).expect(t, http.StatusOK, "Le constat a changé.")
}
