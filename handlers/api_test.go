package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/xlsform"
)

const api = "/api/v1/questionnaires"

func TestTheOpenAPIAnswersFourQuestions(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	anybody := s.visitor()
	s.write("vallee-h", asked(func(q *surveys.Questionnaire) { q.Items[0].Label[surveys.NoLanguage] = "Secret encore" }))

	t.Run("the list has what the public may answer, and nothing else", func(t *testing.T) {
		got := anybody.get(api)
		got.expect(t, http.StatusOK, `"id":"vallee-h"`, `"version":1`, `"audience":"habitants"`, `/api/v1/questionnaires/vallee-h.xlsx`, `"published":"2026-11-22T`)
		if strings.Contains(got.body, "vallee-p") {
			t.Error("it lists a survey that was never published")
		}
	})
	t.Run("missing, never published, or no longer public: 404 in JSON", func(t *testing.T) {
		for _, path := range []string{"/autre", "/vallee-p", "/vallee-p.xlsx", "/vallee-h/versions/2", "/vallee-h/versions/x", "/autre.xlsx"} {
			got := anybody.get(api + path)
			got.expect(t, http.StatusNotFound, `"code":"not-found"`)
			if !strings.HasPrefix(got.Header.Get("Content-Type"), "application/json") {
				t.Errorf("%s answers in %s", path, got.Header.Get("Content-Type"))
			}
		}
	})
	t.Run("a questionnaire comes whole, as it is published", func(t *testing.T) {
		for _, path := range []string{"/vallee-h", "/vallee-h/versions/1"} {
			got := anybody.get(api + path)
			got.expect(t, http.StatusOK)
			var document struct {
				ID            string
				Version       int
				Questionnaire surveys.Questionnaire
			}
			s.must(json.Unmarshal([]byte(got.body), &document))
			published, err := s.store.Version(context.Background(), "vallee-h", 1)
			s.must(err)
			if document.ID != "vallee-h" || document.Version != 1 || document.Questionnaire.Digest() != published.Questionnaire.Digest() {
				t.Errorf("%s says %s", path, got.body)
			}
			if strings.Contains(got.body, "Secret encore") {
				t.Error("the manuscript leaves there")
			}
		}
	})
	t.Run("and as a workbook", func(t *testing.T) {
		for _, path := range []string{"/vallee-h.xlsx", "/vallee-h/versions/1.xlsx", "/vallee-h.zip", "/vallee-h/versions/1.zip"} {
			got := anybody.get(api + path)
			got.expect(t, http.StatusOK)
			if q, problems := xlsform.Read(strings.NewReader(got.body), "x.xlsx"); problems.Err() != nil || q.Items[0].Name != "medecin" {
				t.Errorf("%s: %v", path, problems)
			}
		}
	})
	t.Run("the sheets an author keeps for themselves do not leave", func(t *testing.T) {
		s.write("vallee-a", asked(func(q *surveys.Questionnaire) {
			q.Sheets = []surveys.Sheet{{Name: "_notes", Rows: [][]string{{"pour moi"}}}}
		}))
		manuscript := s.manuscript("vallee-a")
		_, problems, err := surveys.PublishManuscripts(context.Background(), surveys.NewForms(s.store), s.clock, map[string]int64{"vallee-a": manuscript.Revision})
		s.must(err)
		s.must(problems.Err())
		if strings.Contains(anybody.get(api+"/vallee-a").body, "pour moi") {
			t.Error("they leave as JSON")
		}
		if q, _ := xlsform.Read(strings.NewReader(anybody.get(api+"/vallee-a.xlsx").body), "x.xlsx"); len(q.Sheets) > 0 {
			t.Errorf("they leave as sheets: %v", q.Sheets)
		}
	})
	t.Run("pages of other sites may read it, and only it", func(t *testing.T) {
		got := anybody.get(api + "/vallee-h")
		if got.Header.Get("Access-Control-Allow-Origin") != "*" || got.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%v", got.Header)
		}
		if got := anybody.get("/r/vallee-h"); got.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Error("other pages too")
		}
		if len(anybody.cookies) != 0 {
			t.Errorf("it sets cookies: %v", anybody.cookies)
		}
	})
}

func TestTheOpenAPIIsNotReadTwiceForNothing(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	anybody := s.visitor()
	ask := func(path, tag string) answer {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", tag)
		return anybody.do(r)
	}
	for _, path := range []string{api, api + "/vallee-h", api + "/vallee-h.xlsx", api + "/vallee-h/versions/1"} {
		t.Run(path, func(t *testing.T) {
			tag := anybody.get(path).Header.Get("ETag")
			if tag == "" {
				t.Fatal("no tag")
			}
			for _, known := range []string{tag, `"other", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
				if got := ask(path, known); got.StatusCode != http.StatusNotModified || got.body != "" {
					t.Errorf("a reader who has %s gets %d, %d bytes", known, got.StatusCode, len(got.body))
				}
			}
			ask(path, `"other"`).expect(t, http.StatusOK)
		})
	}
	t.Run("a new version has another tag", func(t *testing.T) {
		before := anybody.get(api + "/vallee-h").Header.Get("ETag")
		alice := s.as("alice")
		s.write("vallee-h", asked(reworded))
		alice.publish(t, alice.get(publication)).expect(t, http.StatusSeeOther)
		ask(api+"/vallee-h", before).expect(t, http.StatusOK, "Un médecin vous suit-il")
	})
	t.Run("somebody who asks far too often is told to wait", func(t *testing.T) {
		for range 200 {
			if got := anybody.get(api); got.StatusCode == http.StatusTooManyRequests {
				if got.Header.Get("Retry-After") == "" || !strings.Contains(got.body, `"code":"too-many"`) {
					t.Errorf("%v %s", got.Header, got.body)
				}
				return
			}
		}
		t.Error("nobody is held back")
	})
}
