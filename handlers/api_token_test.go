package handlers_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

const results = "/api/v1/diagnostics"

// account is one with everybody's password.
func (s *site) account(login string, role surveys.Role) surveys.Account {
	alice, err := s.store.Account(context.Background(), "alice")
	s.must(err)
	return surveys.Account{Login: login, Name: login, Role: role, Diagnostics: []string{"vallee"}, Password: alice.Password}
}

// read asks as a program does, with a token.
func (s *site) read(secret, path string, headers ...string) answer {
	s.t.Helper()
	return s.ask(http.MethodGet, "Bearer "+secret, path, headers...)
}

func (s *site) ask(method, authorization, path string, headers ...string) answer {
	s.t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Authorization", authorization)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return s.visitor().do(r)
}

func TestATokenReadsWhatItsAccountMay(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	narrow, wide := s.as("alice").token("a", "restitution", "30"), s.as("alice").token("b", "travail", "30")
	bob, chelsea := s.as("bob").token("c", "restitution", "30"), s.as("chelsea").token("d", "travail", "30")
	const report, answers = results + "/vallee/report", results + "/vallee/surveys/vallee-h/answers"
	for _, c := range []struct {
		who, secret, path string
		status            int
	}{
		{"a narrow token", narrow, report, http.StatusOK},
		{"a narrow token", narrow, report + "?view=restitution", http.StatusOK},
		{"a narrow token", narrow, report + "?view=travail", http.StatusForbidden},
		{"a narrow token", narrow, report + ".csv?view=travail", http.StatusForbidden},
		{"a narrow token", narrow, answers, http.StatusForbidden},
		{"a wide token", wide, report + "?view=travail", http.StatusOK},
		{"a wide token", wide, report + ".csv?view=travail", http.StatusOK},
		{"a wide token", wide, answers, http.StatusOK},
		{"a wide token", wide, results + "/vallee/surveys/vallee-p/answers", http.StatusNotFound},
		{"a wide token", wide, results + "/vallee/surveys/autre/answers", http.StatusNotFound},
		{"a wide token", wide, report + "?view=autre", http.StatusBadRequest},
		{"a wide token", wide, report + ".csv?decimales=autre", http.StatusBadRequest},
		{"a wide token", wide, answers + "?limit=0", http.StatusBadRequest},
		{"a wide token", wide, answers + "?limit=2001", http.StatusBadRequest},
		{"a wide token", wide, answers + "?after=MQ", http.StatusBadRequest},
		{"a wide token", wide, answers + "?after=%00%ff", http.StatusBadRequest},
		{"a reader's token", bob, report, http.StatusOK},
		{"a reader's token", bob, report + "?view=travail", http.StatusForbidden},
		{"a reader's token", bob, answers, http.StatusForbidden},
		{"a token from elsewhere", chelsea, report, http.StatusNotFound},
		{"a token from elsewhere", chelsea, answers, http.StatusNotFound},
		{"a token", wide, results + "/nulle-part/report", http.StatusNotFound},
		{"nobody", "", report, http.StatusUnauthorized},
		{"a wrong secret", wide[:len(wide)-1] + "!", report, http.StatusUnauthorized},
		{"an unknown token", "diapason_abcdefghij_ABCDEFGHIJKLMNOPQRSTUVWXYZ", results, http.StatusUnauthorized},
	} {
		got := s.read(c.secret, c.path)
		if got.StatusCode != c.status {
			t.Errorf("%s asks %s and gets %d, not %d: %s", c.who, c.path, got.StatusCode, c.status, got.body)
		}
		if c.status >= 400 && (!strings.HasPrefix(got.Header.Get("Content-Type"), "application/problem+json") || !strings.Contains(got.body, fmt.Sprintf(`"status":%d`, c.status))) {
			t.Errorf("%s: the refusal is %s %s", c.path, got.Header.Get("Content-Type"), got.body)
		}
		if got.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Error("pages of other sites may read it")
		}
	}
	if got := s.read("", report); len(got.Header.Values("WWW-Authenticate")) == 0 || !strings.Contains(strings.Join(got.Header.Values("WWW-Authenticate"), ","), "Basic") {
		t.Errorf("spreadsheets are not asked for a password: %v", got.Header)
	}
	t.Run("the list says what each may", func(t *testing.T) {
		s.read(wide, results).expect(t, http.StatusOK, `"views":["restitution","travail"]`, "/surveys/vallee-h/answers", "/vallee/report.csv")
		if got := s.read(bob, results); strings.Contains(got.body, "answers") || strings.Contains(got.body, "travail") {
			t.Error(got.body)
		}
		s.read(chelsea, results).expect(t, http.StatusOK, `{"diagnostics":[]}`)
	})
	t.Run("an account that loses a right takes it from its tokens at once", func(t *testing.T) {
		_, err := s.store.UpdateAccount(context.Background(), "alice", func(a *surveys.Account) error { a.Role = surveys.Committee; return nil })
		s.must(err)
		s.read(wide, answers).expect(t, http.StatusForbidden, `"code":"forbidden"`)
		s.read(wide, report).expect(t, http.StatusOK)
	})
}

func TestASpreadsheetGivesItsTokenAsAPassword(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("Excel", "restitution", "30")
	ask := func(user, password string) answer {
		r := httptest.NewRequest(http.MethodGet, results+"/vallee/report.csv", nil)
		r.SetBasicAuth(user, password)
		return s.visitor().do(r)
	}
	got := ask("n’importe qui", secret)
	got.expect(t, http.StatusOK, "\ufeffchapitre;tableau;titre;", "habitants;medecin;")
	if got.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%v", got.Header)
	}
	ask(secret, "").expect(t, http.StatusUnauthorized)
	ask("alice", password).expect(t, http.StatusUnauthorized)
	s.ask(http.MethodGet, "Basic %%%", results).expect(t, http.StatusUnauthorized)
}

func TestTheReportForProgramsIsTheProtectedOne(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("a", "travail", "30")
	protected, work := s.read(secret, results+"/vallee/report"), s.read(secret, results+"/vallee/report?view=travail")
	protected.expect(t, http.StatusOK, `"view":"restitution"`, `"demo":true`, `"made":"2026-11-22T09:30:00Z"`)
	work.expect(t, http.StatusOK, `"view":"travail"`, `"number":26`)
	if strings.Contains(protected.body, `"number":26`) {
		t.Error("the exact number of 26 people is in the restitution")
	}
}

func TestWhatAProgramHasIsNotSentAgain(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("a", "travail", "30")
	for _, path := range []string{"", "/vallee/report", "/vallee/report?view=travail", "/vallee/report.csv", "/vallee/surveys/vallee-h/answers"} {
		first := s.read(secret, results+path)
		tag := first.Header.Get("ETag")
		if first.StatusCode != http.StatusOK || tag == "" {
			t.Fatalf("%s: %d %v", path, first.StatusCode, first.Header)
		}
		s.clock = s.clock.Add(1000000000)
		again := s.read(secret, results+path, "If-None-Match", tag)
		if again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("%s: %d, %d bytes", path, again.StatusCode, len(again.body))
		}
		s.read(secret, results+path, "If-None-Match", `"autre"`).expect(t, http.StatusOK)
		head := s.ask(http.MethodHead, "Bearer "+secret, results+path)
		if head.StatusCode != http.StatusOK || head.body != "" || head.Header.Get("ETag") != s.read(secret, results+path).Header.Get("ETag") {
			t.Errorf("HEAD %s: %d, %d bytes, %v", path, head.StatusCode, len(head.body), head.Header)
		}
	}
	tag := s.read(secret, results+"/vallee/report?view=travail").Header.Get("ETag")
	s.respond("vallee-h", "non")
	s.read(secret, results+"/vallee/report?view=travail", "If-None-Match", tag).expect(t, http.StatusOK)
}

// respond submits one more and returns its identifier.
func (s *site) respond(survey, said string) string {
	s.t.Helper()
	id := surveys.NewResponseID(s.clock)
	_, err := surveys.Submit(context.Background(), surveys.NewForms(s.store), surveys.Response{
		ID: id, Survey: survey, Version: 1, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1",
		Answers: surveys.Answers{"medecin": surveys.TextValue(said)},
	}, s.clock)
	s.must(err)
	return id
}

type answersPage struct {
	Survey  string
	Answers []struct {
		Version    int
		Week, Mode string
		Answers    map[string]any
	}
	After string
	Next  *string
}

// pagesOf reads a survey page by page, to the end.
func (s *site) pagesOf(secret, path string) (all []answersPage) {
	s.t.Helper()
	for {
		got := s.read(secret, path)
		got.expect(s.t, http.StatusOK)
		var page answersPage
		s.must(json.Unmarshal([]byte(got.body), &page))
		all = append(all, page)
		if page.Next == nil {
			return all
		}
		if len(all) > 100 {
			s.t.Fatal("the pages never end")
		}
		path = strings.TrimPrefix(*page.Next, "http://example.com")
	}
}

func TestAnswersAreReadPageByPageToTheEnd(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("a", "travail", "30")
	const path = results + "/vallee/surveys/vallee-h/answers"
	whole := s.pagesOf(secret, path)
	if len(whole) != 1 || len(whole[0].Answers) != 40 {
		t.Fatalf("%d pages, %d answers", len(whole), len(whole[0].Answers))
	}
	for _, limit := range []int{1, 7, 8, 39, 40, 41} {
		var said []string
		all := s.pagesOf(secret, fmt.Sprintf("%s?limit=%d", path, limit))
		for i, page := range all {
			if len(page.Answers) > limit || i < len(all)-1 && len(page.Answers) != limit {
				t.Errorf("limit %d: page %d has %d", limit, i, len(page.Answers))
			}
			for _, a := range page.Answers {
				said = append(said, fmt.Sprint(a.Answers["medecin"]))
			}
		}
		var want []string
		for _, a := range whole[0].Answers {
			want = append(want, fmt.Sprint(a.Answers["medecin"]))
		}
		if !slices.Equal(said, want) || len(all) != (40+limit-1)/limit {
			t.Errorf("limit %d: %d pages say %v", limit, len(all), said)
		}
	}
	t.Run("the week is told, and no day, identifier or receipt", func(t *testing.T) {
		body := s.read(secret, path).body
		if whole[0].Answers[0].Week != "2026-11-16" || strings.Contains(body, "2026-11-22") || strings.Contains(body, `"id"`) || strings.Contains(body, "eceipt") {
			t.Errorf("%.300s", body)
		}
	})
	t.Run("a later reading goes on where the last one ended", func(t *testing.T) {
		s.respond("vallee-a", "oui")
		s.respond("vallee-h", "non")
		more := s.pagesOf(secret, path+"?after="+whole[0].After)
		if len(more) != 1 || len(more[0].Answers) != 1 || more[0].Answers[0].Answers["medecin"] != "non" {
			t.Errorf("%+v", more)
		}
		none := s.pagesOf(secret, path+"?after="+more[0].After)
		if len(none[0].Answers) != 0 || none[0].After != more[0].After {
			t.Errorf("%+v", none)
		}
	})
	t.Run("the cursor of a survey is worth nothing in another", func(t *testing.T) {
		s.read(secret, results+"/vallee/surveys/vallee-a/answers?after="+whole[0].After).expect(t, http.StatusBadRequest, `"code":"cursor"`)
	})
}

func TestWithdrawnAnswersAreNotRead(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("a", "travail", "30")
	r := surveys.Response{
		ID: surveys.NewResponseID(s.clock), Diagnostic: "vallee", Survey: "vallee-h", Version: 1, Language: "fr", Mode: surveys.Paper, Day: "2026-11-20",
		Answers: surveys.Answers{"medecin": surveys.TextValue("oui")}, Receipt: sha256.Sum256([]byte("quatre mots")),
	}
	r.Seal()
	_, err := s.store.AddResponse(context.Background(), r)
	s.must(err)
	const path = results + "/vallee/surveys/vallee-h/answers"
	s.read(secret, path).expect(t, http.StatusOK, `"mode":"papier"`)
	s.must(s.store.WithdrawResponse(context.Background(), "vallee", r.Receipt))
	if got := s.read(secret, path); strings.Contains(got.body, `"mode":"papier"`) || strings.Count(got.body, `"week"`) != 40 {
		t.Errorf("it is still there: %s", got.body)
	}
}

func TestReadingsOfRestrictedNumbersAreNotedOnceADay(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	narrow, wide := alice.token("public", "restitution", "90"), alice.token("équipe", "travail", "90")
	s.read(narrow, results+"/vallee/report").expect(t, http.StatusOK)
	s.read(narrow, results+"/vallee/report?view=travail").expect(t, http.StatusForbidden)
	s.read(wide, results+"/vallee/report").expect(t, http.StatusOK)
	noted := func() int {
		return len(slices.DeleteFunc(s.events(), func(line string) bool {
			return line != "alice: lecture par un programme jeton « équipe »"
		}))
	}
	if noted() != 0 {
		t.Errorf("protected numbers are noted: %v", s.events())
	}
	for range 3 {
		s.read(wide, results+"/vallee/report?view=travail").expect(t, http.StatusOK)
		s.read(wide, results+"/vallee/surveys/vallee-h/answers").expect(t, http.StatusOK)
	}
	if noted() != 1 {
		t.Errorf("the journal says %v", s.events())
	}
	s.clock = s.clock.AddDate(0, 0, 1)
	s.read(wide, results+"/vallee/surveys/vallee-h/answers").expect(t, http.StatusOK)
	if noted() != 2 {
		t.Errorf("the next day the journal says %v", s.events())
	}
}

func TestAProgramThatAsksFarTooOftenIsToldToWait(t *testing.T) {
	s := newSite(t)
	for range 200 {
		if got := s.read("diapason_abcdefghij_X", results); got.StatusCode == http.StatusTooManyRequests {
			if got.Header.Get("Retry-After") == "" || !strings.Contains(got.body, `"code":"too-many"`) {
				t.Errorf("%v %s", got.Header, got.body)
			}
			return
		}
	}
	t.Error("secrets may be guessed for ever")
}

// specification is the OpenAPI document, read as any.
func specification(t *testing.T) map[string]any {
	t.Helper()
	data, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	return document
}

var fiberParameter = regexp.MustCompile(`:([a-z]+)`)

func TestEveryRouteForProgramsIsDocumentedAndNoOther(t *testing.T) {
	s := newSite(t)
	s.visitor().get("/api/openapi.json").expect(t, http.StatusOK, `"openapi": "3.1.0"`)
	served := map[string]bool{}
	for _, r := range s.server.App().GetRoutes(true) {
		if strings.HasPrefix(r.Path, "/api/") && r.Method != http.MethodHead || r.Path == "/r/:slug/reponses" && r.Method == http.MethodPost {
			served[strings.ToLower(r.Method)+" "+fiberParameter.ReplaceAllString(r.Path, "{$1}")] = true
		}
	}
	documented := map[string]bool{}
	for path, operations := range specification(t)["paths"].(map[string]any) {
		for method := range operations.(map[string]any) {
			documented[method+" "+path] = true
		}
	}
	if !maps.Equal(served, documented) || len(served) < 10 {
		t.Errorf("served\n%v\ndocumented\n%v", slices.Sorted(maps.Keys(served)), slices.Sorted(maps.Keys(documented)))
	}
}

// conforms tells where a value is not what its schema says: the few words of
// JSON Schema that the document uses.
func conforms(document, schema map[string]any, value any, at string) (faults []string) {
	if to, ok := schema["$ref"].(string); ok {
		schema = find(document, to)
	}
	fault := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
	kind := map[string]bool{}
	switch types := schema["type"].(type) {
	case string:
		kind[types] = true
	case []any:
		for _, t := range types {
			kind[t.(string)] = true
		}
	}
	if allowed, ok := schema["enum"].([]any); ok && !slices.Contains(allowed, value) {
		fault("%v is none of %v", value, allowed)
	}
	switch v := value.(type) {
	case map[string]any:
		if !kind["object"] {
			fault("an object")
		}
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				fault("no %s", name)
			}
		}
		for name, inner := range v {
			if of, ok := properties[name].(map[string]any); ok {
				faults = append(faults, conforms(document, of, inner, at+"."+name)...)
			} else if of, ok := schema["additionalProperties"].(map[string]any); ok {
				faults = append(faults, conforms(document, of, inner, at+"."+name)...)
			} else if schema["additionalProperties"] == false {
				fault("%s is not documented", name)
			}
		}
	case []any:
		if !kind["array"] {
			fault("an array")
		}
		if of, ok := schema["items"].(map[string]any); ok {
			for i, inner := range v {
				faults = append(faults, conforms(document, of, inner, fmt.Sprintf("%s[%d]", at, i))...)
			}
		}
	case string:
		if !kind["string"] {
			fault("a string")
		}
	case float64:
		if !kind["number"] && (!kind["integer"] || v != float64(int(v))) {
			fault("the number %v", v)
		}
	case bool:
		if !kind["boolean"] {
			fault("a boolean")
		}
	case nil:
		if !kind["null"] {
			fault("null")
		}
	}
	return faults
}

// find follows a reference in the document.
func find(document map[string]any, to string) map[string]any {
	at := document
	for name := range strings.SplitSeq(strings.TrimPrefix(to, "#/"), "/") {
		at, _ = at[name].(map[string]any)
	}
	return at
}

func TestAnswersOfTheAPIAreWhatTheDocumentSays(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("a", "travail", "30")
	document := specification(t)
	for _, c := range []struct{ path, schema string }{
		{results, "Diagnostics"}, {results + "/vallee/report", "Report"}, {results + "/vallee/report?view=travail", "Report"},
		{results + "/vallee/surveys/vallee-h/answers", "AnswersPage"}, {results + "/vallee/surveys/vallee-h/answers?limit=3", "AnswersPage"},
		{results + "/autre/report", "Problem"}, {results + "/vallee/report?view=x", "Problem"}, {api, "Questionnaires"}, {api + "/vallee-h", "Questionnaire"}, {api + "/autre", "Refusal"},
	} {
		var value any
		s.must(json.Unmarshal([]byte(s.read(secret, c.path).body), &value))
		if faults := conforms(document, map[string]any{"$ref": "#/components/schemas/" + c.schema}, value, "$"); faults != nil {
			t.Errorf("%s: %v", c.path, faults[:min(5, len(faults))])
		}
	}
	t.Run("every reference leads somewhere", func(t *testing.T) {
		data, err := os.ReadFile("openapi.json")
		s.must(err)
		for _, found := range regexp.MustCompile(`"\$ref": "([^"]+)"`).FindAllStringSubmatch(string(data), -1) {
			if find(document, found[1]) == nil {
				t.Errorf("%s leads nowhere", found[1])
			}
		}
	})
	t.Run("and the check can fail", func(t *testing.T) {
		if conforms(document, map[string]any{"$ref": "#/components/schemas/Problem"}, map[string]any{"status": "404", "extra": true}, "$") == nil {
			t.Error("a fault was not seen")
		}
	})
}
