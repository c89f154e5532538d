package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

const editorPage = "/d/vallee/questionnaires/vallee-h"

// An editing is somebody at work on the residents' questionnaire of the valley.
type editing struct {
	*visitor
	t *testing.T
}

// newEditing opens the editor to Alice, on a questionnaire of two sections:
//
//	k1 Vous           k2 age, k3 metier
//	k4 Votre santé    k5 medecin, k6 trajet
//	k7 mot
func newEditing(t *testing.T) (*site, editing) {
	t.Helper()
	s := newSite(t)
	s.vallee("Vallée")
	s.must(s.store.AddAccount(context.Background(), surveys.Account{
		Login: "omar", Name: "Omar", Role: surveys.Admin, Password: s.as("alice").account().Password,
	}))
	says := func(text string) surveys.Text { return surveys.Text{surveys.French: text} }
	q := &surveys.Questionnaire{
		Title: "Santé", FormID: "vallee-h", Languages: []string{surveys.French}, DefaultLanguage: surveys.French,
		Items: []surveys.Item{
			{Kind: surveys.Group, Name: "s_vous", Label: says("Vous"), Items: []surveys.Item{
				{Kind: surveys.SelectOne, Name: "age", List: "age", Label: says("Votre âge")},
				{Kind: surveys.TextKind, Name: "metier", Label: says("Votre métier"), Extra: map[string]string{"note interne": "à garder"}},
			}},
			{Kind: surveys.Group, Name: "s_sante", Label: says("Votre santé"), Items: []surveys.Item{
				{Kind: surveys.SelectOne, Name: "medecin", List: "ouinon", Label: says("Avez-vous un médecin ?")},
				{Kind: surveys.SelectOne, Name: "trajet", List: "ouinon", Label: says("Est-il loin ?"), Relevant: "${medecin} = 'oui'"},
			}},
			{Kind: surveys.TextKind, Name: "mot", Label: says("Un mot ?")},
		},
		Lists: []surveys.List{
			{Name: "age", Choices: []surveys.Choice{{Name: "jeune", Label: says("Moins de 30 ans")}, {Name: "vieux", Label: says("30 ans ou plus")}}},
			{Name: "ouinon", Choices: []surveys.Choice{{Name: "oui", Label: says("Oui")}, {Name: "non", Label: says("Non")}}},
		},
	}
	s.must(s.store.AddManuscript(context.Background(), surveys.Manuscript{Survey: "vallee-h", Base: 1, Questionnaire: *q.Keyed(nil), By: "alice", Updated: s.clock}))
	return s, editing{s.as("alice"), t}
}

func (v *visitor) account() surveys.Account {
	a, err := v.site.store.Account(context.Background(), "alice")
	v.site.must(err)
	return a
}

// now is the questionnaire as it is kept.
func (e editing) now() *surveys.Questionnaire {
	e.t.Helper()
	m, err := e.site.store.Manuscript(context.Background(), "vallee-h")
	e.site.must(err)
	return &m.Questionnaire
}

// change posts fields of a question, "v.label", "Un texte", …; what the page
// showed of them goes along.
func (e editing) change(key string, pairs ...string) answer {
	e.t.Helper()
	fields := url.Values{"cle": {key}, "ouverte": {key}}
	shown := e.get(editorPage + "?question=" + key).body
	for i := 0; i+1 < len(pairs); i += 2 {
		fields.Add(pairs[i], pairs[i+1])
		column, ok := strings.CutPrefix(pairs[i], "v.")
		if ok && !fields.Has("w."+column) {
			fields.Set("w."+column, shownValue(shown, "w."+column))
		}
	}
	return e.submit(editorPage, editorPage+"/question", fields)
}

func shownValue(page, name string) string {
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(m[1])
}

// keys are those of the outline, in reading order, sections as k1(…).
func (e editing) keys() string {
	var write func(items []surveys.Item) string
	write = func(items []surveys.Item) string {
		var all []string
		for _, i := range items {
			said := i.Key
			if i.Kind.Section() {
				said += "(" + write(i.Items) + ")"
			}
			all = append(all, said)
		}
		return strings.Join(all, " ")
	}
	return write(e.now().Items)
}

func TestTheEditorAnswersFourQuestions(t *testing.T) {
	s, e := newEditing(t)
	t.Run("missing: no such survey", func(t *testing.T) {
		e.get("/d/vallee/questionnaires/inconnue").expect(t, http.StatusNotFound)
		e.get("/d/nulle-part/questionnaires/vallee-h").expect(t, http.StatusNotFound)
	})
	t.Run("missing: a question that is gone is told", func(t *testing.T) {
		e.get(editorPage+"?question=k99").expect(t, http.StatusOK, "Cette question n’existe plus")
	})
	t.Run("not allowed: the committee, another coordinator, an agency, nobody", func(t *testing.T) {
		for _, login := range []string{"bob", "chelsea", "dora"} {
			v := s.as(login)
			for _, page := range []string{"", "/apercu", "/nouvelles"} {
				v.get(editorPage+page).expect(t, http.StatusForbidden)
			}
		}
		if a := s.visitor().get(editorPage); a.StatusCode != http.StatusSeeOther {
			t.Errorf("somebody signed out got %d", a.StatusCode)
		}
	})
	t.Run("not allowed: a form without its token", func(t *testing.T) {
		e.post(editorPage+"/question", url.Values{"cle": {"k2"}, "w.label": {"Votre âge"}, "v.label": {"Piraté"}}).expect(t, http.StatusForbidden)
		if got := e.now().Item("k2").Label[surveys.French]; got != "Votre âge" {
			t.Errorf("it was written: %q", got)
		}
	})
	t.Run("wrong: an unknown card", func(t *testing.T) {
		e.submit(editorPage, editorPage+"/ajouter", url.Values{"genre": {"bombe"}}).expect(t, http.StatusNotFound)
	})
	t.Run("right: the outline, and a question open in it", func(t *testing.T) {
		e.get(editorPage).expect(t, http.StatusOK, "Votre âge", "Un seul choix", "Votre santé", "si…", "Environ 1 minute")
		e.get(editorPage+"?question=k3").expect(t, http.StatusOK, `name="v.label"`, "Votre métier", "note interne", "à garder")
	})
	t.Run("right: only the preview may stand in a frame, and only the editor shows one", func(t *testing.T) {
		page, preview := e.get(editorPage).Header.Get("Content-Security-Policy"), e.get(editorPage+"/apercu").Header.Get("Content-Security-Policy")
		if !strings.Contains(page, "frame-src 'self'") || !strings.Contains(page, "frame-ancestors 'none'") || !strings.Contains(preview, "frame-ancestors 'self'") {
			t.Errorf("page: %s\npreview: %s", page, preview)
		}
	})
}

func TestTwoPeopleWrite(t *testing.T) {
	s, alice := newEditing(t)
	omar := editing{s.as("omar"), t}
	omar.change("k2", "v.label", "Votre âge, à ce jour").expect(t, http.StatusSeeOther)

	t.Run("another field is no conflict", func(t *testing.T) {
		alice.change("k2", "v.hint", "En années").expect(t, http.StatusSeeOther)
	})
	t.Run("the same field: both are shown, and the rest is saved", func(t *testing.T) {
		alice.change("k2", "w.label", "Votre âge", "v.label", "Quel âge avez-vous ?", "w.theme", "", "v.theme", "T04").
			expect(t, http.StatusConflict, "Votre âge, à ce jour</q>", "Garder le mien", "Prendre le sien", "Quel âge avez-vous ?</textarea>")
		if i := alice.now().Item("k2"); i.Label[surveys.French] != "Votre âge, à ce jour" || i.Theme != "T04" {
			t.Errorf("%+v", i)
		}
	})
	t.Run("keeping one's own", func(t *testing.T) {
		alice.change("k2", "w.label", "Votre âge", "v.label", "Quel âge avez-vous ?", "t.label", "Votre âge, à ce jour", "faire", "garder.label").expect(t, http.StatusSeeOther)
		if got := alice.now().Item("k2").Label[surveys.French]; got != "Quel âge avez-vous ?" {
			t.Errorf("label %q", got)
		}
	})
	t.Run("taking theirs", func(t *testing.T) {
		alice.change("k2", "w.label", "Votre âge", "v.label", "Encore autre chose", "faire", "prendre.label").expect(t, http.StatusSeeOther)
		if got := alice.now().Item("k2").Label[surveys.French]; got != "Quel âge avez-vous ?" {
			t.Errorf("label %q", got)
		}
	})
	t.Run("written for a question that is gone: nothing typed is lost", func(t *testing.T) {
		omar.change("k7", "faire", "supprimer").expect(t, http.StatusSeeOther)
		alice.change("k7", "w.label", "Un mot ?", "v.label", "Un dernier mot ?").
			expect(t, http.StatusConflict, "vient de supprimer cette question", "Un dernier mot ?")
	})
	t.Run("everybody undoes their own steps; what others changed since stays", func(t *testing.T) {
		alice.submit(editorPage, editorPage+"/annuler", url.Values{}).expect(t, http.StatusSeeOther)
		if got := alice.now().Item("k2").Label[surveys.French]; got != "Votre âge, à ce jour" {
			t.Errorf("label %q", got)
		}
		alice.change("k3", "v.label", "A").expect(t, http.StatusSeeOther)
		omar.change("k3", "v.label", "B").expect(t, http.StatusSeeOther)
		alice.submit(editorPage, editorPage+"/annuler", url.Values{}).expect(t, http.StatusConflict, "ne peut plus être repris")
	})
	t.Run("news tell who did what", func(t *testing.T) {
		m, err := s.store.Manuscript(context.Background(), "vallee-h")
		s.must(err)
		a := alice.get(fmt.Sprintf("%s/nouvelles?depuis=%d", editorPage, m.Revision-1))
		a.expect(t, http.StatusOK, `"by":"Omar"`, "« A » : texte")
		alice.get(fmt.Sprintf("%s/nouvelles?depuis=%d", editorPage, m.Revision)).expect(t, http.StatusOK, fmt.Sprintf(`{"revision":%d}`, m.Revision))
	})
	t.Run("nothing to undo is told", func(t *testing.T) {
		s.as("omar").submit(editorPage, editorPage+"/refaire", url.Values{}).expect(t, http.StatusConflict, "plus rien à annuler")
	})
}

// A page of 200 questions opens and takes a move well under what a person
// notices; the bound is wide for slow machines.
func TestTwoHundredQuestions(t *testing.T) {
	s, e := newEditing(t)
	_, err := surveys.Edit(context.Background(), s.store, "vallee-h", "test", "grandi", s.clock, func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		var moves []surveys.Move
		for i := range 200 {
			moves = append(moves, surveys.Move{Do: surveys.Insert, Into: "k4", Item: &surveys.Item{
				Kind: surveys.SelectOne, List: "ouinon", Name: fmt.Sprintf("q%d", i),
				Label: surveys.Text{surveys.French: fmt.Sprintf("Avez-vous déjà répondu à la question n° %d ?", i)}, Relevant: "${age} = 'vieux'",
			}})
		}
		return moves, nil
	})
	s.must(err)
	begun := time.Now()
	e.get(editorPage+"?question=k8").expect(t, http.StatusOK)
	opened := time.Since(begun)
	fields := url.Values{"cle": {"k8"}, "faire": {"haut"}, "_csrf": {tokenField.FindStringSubmatch(e.get(editorPage).body)[1]}}
	begun = time.Now()
	e.post(editorPage+"/question", fields).expect(t, http.StatusSeeOther)
	moved := time.Since(begun)
	t.Logf("opening %v, moving %v", opened, moved)
	if opened > 2*time.Second || moved > 2*time.Second {
		t.Errorf("opening %v, moving %v", opened, moved)
	}
}

func TestBeginningFromNothing(t *testing.T) {
	s, e := newEditing(t)
	t.Run("an empty questionnaire invites to its first question", func(t *testing.T) {
		const page = "/d/vallee/questionnaires/vallee-p"
		e.get(page).expect(t, http.StatusOK, "Ajouter une première question", "0 question<")
		e.get(page+"/apercu").expect(t, http.StatusOK)
		e.submit(page, page+"/ajouter", url.Values{"genre": {"select_one"}, "intitule": {"Êtes-vous infirmier ?"}}).expect(t, http.StatusSeeOther)
		e.get(page+"?question=k1").expect(t, http.StatusOK, "Êtes-vous infirmier ?", "Choix 1")
		e.get(page+"/apercu").expect(t, http.StatusOK, "Êtes-vous infirmier ?", "Choix 3")
	})
	t.Run("one that names no language is written all the same", func(t *testing.T) {
		const page = "/d/vallee/questionnaires/vallee-a"
		e.get(page+"?question=k1").expect(t, http.StatusOK, "alert(1)")
		e.submit(page, page+"/question", url.Values{"cle": {"k1"}, "w.hint": {""}, "v.hint": {"Le vôtre"}}).expect(t, http.StatusSeeOther)
		m, err := s.store.Manuscript(context.Background(), "vallee-a")
		s.must(err)
		if got := m.Questionnaire.Items[0].Hint[surveys.NoLanguage]; got != "Le vôtre" {
			t.Errorf("hint %v", m.Questionnaire.Items[0].Hint)
		}
	})
	t.Run("hostile words stay words", func(t *testing.T) {
		body := e.get("/d/vallee/questionnaires/vallee-a?question=k1").body
		if strings.Contains(body, "<script>alert") || strings.Contains(body, ` style="`) {
			t.Error("a label became a script, or the page has a style of its own")
		}
	})
}

func TestAQuestionAddedAfterATableWhoseLinesChangedHasAKeyOfItsOwn(t *testing.T) {
	_, e := newEditing(t)
	added := func(genre, after string) string {
		a := e.submit(editorPage, editorPage+"/ajouter", url.Values{"dans": {"k1"}, "apres": {after}, "intitule": {"Essai"}, "genre": {genre}})
		address, err := url.Parse(a.Header.Get("Location"))
		if err != nil || a.StatusCode != http.StatusSeeOther || address.Query().Get("question") == "" {
			t.Fatalf("%d, to %q, %v", a.StatusCode, a.Header.Get("Location"), err)
		}
		return address.Query().Get("question")
	}
	table := added("matrix", "k2")
	e.change(table, "v.lignes", "Un kinésithérapeute")
	e.change(table, "v.lignes", "Un kinésithérapeute\nUn orthophoniste")
	key := added("text", table)
	if item := e.now().Item(key); item == nil || item.Kind != surveys.TextKind {
		t.Errorf("the question that opens is %+v", item)
	}
	seen := map[string]bool{}
	e.now().Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if seen[item.Key] {
			t.Errorf("%s is the key of two: %s", item.Key, e.keys())
		}
		seen[item.Key] = true
	})
}
