package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/surveys"
)

const (
	arabic      = "العربية (ar)"
	hasDoctor   = "هل لديك طبيب؟"
	texts       = "/d/vallee/questionnaires/vallee-h/traductions"
	doctorPlace = "texte/k1/label"
	yesPlace    = "choix/ouinon/oui"
)

// writes is the questionnaire of a survey as it is being written.
func (s *site) writes(survey string) *surveys.Questionnaire {
	s.t.Helper()
	q := s.manuscript(survey).Questionnaire
	return &q
}

// inArabic is a site where Alice has begun to translate.
func inArabic(t *testing.T) (*site, *visitor) {
	t.Helper()
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	alice.submit(texts, texts+"/langues", url.Values{"langue": {arabic}}).expect(t, http.StatusSeeOther)
	return s, alice
}

// typed is the form that sends texts, each a place, what was seen, and what is
// wanted.
func typed(texts ...[3]string) url.Values {
	fields := url.Values{"langue": {arabic}}
	for _, text := range texts {
		fields.Add("lieu", text[0])
		fields.Add("avait", text[1])
		fields.Add("texte", text[2])
	}
	return fields
}

func TestTranslationsAnswerFourQuestions(t *testing.T) {
	s, alice := inArabic(t)
	t.Run("a survey or a language that is not there is missing", func(t *testing.T) {
		alice.get("/d/vallee/questionnaires/autre/traductions").expect(t, http.StatusNotFound)
		alice.get(texts+"?langue=ru").expect(t, http.StatusNotFound)
		alice.get(texts+"/textes.csv?langue=ru").expect(t, http.StatusNotFound)
		fields := typed([3]string{doctorPlace, "", hasDoctor})
		fields.Set("langue", "Русский (ru)")
		alice.submit(texts, texts, fields).expect(t, http.StatusNotFound)
	})
	t.Run("only those who run surveys may", func(t *testing.T) {
		for _, login := range []string{"bob", "chelsea", "dora"} {
			s.as(login).get(texts).expect(t, http.StatusForbidden)
		}
		s.visitor().get(texts).expect(t, http.StatusSeeOther)
		s.as("bob").submit("/d/vallee", texts, typed([3]string{doctorPlace, "", hasDoctor})).expect(t, http.StatusForbidden)
	})
	t.Run("a place nobody knows changes nothing", func(t *testing.T) {
		for _, place := range []string{"", "texte/k1/name", "texte/k1", "choix/ouinon", "ailleurs/a/b"} {
			alice.submit(texts, texts, typed([3]string{place, "", "x"})).expect(t, http.StatusSeeOther)
		}
		alice.submit(texts, texts, typed([3]string{"texte/k99/label", "", "x"})).expect(t, http.StatusConflict, "supprimé")
	})
	t.Run("a text and its translation stand side by side", func(t *testing.T) {
		alice.submit(texts, texts, typed([3]string{doctorPlace, "", hasDoctor}, [3]string{yesPlace, "", "نعم"})).expect(t, http.StatusSeeOther)
		q := s.writes("vallee-h")
		list, _ := q.List("ouinon")
		if q.Named("medecin").Label[arabic] != hasDoctor || list.Choices[0].Label[arabic] != "نعم" {
			t.Errorf("label %v, choices %v", q.Named("medecin").Label, list.Choices)
		}
		page := alice.get(texts + "?langue=ar")
		page.expect(t, http.StatusOK, hasDoctor, `lang="ar" dir="rtl"`, "<strong data-count>2</strong>", "Ce qui manque (1)", "&lt;script&gt;")
		if strings.Contains(page.body, "<script>alert") {
			t.Error("hostile words are not words")
		}
	})
	t.Run("what is translated is left out of what is missing", func(t *testing.T) {
		body := alice.get(texts + "?langue=ar&manque=1").body
		if strings.Contains(body, hasDoctor) || !strings.Contains(body, "choix/ouinon/non") {
			t.Error("the page does not show what is missing, or shows what is not")
		}
	})
	t.Run("white space around a text is nobody’s wish, and blank takes a text away", func(t *testing.T) {
		alice.submit(texts, texts, typed([3]string{yesPlace, "نعم", "  "})).expect(t, http.StatusSeeOther)
		q := s.writes("vallee-h")
		if list, _ := q.List("ouinon"); list.Choices[0].Label[arabic] != "" {
			t.Errorf("%q", list.Choices[0].Label[arabic])
		}
	})
}

func TestTwoTranslatorsNeverOverwriteEachOther(t *testing.T) {
	s, alice := inArabic(t)
	s.must(s.store.AddAccount(context.Background(), surveys.Account{Login: "emma", Name: "Emma", Role: surveys.Admin, Password: s.hash("alice")}))
	emma := s.as("emma")
	emma.submit(texts, texts, typed([3]string{doctorPlace, "", "نص إيما"})).expect(t, http.StatusSeeOther)

	t.Run("a form shows both texts and keeps the others", func(t *testing.T) {
		page := alice.submit(texts, texts, typed([3]string{doctorPlace, "", hasDoctor}, [3]string{yesPlace, "", "نعم"}))
		page.expect(t, http.StatusConflict, "نص إيما", hasDoctor, "Garder le mien", "Prendre le sien")
		q := s.writes("vallee-h")
		if list, _ := q.List("ouinon"); q.Named("medecin").Label[arabic] != "نص إيما" || list.Choices[0].Label[arabic] != "نعم" {
			t.Error("Emma’s text is lost, or Alice’s other one")
		}
	})
	t.Run("a script is told the same", func(t *testing.T) {
		told := alice.save(typed([3]string{doctorPlace, "", hasDoctor}), http.StatusConflict)
		if told.Kept || told.Text != "نص إيما" || told.Message == "" {
			t.Errorf("%+v", told)
		}
	})
	t.Run("keeping one’s own is saying what one has seen", func(t *testing.T) {
		told := alice.save(typed([3]string{doctorPlace, "نص إيما", hasDoctor}), http.StatusOK)
		if !told.Kept || told.Done != 2 || told.Total != 3 {
			t.Errorf("%+v", told)
		}
	})
}

// told is what a script reads.
type told struct {
	Kept          bool
	Done, Total   int
	Text, Message string
	Hints         []string
}

// save sends one text as the script does.
func (v *visitor) save(fields url.Values, status int) told {
	v.site.t.Helper()
	fields.Set("_csrf", tokenField.FindStringSubmatch(v.get(texts).body)[1])
	r := httptest.NewRequest(http.MethodPost, texts, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	response, err := v.site.server.App().Test(r, fiber.TestConfig{Timeout: time.Minute})
	v.site.must(err)
	if response.StatusCode != status {
		v.site.t.Fatalf("answered %d, not %d", response.StatusCode, status)
	}
	var answer told
	v.site.must(json.NewDecoder(response.Body).Decode(&answer))
	return answer
}

func (s *site) hash(login string) string {
	s.t.Helper()
	a, err := s.store.Account(context.Background(), login)
	s.must(err)
	return a.Password
}

func TestSignsThatATranslationLoses(t *testing.T) {
	s, alice := inArabic(t)
	label := "Bonjour ${prenom}, **lisez** [ceci](https://example.org/a)"
	_, err := surveys.Edit(context.Background(), s.store, "vallee-h", "alice", "essai", s.clock, func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		item := q.Named("medecin")
		return []surveys.Move{{Do: surveys.SetField, Key: item.Key, Field: "label", Language: surveys.French, Was: item.Label[surveys.French], Now: label}}, nil
	})
	s.must(err)
	hints := strings.Join(alice.save(typed([3]string{doctorPlace, "", "مرحبا"}), http.StatusOK).Hints, "\n")
	for _, sign := range []string{"${prenom}", "gras", "https://example.org/a"} {
		if !strings.Contains(hints, sign) {
			t.Errorf("nothing is said of %s: %s", sign, hints)
		}
	}
	t.Run("an answer shown in the middle and bold words are enough", func(t *testing.T) {
		full := "مرحبا ${prenom} **اقرأ** [هذا](https://example.org/a)"
		if told := alice.save(typed([3]string{doctorPlace, "مرحبا", full}), http.StatusOK); len(told.Hints) != 0 {
			t.Errorf("%v", told.Hints)
		}
	})
}

func TestATextThatChangedAfterItsTranslationIsTold(t *testing.T) {
	s, alice := inArabic(t)
	alice.submit(texts, texts, typed([3]string{doctorPlace, "", hasDoctor})).expect(t, http.StatusSeeOther)
	ctx := context.Background()
	m, err := s.store.Manuscript(ctx, "vallee-h")
	s.must(err)
	_, problems, err := surveys.PublishManuscripts(ctx, surveys.NewForms(s.store), s.clock, map[string]int64{"vallee-h": m.Revision})
	s.must(err)
	if problems.Refusals() != nil {
		t.Fatal(problems)
	}
	const told = "a changé depuis la version publiée"
	if body := alice.get(texts).body; strings.Contains(body, told) {
		t.Error("a text nobody changed is said to have changed")
	}
	_, err = surveys.Edit(ctx, s.store, "vallee-h", "alice", "essai", s.clock, func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		item := q.Named("medecin")
		return []surveys.Move{{Do: surveys.SetField, Key: item.Key, Field: "label", Language: surveys.French, Was: item.Label[surveys.French], Now: "Voyez-vous un médecin ?"}}, nil
	})
	s.must(err)
	alice.get(texts).expect(t, http.StatusOK, told)
}

func TestAddingAndRemovingALanguage(t *testing.T) {
	s, alice := inArabic(t)
	add := func(fields url.Values) answer { return alice.submit(texts, texts+"/langues", fields) }
	t.Run("one the site does not speak says what stays in French", func(t *testing.T) {
		add(url.Values{"langue": {"Soomaali (so)"}}).expect(t, http.StatusSeeOther)
		alice.get(texts+"?langue=so").expect(t, http.StatusOK, "restera en français", "somali")
		if strings.Contains(alice.get(texts+"?langue=ar").body, "restera en français") {
			t.Error("the site speaks Arabic")
		}
	})
	t.Run("plain French is a language, and its buttons are French", func(t *testing.T) {
		add(url.Values{"langue": {"Facile à lire et à comprendre (fr-x-falc)"}}).expect(t, http.StatusSeeOther)
		alice.get(texts+"?langue=fr-x-falc").expect(t, http.StatusOK, "restent les mêmes, en français", `lang="fr-x-falc" dir="ltr"`)
	})
	t.Run("another one is written with its code", func(t *testing.T) {
		add(url.Values{"langue": {""}, "autre": {"Kreyòl ayisyen (ht)"}}).expect(t, http.StatusSeeOther)
		page := add(url.Values{"langue": {""}, "autre": {"Kreyòl"}})
		page.expect(t, http.StatusUnprocessableEntity, "code entre parenthèses", `value="Kreyòl"`)
	})
	t.Run("twice is refused", func(t *testing.T) {
		add(url.Values{"langue": {arabic}}).expect(t, http.StatusUnprocessableEntity, "a déjà la langue")
	})
	t.Run("removing takes its texts away, and can be undone", func(t *testing.T) {
		alice.submit(texts, texts, typed([3]string{doctorPlace, "", hasDoctor})).expect(t, http.StatusSeeOther)
		alice.submit(texts, texts+"/langues/retirer", url.Values{"langue": {arabic}}).expect(t, http.StatusSeeOther)
		alice.get(texts+"?langue=ar").expect(t, http.StatusNotFound)
		page := alice.get(texts + "?fait=1")
		page.expect(t, http.StatusOK, "Langue retirée", "Annuler")
		alice.submit(texts, texts+"/annuler", url.Values{"etape": {stepField(t, page)}}).expect(t, http.StatusSeeOther)
		if q := s.writes("vallee-h"); q.Named("medecin").Label[arabic] != hasDoctor {
			t.Error("the texts have not come back")
		}
	})
	t.Run("a late button takes back nothing else", func(t *testing.T) {
		response := alice.submit(texts, texts+"/annuler", url.Values{"etape": {"autre"}})
		response.expect(t, http.StatusSeeOther)
		alice.get(response.Header.Get("Location")).expect(t, http.StatusOK, "Rien n’a été annulé")
	})
}

// stepField is the step that a page offers to take back.
func stepField(t *testing.T, a answer) string {
	t.Helper()
	_, rest, found := strings.Cut(a.body, `name="etape" value="`)
	if !found {
		t.Fatalf("nothing to take back:\n%s", a.body)
	}
	mark, _, _ := strings.Cut(rest, `"`)
	return mark
}

func TestTranslationsMadeElsewhereAreOffered(t *testing.T) {
	s, alice := inArabic(t)
	const other = "/d/vallee/questionnaires/vallee-a/traductions"
	alice.submit(other, other+"/langues", url.Values{"langue": {arabic}}).expect(t, http.StatusSeeOther)
	alice.submit(other, other, typed([3]string{yesPlace, "", "نعم"})).expect(t, http.StatusSeeOther)
	alice.get(texts+"?langue=ar").expect(t, http.StatusOK, "Déjà traduit ailleurs", "Reprendre cette traduction")

	alice.submit(texts, texts+"/reprendre", url.Values{"langue": {arabic}}).expect(t, http.StatusSeeOther)
	q := s.writes("vallee-h")
	if list, _ := q.List("ouinon"); list.Choices[0].Label[arabic] != "نعم" || list.Choices[1].Label[arabic] != "" {
		t.Errorf("%v", list.Choices)
	}
}

// uploadTexts sends a file of texts.
func (v *visitor) uploadTexts(file, already string) answer {
	v.site.t.Helper()
	return v.upload(texts, texts+"/textes", url.Values{"langue": {arabic}, "deja": {already}}, sent{"fichier", "textes.csv", []byte(file)})
}

func TestTextsGoOutAndComeBackInAFile(t *testing.T) {
	s, alice := inArabic(t)
	file := alice.get(texts + "/textes.csv?langue=ar")
	file.expect(t, http.StatusOK, "\ufeffrepère;où;texte;traduction", "choix/ouinon/oui;Choix de la liste ouinon;Oui;")

	t.Run("the file that went out, filled in, comes back whole", func(t *testing.T) {
		filled := strings.Replace(file.body, ";Oui;", ";Oui;نعم", 1)
		filled = strings.Replace(filled, ";Non;", ";Non;'-لا", 1)
		alice.uploadTexts(filled, "garder").expect(t, http.StatusOK, "Textes repris du fichier\u00a0: 2.")
		q := s.writes("vallee-h")
		if list, _ := q.List("ouinon"); list.Choices[0].Label[arabic] != "نعم" || list.Choices[1].Label[arabic] != "-لا" {
			t.Errorf("%v", list.Choices)
		}
	})
	t.Run("no cell is a formula", func(t *testing.T) {
		alice.get(texts+"/textes.csv?langue=ar").expect(t, http.StatusOK, ";'-لا")
	})
	head := "repère,texte,traduction\n"
	t.Run("what is translated otherwise here stays, unless one says so", func(t *testing.T) {
		alice.uploadTexts(head+"choix/ouinon/oui,Oui,أجل\n", "garder").expect(t, http.StatusOK, "et gardés\u00a0: 1.")
		alice.uploadTexts(head+"choix/ouinon/oui,Oui,أجل\n", "remplacer").expect(t, http.StatusOK, "Textes repris du fichier\u00a0: 1.", "أجل")
	})
	t.Run("faults are told by row, and the other rows are taken", func(t *testing.T) {
		page := alice.uploadTexts(head+"choix/ouinon/peut-être,Peut-être,ربما\nchoix/ouinon/non,Nenni,كلا\nchoix/ouinon/oui,Oui,بلى\n", "remplacer")
		page.expect(t, http.StatusOK, "Ligne 2", "n’est plus dans le questionnaire", "Ligne 3", "Non", "بلى")
	})
	for name, bad := range map[string]struct{ content, says string }{
		"an empty file":           {"", "Choisissez d’abord un fichier"},
		"one without its columns": {"a;b\n1;2\n", "nommer les colonnes"},
		"one that is not UTF-8":   {"rep\xe8re;texte;traduction\n", "CSV UTF-8"},
		"one with a lost quote":   {"repère;texte;traduction\nx;\"y;z\n", "guillemet"},
		"one that is huge":        {strings.Repeat("x", 1<<20+1), "1 Mo"},
	} {
		t.Run(name+" is refused, with what to do", func(t *testing.T) {
			alice.uploadTexts(bad.content, "garder").expect(t, http.StatusUnprocessableEntity, bad.says)
		})
	}
}
