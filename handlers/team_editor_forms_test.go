package handlers_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/xlsform"
)

// Forms other people wrote hold everything a workbook can: each opens in the
// editor, with any of its questions.
func TestRealFormsOpenInTheEditor(t *testing.T) {
	files, _ := filepath.Glob("../../shared/xlsforms/*.xlsx")
	if len(files) == 0 {
		t.Skip("the shared XLSForms are not here: put them in ../shared/xlsforms, beside the repository")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			q, _ := xlsform.Read(f, filepath.Base(file))
			if q == nil {
				t.Skip("the reader refuses this form")
			}
			openEverything(t, q)
		})
	}
}

func TestOurFormsOpenInTheEditor(t *testing.T) {
	for _, a := range surveys.Audiences() {
		t.Run(string(a), func(t *testing.T) {
			q, err := library.Questionnaire(a)
			if err != nil {
				t.Fatal(err)
			}
			openEverything(t, q)
		})
	}
}

// openEverything opens the page, then a question of each kind and some more.
func openEverything(t *testing.T, q *surveys.Questionnaire) {
	t.Helper()
	s := newSite(t)
	s.vallee("Vallée")
	s.must(s.store.AddManuscript(context.Background(), surveys.Manuscript{Survey: "vallee-h", Base: 1, Questionnaire: *q.Keyed(nil), By: "alice", Updated: s.clock}))
	alice := s.as("alice")
	begun := time.Now()
	alice.get(editorPage).expect(t, http.StatusOK)
	opened := time.Since(begun)
	n, kinds := 0, map[surveys.Kind]bool{}
	q.Keyed(nil).Walk(func(item *surveys.Item, _ []*surveys.Item) {
		n++
		if n%97 == 0 || !kinds[item.Kind] {
			alice.get(editorPage+"?question="+item.Key).expect(t, http.StatusOK, `id="p-`+item.Key+`"`)
		}
		kinds[item.Kind] = true
	})
	t.Logf("%d items, %d kinds, opened in %v", n, len(kinds), opened)
}
