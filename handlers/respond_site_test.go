package handlers

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/surveys"
	"diapason/surveys/boltstore"
)

// respondentNow is the moment of every test here.
var respondentNow = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// respondentSite is a server over a new store with one open survey, "ville",
// one draft, "brouillon", and one closed, "finie".
type respondentSite struct {
	*Server
	t testing.TB
}

func newRespondentSite(t testing.TB, change ...func(*Config)) respondentSite {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "site.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	ctx := t.Context()
	err = store.AddDiagnostic(ctx, surveys.Diagnostic{
		ID: "essai", Title: "Diagnostic d’essai", State: surveys.Open, Closes: respondentNow.AddDate(0, 1, 0), Demo: true,
		Territory: surveys.Territory{Name: "Pays d’essai"},
		Notice:    surveys.Notice{Controller: "CC d’essai", Contact: "sante@exemple.fr", DPO: "dpo@exemple.fr", Hosting: "France"},
	})
	if err != nil {
		t.Fatal(err)
	}
	forms := surveys.NewForms(store)
	for id, state := range map[string]surveys.State{"ville": surveys.Open, "brouillon": surveys.Draft, "finie": surveys.Closed} {
		if err := store.AddSurvey(ctx, surveys.Survey{ID: id, Diagnostic: "essai", Audience: surveys.Habitants, Title: "Votre santé <ici>", State: state}); err != nil {
			t.Fatal(err)
		}
		if _, problems, err := surveys.Publish(ctx, forms, respondentNow, surveys.Publication{Survey: id, Questionnaire: everyKind()}); err != nil || problems.Refusals() != nil {
			t.Fatal(err, problems)
		}
	}
	config := Config{Store: store, Now: func() time.Time { return respondentNow }}
	for _, c := range change {
		c(&config)
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return respondentSite{s, t}
}

const (
	inFrench = "Français (fr)"
	inArabic = "العربية (ar)"
)

func french(text string) surveys.Text { return surveys.Text{inFrench: text} }

// everyKind is a small questionnaire with every kind of question.
func everyKind() surveys.Questionnaire {
	choices := func(codes ...string) (all []surveys.Choice) {
		for _, code := range codes {
			all = append(all, surveys.Choice{Name: code, Label: french("Choix " + code)})
		}
		return all
	}
	return surveys.Questionnaire{
		Title: "Essai", FormID: "essai", DefaultLanguage: inFrench, Languages: []string{inFrench, inArabic},
		Lists: []surveys.List{
			{Name: "age", Choices: choices("moins15", "15_64", "65plus")},
			{Name: "freins", Choices: choices("cher", "loin", "attente", "langue", "nsp")},
			{Name: "facile", Choices: choices("oui", "non", "nsp")},
		},
		Items: []surveys.Item{
			{Kind: surveys.Group, Name: "vous", Label: french("Vous"), Items: []surveys.Item{
				{Kind: surveys.SelectOne, Name: "age", List: "age", Required: "yes",
					Label: surveys.Text{inFrench: "Quel âge <b>avez-vous</b> ?", inArabic: "كم عمرك؟"}, RequiredMessage: french("Choisissez votre âge.")},
				{Kind: surveys.Note, Name: "fin", Label: french("Réservé aux plus de 15 ans."), Relevant: "${age} = 'moins15'", Profile: surveys.ProfileEnd},
				{Kind: surveys.Integer, Name: "enfants", Label: french("Combien d’enfants ?"), Constraint: ". <= 20", ConstraintMessage: french("20 au plus.")},
				{Kind: surveys.Decimal, Name: "km", Label: french("À combien de kilomètres ?")},
			}},
			{Kind: surveys.Group, Name: "avis", Label: french("Votre avis"), Items: []surveys.Item{
				{Kind: surveys.SelectMultiple, Name: "freins", List: "freins", Label: french("Quels freins ?"), Constraint: "count-selected(.) <= 3"},
				{Kind: surveys.Rank, Name: "ordre", List: "freins", Label: french("Dans quel ordre ?"), Constraint: "count-selected(.) <= 3", Parameters: map[string]string{"randomize": "true"}},
				{Kind: surveys.Range, Name: "note", Label: french("Une note. 0 = mauvais. 10 = bon."), Parameters: map[string]string{"start": "0", "end": "10"}},
				{Kind: surveys.Date, Name: "jour", Label: french("Depuis quand ?")},
				{Kind: surveys.Group, Name: "acces", Label: french("Est-ce facile ?"), Appearance: []string{"field-list"}, Items: []surveys.Item{
					{Kind: surveys.SelectOne, Name: "acces_medecin", List: "facile", Label: french("Médecin")},
					{Kind: surveys.SelectOne, Name: "acces_dentiste", List: "facile", Label: french("Dentiste")},
				}},
				{Kind: surveys.TextKind, Name: "mot", Label: french("Un mot ?"), Constraint: "string-length(.) <= 500", ConstraintMessage: french("500 caractères au plus.")},
				{Kind: surveys.Acknowledge, Name: "lu", Label: french("C’est lu ?")},
			}},
			{Kind: surveys.Group, Name: "foyer", Label: french("Votre foyer"), Relevant: "${enfants} > 0", Items: []surveys.Item{
				{Kind: surveys.Repeat, Name: "enfant", Label: french("Chaque enfant"), Items: []surveys.Item{
					{Kind: surveys.TextKind, Name: "surnom", Label: french("Surnom")},
				}},
			}},
		},
	}
}

// answer is what came back of a request.
type answer struct {
	*http.Response
	text string
}

func (s respondentSite) do(request *http.Request) answer {
	s.t.Helper()
	// Compressing with the race detector on, on a busy machine, takes its time.
	response, err := s.App().Test(request, fiber.TestConfig{Timeout: time.Minute})
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{response, string(body)}
}

func (s respondentSite) get(address string) answer {
	s.t.Helper()
	return s.do(httptest.NewRequest(http.MethodGet, address, nil))
}

func (s respondentSite) post(address string, typed url.Values) answer {
	s.t.Helper()
	request := httptest.NewRequest(http.MethodPost, address, strings.NewReader(typed.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(request)
}

func (s respondentSite) send(address, body string) answer {
	s.t.Helper()
	request := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	return s.do(request)
}

// kept is how many responses the store has.
func (s respondentSite) kept() int {
	s.t.Helper()
	n := 0
	for arrival, err := range s.store.Responses(s.t.Context(), "essai", "") {
		if err != nil {
			s.t.Fatal(err)
		}
		if !arrival.Withdrawn {
			n++
		}
	}
	return n
}

func (a answer) decode(t *testing.T) (r reply) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.text), &r); err != nil {
		t.Fatalf("%v in %s", err, a.text)
	}
	return r
}

func (a answer) has(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.text, text) {
			t.Errorf("the answer lacks %q", text)
		}
	}
}

func (a answer) is(t *testing.T, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("status %d, want %d: %.600s", a.StatusCode, status, a.text)
	}
	return a
}
