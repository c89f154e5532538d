package handlers_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers"
	"diapason/surveys"
	"diapason/surveys/boltstore"
)

// password is everybody's in these tests.
const password = "quatre mots bien à moi"

// A site is a server over a store on a temporary file, with a clock to move:
//
//	alice    coordinates "vallee", which has two surveys with answers
//	bob      sits on the COPIL of "vallee"
//	chelsea  coordinates another diagnostic
//	dora     is an agency
type site struct {
	t      *testing.T
	store  surveys.Store
	server *handlers.Server
	clock  time.Time
}

func newSite(t *testing.T) *site {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "site.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s := &site{t: t, store: store, clock: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)}
	s.server, err = handlers.New(handlers.Config{Store: store, Now: func() time.Time { return s.clock }})
	s.must(err)
	hash, err := handlers.HashPassword(password)
	s.must(err)
	for _, a := range []surveys.Account{
		{Login: "alice", Name: "Alice", Role: surveys.Coordinator, Diagnostics: []string{"vallee"}},
		{Login: "bob", Name: "Bob", Role: surveys.Committee, Diagnostics: []string{"vallee"}},
		{Login: "chelsea", Name: "Chelsea", Role: surveys.Coordinator, Diagnostics: []string{"ailleurs"}},
		{Login: "dora", Name: "Dora", Role: surveys.Agency},
	} {
		a.Password = hash
		s.must(store.AddAccount(context.Background(), a))
	}
	return s
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// vallee adds the diagnostic of these tests: 40 residents and 12 associations
// answered one question.
func (s *site) vallee(title string) {
	s.t.Helper()
	ctx := context.Background()
	s.must(s.store.AddDiagnostic(ctx, surveys.Diagnostic{
		ID: "vallee", Title: title, Edition: "2026", State: surveys.Open, Demo: true,
		Opens: s.clock.AddDate(0, 0, -10), Closes: s.clock.AddDate(0, 0, 20),
		Territory: surveys.Territory{Name: "La Vallée", Communes: []surveys.Commune{{Code: "71001", Name: "Amont", Population: 9000}}},
	}))
	s.survey("vallee-h", surveys.Habitants, 40)
	s.survey("vallee-a", surveys.Associations, 12)
	s.must(s.store.AddSurvey(ctx, surveys.Survey{ID: "vallee-p", Diagnostic: "vallee", Audience: surveys.Professionnels, Title: "Sans questionnaire", State: surveys.Draft}))
}

func (s *site) survey(id string, audience surveys.Audience, answers int) {
	s.t.Helper()
	ctx := context.Background()
	s.must(s.store.AddSurvey(ctx, surveys.Survey{ID: id, Diagnostic: "vallee", Audience: audience, Title: "Enquête " + audience.Label(), State: surveys.Open}))
	forms := surveys.NewForms(s.store)
	_, problems, err := surveys.Publish(ctx, forms, s.clock, surveys.Publication{Survey: id, Questionnaire: surveys.Questionnaire{
		Title: "Santé", FormID: id,
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "medecin", List: "ouinon", Label: surveys.Text{surveys.NoLanguage: "Avez-vous un médecin <script>alert(1)</script> ?"}}},
		Lists: []surveys.List{{Name: "ouinon", Choices: []surveys.Choice{
			{Name: "oui", Label: surveys.Text{surveys.NoLanguage: "Oui"}}, {Name: "non", Label: surveys.Text{surveys.NoLanguage: "Non"}}}}},
	}})
	s.must(err)
	if problems.Refusals() != nil {
		s.t.Fatal(problems)
	}
	for i := range answers {
		value := "oui"
		if i%3 == 0 {
			value = "non"
		}
		_, err := surveys.Submit(ctx, forms, surveys.Response{
			ID: surveys.NewResponseID(s.clock), Survey: id, Version: 1, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1",
			Answers: surveys.Answers{"medecin": surveys.TextValue(value)},
		}, s.clock)
		s.must(err)
	}
}

// A visitor is a browser: it keeps cookies.
type visitor struct {
	site    *site
	cookies map[string]*http.Cookie
}

func (s *site) visitor() *visitor { return &visitor{s, map[string]*http.Cookie{}} }

// An answer is what came back, with its body read.
type answer struct {
	*http.Response
	body string
}

func (v *visitor) do(r *http.Request) answer {
	v.site.t.Helper()
	r.Header.Set("Accept", "text/html")
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	response, err := v.site.server.App().Test(r, fiber.TestConfig{Timeout: time.Minute})
	v.site.must(err)
	body, err := io.ReadAll(response.Body)
	v.site.must(err)
	for _, c := range response.Cookies() {
		v.cookies[c.Name] = c
		if c.Value == "" || c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return answer{response, string(body)}
}

func (v *visitor) get(path string) answer {
	v.site.t.Helper()
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (v *visitor) post(path string, fields url.Values) answer {
	v.site.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

var tokenField = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)

// submit posts a form of a page, with the token the page gave.
func (v *visitor) submit(page, path string, fields url.Values) answer {
	v.site.t.Helper()
	shown := v.get(page)
	found := tokenField.FindStringSubmatch(shown.body)
	if found == nil {
		v.site.t.Fatalf("%s has no form with a token:\n%s", page, shown.body)
	}
	fields.Set("_csrf", found[1])
	return v.post(path, fields)
}

func (v *visitor) trySignin(login, password, next string) answer {
	v.site.t.Helper()
	return v.submit("/connexion", "/connexion", url.Values{"login": {login}, "password": {password}, "suite": {next}})
}

// as is somebody who has signed in.
func (s *site) as(login string) *visitor {
	s.t.Helper()
	v := s.visitor()
	v.trySignin(login, password, "").expect(s.t, http.StatusSeeOther)
	return v
}

func (a answer) expect(t *testing.T, status int, words ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s answered %d, not %d:\n%s", a.Request.Method, a.Request.URL, a.StatusCode, status, a.body)
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("%s %s does not say %q:\n%s", a.Request.Method, a.Request.URL, w, a.body)
		}
	}
}

func (s *site) events() []string {
	s.t.Helper()
	events, err := s.store.Events(context.Background(), "vallee", 100)
	s.must(err)
	var lines []string
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%s: %s %s", e.Login, e.Action, e.Detail))
	}
	return lines
}
