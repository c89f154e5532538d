package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/xlsform"
)

const excel = life + "/vallee-h/excel"

// hidden reads a hidden field of a page.
func (a answer) hidden(t *testing.T, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the page has no field %q:\n%s", name, a.body)
	}
	return found[1]
}

func reworded(q *surveys.Questionnaire) {
	q.Items[0].Label[surveys.NoLanguage] = "Un médecin vous suit-il ?"
}

// read sends a workbook and returns the page that compares it.
func (v *visitor) read(t *testing.T, name string, content []byte, lists ...sent) answer {
	t.Helper()
	answered := v.upload(excel, excel, nil, append(lists, sent{"classeur", name, content})...)
	answered.expect(t, http.StatusSeeOther)
	return v.get(answered.Header.Get("Location"))
}

func TestAWorkbookIsComparedBeforeItReplaces(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	before := func() surveys.Questionnaire { return s.manuscript("vallee-h").Questionnaire }

	t.Run("what it changes is said in words, and nothing is replaced", func(t *testing.T) {
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(reworded)))
		page.expect(t, http.StatusOK, "«&nbsp;mien.xlsx&nbsp;» est lu", "Un médecin vous suit-il", "Remplacer par ce fichier")
		if before().Items[0].Label[surveys.NoLanguage] == "Un médecin vous suit-il ?" {
			t.Error("it was replaced")
		}
	})
	t.Run("then it replaces, as one step that is undone", func(t *testing.T) {
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(reworded)))
		fields := url.Values{"fichier": {page.hidden(t, "fichier")}, "vu": {page.hidden(t, "vu")}}
		alice.submit(excel, excel+"/remplacer", fields).expect(t, http.StatusSeeOther)
		alice.get(excel+"?remplace=1").expect(t, http.StatusOK, "C’est fait")
		if got := before().Items[0].Label[surveys.NoLanguage]; got != "Un médecin vous suit-il ?" {
			t.Errorf("it says %q", got)
		}
		if !slices.Contains(s.events(), "alice: "+surveys.ReplacedQuestionnaire+" Enquête Habitants, mien.xlsx") {
			t.Errorf("the journal says %q", s.events())
		}
		_, step, err := surveys.Undo(context.Background(), s.store, "vallee-h", "alice", s.clock)
		s.must(err)
		if !strings.Contains(step.Says, "mien.xlsx") || before().Items[0].Label[surveys.NoLanguage] == "Un médecin vous suit-il ?" {
			t.Errorf("undoing %q leaves %v", step.Says, before().Items[0].Label)
		}
	})
	t.Run("what somebody else wrote meanwhile is shown, not written over", func(t *testing.T) {
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(reworded)))
		fields := url.Values{"fichier": {page.hidden(t, "fichier")}, "vu": {page.hidden(t, "vu")}}
		s.write("vallee-h", asked(func(q *surveys.Questionnaire) { q.Title = "Autre titre" }))
		again := alice.submit(excel, excel+"/remplacer", fields)
		again.expect(t, http.StatusConflict, "Rien n’est remplacé", "Autre titre")
		if before().Title != "Autre titre" {
			t.Error("it was written over")
		}
		alice.submit(excel, excel+"/remplacer", url.Values{"fichier": fields["fichier"], "vu": {again.hidden(t, "vu")}}).expect(t, http.StatusSeeOther)
	})
	t.Run("the same again is nothing to replace", func(t *testing.T) {
		q := before()
		alice.read(t, "mien.xlsx", s.workbookOf(&q)).expect(t, http.StatusOK, "il n’y a rien à remplacer")
	})
	t.Run("what was read is forgotten after two hours, and is of one survey", func(t *testing.T) {
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(func(q *surveys.Questionnaire) { q.Title = "Encore un" })))
		token := page.hidden(t, "fichier")
		alice.get(life+"/vallee-a/excel?fichier="+token).expect(t, http.StatusOK, "n’est plus en mémoire")
		s.clock = s.clock.Add(3 * time.Hour)
		alice.get(excel+"?fichier="+token).expect(t, http.StatusOK, "n’est plus en mémoire")
		alice.submit(excel, excel+"/remplacer", url.Values{"fichier": {token}, "vu": {"x"}}).expect(t, http.StatusSeeOther)
	})
}

func TestNoFileBreaksThePage(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	whole := s.workbookOf(asked(nil))
	for name, c := range map[string]struct {
		name    string
		content []byte
		says    string
	}{
		"a text":                  {"notes.txt", []byte("bonjour"), "À corriger dans"},
		"nothing":                 {"vide.xlsx", nil, "À corriger dans"},
		"half a workbook":         {"coupé.xlsx", whole[:len(whole)/2], "À corriger dans"},
		"a hostile name":          {`"><script>alert(1)</script>.xlsx`, []byte("PK\x03\x04"), "À corriger dans"},
		"a list that is nowhere":  {"mien.xlsx", s.workbookOf(asked(func(q *surveys.Questionnaire) { q.Items[0].List = "inconnue" })), "select_one inconnue"},
		"a name with spaces, and": {"mien.xlsx", s.workbookOf(asked(func(q *surveys.Questionnaire) { q.Items[0].Name = "le médecin" })), "le médecin"},
	} {
		t.Run(name+" is refused with the reason", func(t *testing.T) {
			page := alice.upload(excel, excel, nil, sent{"classeur", c.name, c.content})
			page.expect(t, http.StatusUnprocessableEntity, c.says)
			if strings.Contains(page.body, "<script>alert") {
				t.Error("the name of the file is written as it came")
			}
		})
	}
	t.Run("no file at all is told", func(t *testing.T) {
		alice.upload(excel, excel, nil).expect(t, http.StatusUnprocessableEntity, "Choisissez d’abord un fichier")
		alice.submit(excel, excel, url.Values{}).expect(t, http.StatusUnprocessableEntity, "Choisissez d’abord un fichier")
	})
	t.Run("an expression with a fault is told with its cell, and may be taken to be mended here", func(t *testing.T) {
		bad := s.workbookOf(asked(func(q *surveys.Questionnaire) {
			q.Items = append(q.Items, surveys.Item{Kind: surveys.TextKind, Name: "suite", Label: surveys.Text{surveys.NoLanguage: "Pourquoi ?"}, Relevant: "${medcin} = 'non'"})
		}))
		page := alice.read(t, "mien.xlsx", bad)
		page.expect(t, http.StatusOK, "Un point sera à corriger", "${medcin} = &#39;non&#39;", "Remplacer par ce fichier")
	})
}

func TestAQuestionnaireLeavesAndComesBack(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	withList := func(q *surveys.Questionnaire) {
		q.Items = append(q.Items, surveys.Item{Kind: "select_one_from_file", Name: "lieu", List: "lieux.csv", Label: surveys.Text{surveys.NoLanguage: "Où ?"}})
	}
	lists := []byte("name,label\ncentre,Centre-ville\ngare,Quartier de la gare\n")

	t.Run("the workbook of the manuscript is the manuscript", func(t *testing.T) {
		got := alice.get(life + "/vallee-h/fichier")
		got.expect(t, http.StatusOK)
		if d := got.Header.Get("Content-Disposition"); d != `attachment; filename="vallee-h-en-cours-2026-11-22.xlsx"` {
			t.Error(d)
		}
		q, problems := xlsform.Read(strings.NewReader(got.body), "x.xlsx")
		m := s.manuscript("vallee-h").Questionnaire
		if q.Languages = nil; problems.Err() != nil || q.Digest() != m.Digest() {
			t.Errorf("it came back as %+v, %v", q, problems)
		}
	})
	t.Run("a published version has its own name", func(t *testing.T) {
		got := alice.get(life + "/vallee-h/fichier?version=1&forme=json")
		got.expect(t, http.StatusOK, `"form_id": "vallee-h"`)
		if d := got.Header.Get("Content-Disposition"); d != `attachment; filename="vallee-h-version-1.json"` {
			t.Error(d)
		}
	})
	t.Run("a list in a file of its own comes in beside the workbook, and leaves with it in a zip", func(t *testing.T) {
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(withList)), sent{"listes", "lieux.csv", lists})
		page.expect(t, http.StatusOK, "Où ?")
		fields := url.Values{"fichier": {page.hidden(t, "fichier")}, "vu": {page.hidden(t, "vu")}}
		alice.submit(excel, excel+"/remplacer", fields).expect(t, http.StatusSeeOther)
		alice.get(excel).expect(t, http.StatusOK, "lieux.csv", "Classeur et listes")
		bundle := alice.get(life + "/vallee-h/fichier?forme=zip")
		bundle.expect(t, http.StatusOK)
		q, problems := xlsform.Read(bytes.NewReader([]byte(bundle.body)), "mien.zip")
		if list, ok := q.List("lieux.csv"); problems.Err() != nil || !ok || len(list.Choices) != 2 {
			t.Errorf("the bundle came back as %+v, %v", q.Lists, problems)
		}
	})
	t.Run("what no workbook can hold is told, and leaves as JSON", func(t *testing.T) {
		s.write("vallee-h", asked(func(q *surveys.Questionnaire) { q.Items[0].Label[surveys.NoLanguage] = strings.Repeat("a", 40_000) }))
		alice.get(life+"/vallee-h/fichier").expect(t, http.StatusUnprocessableEntity, "ne tient pas dans un classeur")
		alice.get(life+"/vallee-h/fichier?forme=json").expect(t, http.StatusOK)
	})
	t.Run("communes that publication put in do not come back as written by hand", func(t *testing.T) {
		withCommunes := func(q *surveys.Questionnaire) {
			q.Items = append(q.Items, surveys.Item{Kind: surveys.SelectOne, Name: "ou", List: surveys.CommunesList, Label: surveys.Text{surveys.NoLanguage: "Où ?"}})
			q.Lists = append(q.Lists, surveys.List{Name: surveys.CommunesList, Choices: []surveys.Choice{
				{Name: "71001", Label: surveys.Text{surveys.NoLanguage: "Amont"}}, {Name: "ailleurs", Label: surveys.Text{surveys.NoLanguage: "Ailleurs"}}}})
		}
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(withCommunes)))
		fields := url.Values{"fichier": {page.hidden(t, "fichier")}, "vu": {page.hidden(t, "vu")}}
		alice.submit(excel, excel+"/remplacer", fields).expect(t, http.StatusSeeOther)
		q := s.manuscript("vallee-h").Questionnaire
		if list, _ := q.List(surveys.CommunesList); len(list.Choices) != 1 {
			t.Errorf("the list is %+v", list)
		}
	})
	t.Run("what is kept between two pages is forgotten once used", func(t *testing.T) {
		page := alice.read(t, "mien.xlsx", s.workbookOf(asked(reworded)))
		fields := url.Values{"fichier": {page.hidden(t, "fichier")}, "vu": {page.hidden(t, "vu")}}
		alice.submit(excel, excel+"/remplacer", fields).expect(t, http.StatusSeeOther)
		alice.get(excel+"?fichier="+fields.Get("fichier")).expect(t, http.StatusOK, "n’est plus en mémoire")
		if _, err := s.store.Version(context.Background(), "vallee-h", 2); !errors.Is(err, surveys.ErrNotFound) {
			t.Error("a version was published")
		}
	})
}
