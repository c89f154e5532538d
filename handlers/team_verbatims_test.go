package handlers_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/verbatims"
)

// spoken is a site where residents wrote these texts, and where zoe coordinates
// "vallee" too. It returns the identifiers of their responses.
func spoken(t *testing.T, texts ...string) (*site, []string) {
	t.Helper()
	s, ctx := newSite(t), context.Background()
	hash, err := s.store.Account(ctx, "alice")
	s.must(err)
	for _, a := range []surveys.Account{
		{Login: "zoe", Name: "Zoé", Role: surveys.Coordinator, Diagnostics: []string{"vallee"}},
		{Login: "erik", Name: "Erik", Role: surveys.Entry, Diagnostics: []string{"vallee"}},
		{Login: "ada", Name: "Ada", Role: surveys.Admin},
	} {
		a.Password = hash.Password
		s.must(s.store.AddAccount(ctx, a))
	}
	s.must(s.store.AddDiagnostic(ctx, surveys.Diagnostic{
		ID: "vallee", Title: "Diagnostic de la Vallée", Edition: "2026", State: surveys.Open,
		Opens: s.clock.AddDate(0, 0, -10), Closes: s.clock.AddDate(0, 0, 20),
		Territory: surveys.Territory{Name: "La Vallée", Communes: []surveys.Commune{{Code: "71001", Name: "Amont", Population: 9000}}},
		Frame:     surveys.Frame{Themes: []surveys.Theme{{Code: "T01", Name: "Accès aux soins"}, {Code: "T07", Name: "Santé mentale"}}},
	}))
	s.must(s.store.AddSurvey(ctx, surveys.Survey{ID: "vallee-h", Diagnostic: "vallee", Audience: surveys.Habitants, Title: "Habitants", State: surveys.Open}))
	forms := surveys.NewForms(s.store)
	_, problems, err := surveys.Publish(ctx, forms, s.clock, surveys.Publication{Survey: "vallee-h", Questionnaire: surveys.Questionnaire{
		Title: "Santé", FormID: "vallee-h",
		Items: []surveys.Item{{Kind: surveys.TextKind, Name: "x_action", Label: surveys.Text{surveys.NoLanguage: "Une seule chose à faire <ici> ?"}}},
	}})
	s.must(err)
	if problems.Refusals() != nil {
		t.Fatal(problems)
	}
	var ids []string
	for _, text := range texts {
		id := surveys.NewResponseID(s.clock)
		_, err := surveys.Submit(ctx, forms, surveys.Response{
			ID: id, Survey: "vallee-h", Version: 1, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1",
			Answers: surveys.Answers{"x_action": surveys.TextValue(text)},
		}, s.clock)
		s.must(err)
		ids = append(ids, id)
	}
	return s, ids
}

const textsPage = "/d/vallee/verbatims"

// A textForm is the form of a text as somebody was shown it.
type textForm struct {
	action string
	fields url.Values
}

// form opens the form of a text in a list.
func (v *visitor) form(list, response string) textForm {
	v.site.t.Helper()
	body := v.get(list).body
	at := regexp.MustCompile(`action="([^"]*/textes/` + response + `/x_action[^"]*)"><input type="hidden" name="_csrf" value="([^"]+)"><input type="hidden" name="vu" value="([^"]+)"`).FindStringSubmatch(body)
	if at == nil {
		v.site.t.Fatalf("%s has no form for %s:\n%s", list, response, body)
	}
	_, area, _ := strings.Cut(body, `name="texte" rows="3" dir="auto" aria-describedby="aide-t-`+response+`-x_action"`)
	_, area, _ = strings.Cut(area, ">")
	area, _, _ = strings.Cut(area, "</textarea>")
	return textForm{html.UnescapeString(at[1]), url.Values{"_csrf": {at[2]}, "vu": {at[3]}, "texte": {html.UnescapeString(area)}}}
}

// with is the form with other fields: key, value, key, value.
func (f textForm) with(pairs ...string) textForm {
	fields := url.Values{}
	for key, values := range f.fields {
		fields[key] = slices.Clone(values)
	}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == "code" {
			fields.Add("code", pairs[i+1])
			continue
		}
		fields.Set(pairs[i], pairs[i+1])
	}
	return textForm{f.action, fields}
}

func (v *visitor) send(f textForm) answer {
	v.site.t.Helper()
	return v.post(f.action, f.fields)
}

func (s *site) review(response string) surveys.Review {
	s.t.Helper()
	reviews, err := s.store.Reviews(context.Background(), "vallee")
	s.must(err)
	for _, r := range reviews {
		if r.Response == response {
			return r
		}
	}
	return surveys.Review{}
}

func TestOnlyThoseWhoMayReadTheTexts(t *testing.T) {
	s, ids := spoken(t, "Plus de médecins")
	for _, path := range []string{"", "/sujets", "/lecteurs"} {
		for _, login := range []string{"bob", "chelsea", "dora", "erik"} {
			s.as(login).get(textsPage+path).expect(t, http.StatusForbidden)
		}
		s.visitor().get(textsPage+path).expect(t, http.StatusSeeOther)
		s.as("ada").get(textsPage+path).expect(t, http.StatusOK)
	}
	alice, bob := s.as("alice"), s.as("bob")
	form := alice.form(textsPage, ids[0])
	bob.send(form.with("geste", "citable")).expect(t, http.StatusForbidden)
	alice.send(form.with("geste", "citable", "_csrf", "")).expect(t, http.StatusForbidden)
	alice.post(textsPage+"/sujets", url.Values{"theme": {"T01"}, "nom": {"Délais"}}).expect(t, http.StatusForbidden)
	if r := s.review(ids[0]); r.ID != "" {
		t.Errorf("it was kept: %+v", r)
	}
	if strings.Contains(bob.get("/d/vallee").body, "/verbatims") {
		t.Error("the COPIL is led to the texts")
	}
	t.Run("who opened them is in the journal, once a session", func(t *testing.T) {
		zoe := s.as("zoe")
		zoe.get(textsPage)
		zoe.get(textsPage + "/lecteurs")
		n := 0
		for _, e := range s.events() {
			if strings.HasPrefix(e, "zoe: textes libres ouverts") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("noted %d times in %q", n, s.events())
		}
	})
}

func TestATextIsReadMaskedAndJudged(t *testing.T) {
	s, ids := spoken(t, "Appelez M. Durand au 06 12 34 56 78 <b>", "L’<script>alert(1)</script> du Dr Petit", "Le mari de Zaza boit", "أريد طبيبا قريبا 0612345678")
	alice := s.as("alice")
	page := alice.get(textsPage)
	page.expect(t, http.StatusOK, "Appelez M. [nom] au [téléphone] &lt;b&gt;", "أريد طبيبا قريبا [téléphone]", `<blockquote dir="auto">`,
		"Masqué automatiquement&nbsp;: nom, téléphone.", "Une seule chose à faire &lt;ici&gt;", "4 textes")
	if strings.Contains(page.body, "12 34") || strings.Contains(page.body, "Durand") || strings.Contains(page.body, "<script>alert") {
		t.Error("what was written is shown")
	}

	t.Run("what may be quoted leaves the list, and the next text comes", func(t *testing.T) {
		done := alice.send(alice.form(textsPage, ids[0]).with("geste", "citable"))
		done.expect(t, http.StatusSeeOther)
		if to := done.Header.Get("Location"); to != textsPage+"?filtre=a-relire&fait=citable#t-"+ids[1]+"-x_action" {
			t.Errorf("went to %s", to)
		}
		alice.get(textsPage+"?fait=citable").expect(t, http.StatusOK, "3 textes", "ce texte peut être cité.")
		alice.get(textsPage+"?filtre=citables").expect(t, http.StatusOK, "1 texte", "peut être cité")
		if r := s.review(ids[0]); r.State != surveys.Quotable || r.Text != "Appelez M. [nom] au [téléphone] <b>" || len(r.Codings) > 0 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("more is masked by hand, in the same go as it is judged and coded", func(t *testing.T) {
		alice.send(alice.form(textsPage, ids[2]).with("geste", "ecarte", "texte", "Le mari de [nom] boit", "code", "T07")).expect(t, http.StatusSeeOther)
		r := s.review(ids[2])
		if coding, ok := r.Coding("alice"); r.State != surveys.KeptBack || r.Text != "Le mari de [nom] boit" || !ok || !slices.Equal(coding.Codes, []string{"T07"}) {
			t.Errorf("%+v", r)
		}
		alice.get(textsPage+"?filtre=ecartes").expect(t, http.StatusOK, "Masqué aussi à la main", "Sujets&nbsp;: Santé mentale")
	})
	t.Run("a masked text may wait for its judgement", func(t *testing.T) {
		alice.send(alice.form(textsPage, ids[1]).with("geste", "masquer", "texte", "[…] du Dr [nom]")).expect(t, http.StatusSeeOther)
		if r := s.review(ids[1]); r.State != surveys.Unread || r.Text != "[…] du Dr [nom]" || len(r.Codings) > 0 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a judgement is taken back", func(t *testing.T) {
		alice.send(alice.form(textsPage+"?filtre=citables", ids[0]).with("geste", "relire")).expect(t, http.StatusSeeOther)
		if r := s.review(ids[0]); r.State != surveys.Unread {
			t.Errorf("%+v", r)
		}
	})
	t.Run("what nobody may ask for is refused", func(t *testing.T) {
		form := alice.form(textsPage, ids[1])
		alice.send(form.with("geste", "publier")).expect(t, http.StatusBadRequest)
		alice.send(textForm{strings.Replace(form.action, "x_action", "x_autre", 1), form.fields}.with("geste", "citable")).expect(t, http.StatusNotFound)
		alice.send(textForm{strings.Replace(form.action, ids[1], surveys.NewResponseID(s.clock), 1), form.fields}.with("geste", "citable")).expect(t, http.StatusNotFound)
	})
}

func TestATextIsOnlyEverMaskedFurther(t *testing.T) {
	s, ids := spoken(t, "Le mari de Zaza boit")
	alice := s.as("alice")
	for _, typed := range []string{"Le mari de Marthe boit <trop>", "Le mari boit", "  ", strings.Repeat("é", 20_000)} {
		refused := alice.send(alice.form(textsPage, ids[0]).with("geste", "citable", "texte", typed, "code", "T07"))
		refused.expect(t, http.StatusUnprocessableEntity, "On ne peut que masquer", html.EscapeString(typed)+"</textarea>", `value="T07" checked`, `<details class="hand" open>`)
	}
	if r := s.review(ids[0]); r.ID != "" {
		t.Errorf("kept %+v", r)
	}
}

func TestTwoReadersOfOneText(t *testing.T) {
	s, ids := spoken(t, "Le mari de Zaza boit")
	alice, zoe := s.as("alice"), s.as("zoe")
	hers, his := alice.form(textsPage, ids[0]), zoe.form(textsPage, ids[0])
	zoe.send(his.with("geste", "ecarte", "code", "T07")).expect(t, http.StatusSeeOther)

	t.Run("who comes second is told, and what they typed is kept", func(t *testing.T) {
		refused := alice.send(hers.with("geste", "citable", "texte", "Le mari de […] boit", "code", "T01"))
		refused.expect(t, http.StatusConflict, "Quelqu’un d’autre a relu ce texte", "Le mari de […] boit</textarea>", `value="T01" checked`, "écarté")
		if r := s.review(ids[0]); r.State != surveys.KeptBack || len(r.Codings) != 1 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a reader does not see the codes of another before their own", func(t *testing.T) {
		before := alice.get(textsPage + "?filtre=tous")
		before.expect(t, http.StatusOK, "Une autre personne a codé ce texte")
		if strings.Contains(before.body, "checked") || strings.Contains(before.body, "Zoé") {
			t.Error("the codes of the other are shown")
		}
		// Coding is never refused: each reader has their own.
		alice.send(hers.with("geste", "coder", "code", "T01", "code", "T99")).expect(t, http.StatusSeeOther)
		alice.get(textsPage+"?filtre=tous").expect(t, http.StatusOK, "Zoé&nbsp;: Santé mentale", "Sujets&nbsp;: Accès aux soins")
	})
	t.Run("their agreement is measured", func(t *testing.T) {
		alice.get(textsPage+"/lecteurs").expect(t, http.StatusOK, "1 texte codé par les deux", "Alice et Zoé", "Santé mentale", "Accès aux soins", "0,00", "accord")
	})
	t.Run("a withdrawal takes it all away", func(t *testing.T) {
		response := surveys.Arrival{}
		for a, err := range s.store.Responses(context.Background(), "vallee", "") {
			s.must(err)
			response = a
		}
		r, err := response.Response()
		s.must(err)
		late := alice.form(textsPage+"?filtre=tous", ids[0])
		s.must(s.store.WithdrawResponse(context.Background(), "vallee", r.Receipt))
		alice.send(late.with("geste", "citable")).expect(t, http.StatusNotFound)
		alice.get(textsPage+"?filtre=tous").expect(t, http.StatusOK, "Personne n’a encore écrit de texte libre")
	})
}

func TestListsOfTexts(t *testing.T) {
	var texts []string
	for i := range 45 {
		texts = append(texts, fmt.Sprintf("Texte des médecins, numéro %d", i))
	}
	s, ids := spoken(t, append(texts, "Un bus à l’hôpital")...)
	alice := s.as("alice")
	alice.get(textsPage).expect(t, http.StatusOK, "46 textes, page 1 sur 3", `rel="next" href="/d/vallee/verbatims?filtre=a-relire&amp;page=2#textes"`)
	alice.get(textsPage+"?page=2").expect(t, http.StatusOK, "page 2 sur 3", "numéro 20<", `rel="prev"`)
	alice.get(textsPage+"?page=99").expect(t, http.StatusOK, "page 3 sur 3", "numéro 44<")
	alice.get(textsPage+"?page=-1&filtre=rien&question=x&enquete=y").expect(t, http.StatusOK, "Aucun texte ici", "Cette liste est vide")
	alice.get(textsPage+"?mots=HOPITAL+bus").expect(t, http.StatusOK, "1 texte", "Un bus à l’hôpital", `value="HOPITAL bus"`)
	alice.get(textsPage+"?mots=%3Cb%3E+chameau").expect(t, http.StatusOK, "Aucun texte de cette liste ne contient tous ces mots", `value="&lt;b&gt; chameau"`)
	alice.get(textsPage+"?enquete=vallee-h&question=x_action&mots=medecins").expect(t, http.StatusOK, "45 textes")

	t.Run("judging on a page stays on it", func(t *testing.T) {
		done := alice.send(alice.form(textsPage+"?page=2", ids[20]).with("geste", "citable"))
		if to := done.Header.Get("Location"); to != textsPage+"?filtre=a-relire&page=2&fait=citable#t-"+ids[21]+"-x_action" {
			t.Errorf("went to %s", to)
		}
	})
	t.Run("a suggestion says what speaks for it", func(t *testing.T) {
		for _, id := range ids[:5] {
			alice.send(alice.form(textsPage, id).with("geste", "coder", "code", "T01")).expect(t, http.StatusSeeOther)
		}
		// A word that stands in every text tells nothing: others are about else.
		for _, id := range ids[5:12] {
			alice.send(alice.form(textsPage, id).with("geste", "coder")).expect(t, http.StatusSeeOther)
		}
		if body := alice.get(textsPage + "?filtre=a-coder").body; strings.Contains(body, "parce que") {
			t.Error("a word of every text speaks for a subject")
		}
	})
}

func TestSuggestionsOnThePage(t *testing.T) {
	s, ids := spoken(t, "Trop d’attente au cabinet", "Longue attente toujours", "Attente de six mois", "Attente et encore attente", "Les jeunes vont mal", "Fatigue des aidants", "Du bruit la nuit", "Des pistes cyclables", "Cinq mois d’attente")
	alice := s.as("alice")
	for i, id := range ids[:8] {
		f := alice.form(textsPage, id).with("geste", "coder")
		if i < 4 {
			f = f.with("code", "T01")
		}
		alice.send(f).expect(t, http.StatusSeeOther)
	}
	alice.get(textsPage+"?filtre=a-coder").expect(t, http.StatusOK, "Proposés d’après vos codages précédents", "parce que&nbsp;: attente")
}

func TestTheFrameOfSubjects(t *testing.T) {
	s, ids := spoken(t, "Six mois d’attente")
	alice, page := s.as("alice"), textsPage+"/sujets"
	alice.submit(page, page, url.Values{"theme": {"T01"}, "nom": {"Délais <et> horaires"}}).expect(t, http.StatusSeeOther)
	alice.get(page+"?fait=ajoute").expect(t, http.StatusOK, "T01.1", `value="Délais &lt;et&gt; horaires"`, "Le sujet est ajouté.")
	alice.submit(page, page, url.Values{"theme": {"T01"}, "nom": {"délais <ET> horaires"}}).expect(t, http.StatusUnprocessableEntity, "Le thème a déjà un sujet", `value="délais &lt;ET&gt; horaires"`, `value="T01" selected`)
	alice.submit(page, page, url.Values{"theme": {"T09"}, "nom": {"Ailleurs"}}).expect(t, http.StatusUnprocessableEntity, "Choisissez le thème", `value="Ailleurs"`)
	alice.submit(page, page, url.Values{"sujet": {"T01.1"}, "nom": {" "}}).expect(t, http.StatusUnprocessableEntity, "Écrivez le nom du sujet")
	alice.submit(page, page, url.Values{"sujet": {"T01.9"}, "nom": {"Rien"}}).expect(t, http.StatusUnprocessableEntity, "n’est pas dans la grille", `value="Rien"`)
	alice.send(alice.form(textsPage, ids[0]).with("geste", "coder", "code", "T01.1")).expect(t, http.StatusSeeOther)
	alice.submit(page, page, url.Values{"sujet": {"T01.1"}, "nom": {"Délais"}}).expect(t, http.StatusSeeOther)
	alice.get(page).expect(t, http.StatusOK, `value="Délais"`, `<td class="number">1</td>`)
	alice.get(textsPage+"?filtre=tous").expect(t, http.StatusOK, "Sujets&nbsp;: Délais")
	if events := s.events(); !slices.Contains(events, "alice: grille des sujets modifiée Délais") {
		t.Errorf("the journal says %q", events)
	}
}

// What may be quoted is read by everybody, in the report.
func TestWhatMayBeQuotedIsInTheReport(t *testing.T) {
	texts := slices.Repeat([]string{"Un bus de santé"}, 11)
	s, ids := spoken(t, append(texts, "Que le Dr Petit revienne, dit Zaza")...)
	alice, bob := s.as("alice"), s.as("bob")
	bob.get("/d/vallee/paroles").expect(t, http.StatusOK, "Aucun texte n’a encore été relu")
	alice.send(alice.form(textsPage, ids[11]).with("geste", "citable", "texte", "Que le Dr [nom] revienne, dit […]")).expect(t, http.StatusSeeOther)
	read := bob.get("/d/vallee/paroles")
	read.expect(t, http.StatusOK, "Que le Dr [nom] revienne, dit […]", "En leurs mots")
	if strings.Contains(read.body, "Un bus de santé") || strings.Contains(read.body, "Zaza") {
		t.Error("what nobody allowed is quoted")
	}
}

func TestTheFiltersOfThePageAreThoseOfTheRoom(t *testing.T) {
	s, _ := spoken(t, "Un bus")
	alice := s.as("alice")
	for _, f := range verbatims.Filters() {
		body := alice.get(textsPage + "?filtre=" + string(f)).body
		if !strings.Contains(body, `name="filtre" value="`+string(f)+`"`) || strings.Contains(body, `aria-current="true"> <span class="count">`) {
			t.Errorf("the list %s has no name, or is not shown", f)
		}
	}
}
