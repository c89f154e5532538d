package handlers_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/library"
)

const sectorsPage = "/d/vallee/secteurs/decoupage"

// grounded gives the diagnostic of these tests a territory, and asks residents
// where they live.
func (s *site) grounded(t surveys.Territory, answers map[string]int) {
	s.t.Helper()
	ctx := context.Background()
	s.must(s.store.AddDiagnostic(ctx, surveys.Diagnostic{
		ID: "vallee", Title: "Diagnostic de la Vallée", Edition: "2026", State: surveys.Open, Territory: t,
		Opens: s.clock.AddDate(0, 0, -10), Closes: s.clock.AddDate(0, 0, 10),
	}))
	s.must(s.store.AddSurvey(ctx, surveys.Survey{ID: "vallee-h", Diagnostic: "vallee", Audience: surveys.Habitants, Title: "Habitants", State: surveys.Open}))
	forms := surveys.NewForms(s.store)
	_, problems, err := surveys.Publish(ctx, forms, s.clock, surveys.Publication{Survey: "vallee-h", Questionnaire: surveys.Questionnaire{
		Title: "Santé", FormID: "vallee-h",
		Items: []surveys.Item{
			{Kind: surveys.SelectOne, Name: "h_commune", List: surveys.CommunesList, Profile: surveys.ProfileCommune, Label: surveys.Text{surveys.NoLanguage: "Où habitez-vous ?"}},
			{Kind: surveys.SelectOne, Name: "medecin", List: "ouinon", Label: surveys.Text{surveys.NoLanguage: "Avez-vous un médecin ?"}},
		},
		Lists: []surveys.List{
			{Name: surveys.CommunesList, Choices: []surveys.Choice{{Name: "ailleurs", Label: surveys.Text{surveys.NoLanguage: "Ailleurs"}}}},
			{Name: "ouinon", Choices: []surveys.Choice{{Name: "oui", Label: surveys.Text{surveys.NoLanguage: "Oui"}}, {Name: "non", Label: surveys.Text{surveys.NoLanguage: "Non"}}}},
		},
	}})
	s.must(err)
	if problems.Refusals() != nil {
		s.t.Fatal(problems)
	}
	for code, n := range answers {
		for range n {
			_, err := surveys.Submit(ctx, forms, surveys.Response{
				ID: surveys.NewResponseID(s.clock), Survey: "vallee-h", Version: 1, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1",
				Answers: surveys.Answers{"h_commune": surveys.TextValue(code), "medecin": surveys.TextValue("oui")},
			}, s.clock)
			s.must(err)
		}
	}
}

// canton is a territory of four communes, one sector.
func canton() surveys.Territory {
	return surveys.Territory{
		Name: "Le Canton",
		Communes: []surveys.Commune{
			{Code: "71153", Name: "Le Creusot", Population: 20509, PostalCodes: []string{"71200"}}, {Code: "71306", Name: "Montceau-les-Mines", Population: 17064, PostalCodes: []string{"71300"}},
			{Code: "71040", Name: "Blanzy", Population: 5955, PostalCodes: []string{"71450"}}, {Code: "71278", Name: "Marigny", Population: 166, PostalCodes: []string{"71300"}}},
		Sectors: []surveys.Sector{{ID: "tout", Name: "Le Canton", Communes: []string{"71040", "71153", "71278", "71306"}}},
	}
}

// groupingFields is the form of a grouping: names, then the place of each commune.
func groupingFields(names []string, at map[string]int, more ...string) url.Values {
	fields := url.Values{"nom": names, "numero": {"1"}, "action": {"enregistrer"}}
	for code, slot := range at {
		fields.Set("commune-"+code, fmt.Sprint(slot))
	}
	for i := 0; i < len(more); i += 2 {
		fields.Set(more[i], more[i+1])
	}
	return fields
}

func (s *site) diagnostic() surveys.Diagnostic {
	s.t.Helper()
	d, err := s.store.Diagnostic(context.Background(), "vallee")
	s.must(err)
	return d
}

func TestCommunesAreGroupedOtherwise(t *testing.T) {
	s := newSite(t)
	s.grounded(canton(), map[string]int{"71153": 40, "71306": 12, "71278": 3, "ailleurs": 2})
	alice := s.as("alice")
	twoSectors := map[string]int{"71153": 1, "71040": 2, "71278": 2, "71306": 2}

	t.Run("by coordinators alone, and the journal says they saw exact numbers", func(t *testing.T) {
		s.visitor().get(sectorsPage).expect(t, http.StatusSeeOther)
		s.as("bob").get(sectorsPage).expect(t, http.StatusForbidden)
		s.as("dora").get(sectorsPage).expect(t, http.StatusForbidden)
		s.as("chelsea").get(sectorsPage).expect(t, http.StatusForbidden)
		s.as("bob").submit("/d/vallee", sectorsPage, groupingFields([]string{"Tout"}, nil)).expect(t, http.StatusForbidden)
		alice.get("/d/nulle-part/secteurs/decoupage").expect(t, http.StatusNotFound)
		alice.get(sectorsPage).expect(t, http.StatusOK, "Découpage n°&nbsp;1", "55</td>", "Partir de cette proposition", "GeoNames", "Le Creusot")
		if got := s.events(); len(got) == 0 || got[0] != "alice: "+surveys.OpenedWork+" " {
			t.Errorf("the journal says %q", got)
		}
	})
	t.Run("nothing tells how many answered in a village", func(t *testing.T) {
		page := alice.get(sectorsPage).body
		if strings.Contains(page, ">3</td>") || strings.Contains(page, `data-answers="`) {
			t.Error("a number of a commune is in the page")
		}
		alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Marigny", "Reste"}, map[string]int{"71278": 1, "71040": 2, "71153": 2, "71306": 2}, "action", "apercu")).
			expect(t, http.StatusOK, "moins de 11 réponses", "50 à 99 réponses")
	})
	t.Run("from a proposal", func(t *testing.T) {
		start := between(alice.get(sectorsPage).body, `?depart=`, `#`)
		alice.get(sectorsPage+"?depart="+start).expect(t, http.StatusOK, "Vous partez de la proposition", "selected>")
		alice.get(sectorsPage+"?depart=autre").expect(t, http.StatusNotFound)
		alice.get(sectorsPage+"?depart=version-7").expect(t, http.StatusNotFound)
	})
	t.Run("a sector more keeps everything typed", func(t *testing.T) {
		alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Ville <b>", ""}, map[string]int{"71153": 1, "71040": 1}, "action", "ajouter", "raison", "pour voir")).
			expect(t, http.StatusOK, `value="Ville &lt;b&gt;"`, "pour voir", `id="sector-2" name="nom" value=""`, "autofocus")
	})
	t.Run("what is wrong is told, all of it, and kept", func(t *testing.T) {
		answer := alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Ville", "Village"}, map[string]int{"71153": 1, "71278": 2}, "raison", "parce que"))
		answer.expect(t, http.StatusUnprocessableEntity, "Blanzy n’est dans aucun secteur", "Montceau-les-Mines n’est dans aucun secteur",
			`href="#commune-71040"`, "166 habitants", `href="#sector-2"`, `value="Village"`, "parce que", `aria-invalid="true"`)
		if s.diagnostic().Grouping.Number != 0 {
			t.Error("it was saved")
		}
	})
	t.Run("numbers and codes made up are no reason to fail", func(t *testing.T) {
		for _, fields := range []url.Values{
			groupingFields(nil, map[string]int{"71153": -1, "71306": 99999, "99999": 1}),
			groupingFields([]string{"\xff\xfe\x00", strings.Repeat("é", 3000)}, map[string]int{"71153": 1}, "numero", "dix", "commune-71040", "1e9"),
			groupingFields(make([]string, 5000), nil),
		} {
			alice.submit(sectorsPage, sectorsPage, fields).expect(t, http.StatusUnprocessableEntity, "Le découpage n’est pas encore enregistré")
		}
		alice.submit(sectorsPage, sectorsPage, groupingFields(nil, nil, "action", "détruire")).expect(t, http.StatusBadRequest)
		alice.post(sectorsPage, groupingFields([]string{"A"}, twoSectors)).expect(t, http.StatusForbidden, "rechargez")
	})
	t.Run("a look changes nothing", func(t *testing.T) {
		alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Le Creusot", "Est"}, twoSectors, "action", "apercu")).expect(t, http.StatusOK, "Ce découpage peut être enregistré", "Ce que donnerait")
		if s.diagnostic().Grouping.Number != 0 {
			t.Error("it was saved")
		}
	})
	t.Run("saved, noted, kept", func(t *testing.T) {
		saved := alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Le Creusot", "Est"}, twoSectors, "raison", "deux bassins de vie"))
		saved.expect(t, http.StatusSeeOther)
		alice.get(saved.Header.Get("Location")).expect(t, http.StatusOK, "le découpage n°&nbsp;2 est en vigueur", "Raison&nbsp;: deux bassins de vie", "Les découpages d’avant", "?depart=version-1#modifier")
		if got := s.events()[0]; got != "alice: "+surveys.RegroupedSectors+" découpage n° 2, 2 secteurs" {
			t.Errorf("the journal says %q", got)
		}
		alice.get("/d/vallee").expect(t, http.StatusOK, "Est", "Modifier les secteurs")
		alice.get("/d/vallee/methode").expect(t, http.StatusOK, "Découpage en secteurs n°\u00a02, en vigueur depuis le 22\u00a0novembre 2026")
	})
	t.Run("saving the same again is told as such", func(t *testing.T) {
		alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Le Creusot", "Est"}, twoSectors, "numero", "2")).expect(t, http.StatusOK, "Rien n’a changé")
	})
	t.Run("somebody who began before it changed is told, and may save over it", func(t *testing.T) {
		one := map[string]int{"71153": 1, "71040": 1, "71278": 1, "71306": 1}
		refused := alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Tout"}, one))
		refused.expect(t, http.StatusUnprocessableEntity, "a changé pendant que vous y travailliez", `name="numero" value="2"`)
		alice.submit(sectorsPage, sectorsPage, groupingFields([]string{"Tout"}, one, "numero", "2")).expect(t, http.StatusSeeOther)
	})
	t.Run("once results were shared a change needs a reason", func(t *testing.T) {
		alice.get("/d/vallee/classeur.xlsx?vue=restitution").expect(t, http.StatusOK)
		fields := groupingFields([]string{"Le Creusot", "Est"}, twoSectors, "numero", "3")
		alice.get(sectorsPage).expect(t, http.StatusOK, "Des résultats ont déjà été partagés")
		alice.submit(sectorsPage, sectorsPage, fields).expect(t, http.StatusUnprocessableEntity, "dites pourquoi il change", `id="raison-e"`)
		fields.Set("raison", "demande du COPIL")
		alice.submit(sectorsPage, sectorsPage, fields).expect(t, http.StatusSeeOther)
		if d := s.diagnostic(); d.Grouping.Number != 4 || d.Territory.Sectors[0].Name != "Le Creusot" {
			t.Errorf("%+v", d.Grouping)
		}
	})
	t.Run("a former grouping can be gone back to", func(t *testing.T) {
		alice.get(sectorsPage+"?depart=version-1").expect(t, http.StatusOK, "l’ancien découpage n° 1", `value="Le Canton"`)
	})
	t.Run("who may not run surveys is not offered it", func(t *testing.T) {
		if strings.Contains(s.as("bob").get("/d/vallee").body, "Modifier les secteurs") {
			t.Error("bob is offered it")
		}
	})
}

// between is what stands between two words of a text.
func between(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}

func TestTheCommingesIsGroupedOnOnePage(t *testing.T) {
	s := newSite(t)
	comminges, err := library.Comminges()
	s.must(err)
	s.grounded(comminges, map[string]int{"31483": 60, "31042": 40})
	alice := s.as("alice")
	page := alice.get(sectorsPage)
	page.expect(t, http.StatusOK, "Bagnères-de-Luchon", "CC Cagire Garonne Salat", "28 communes sur 235")
	if got := strings.Count(page.body, `<select id="commune-`); got != 235 {
		t.Errorf("%d menus", got)
	}
	if size := len(page.body); size > 400_000 {
		t.Errorf("the page weighs %d bytes", size)
	}
	offers := strings.Split(page.body, `?depart=`)[1:]
	if len(offers) == 0 {
		t.Error("nothing is proposed")
	}
	for _, offer := range offers {
		start, _, _ := strings.Cut(offer, "#")
		shown := alice.get(sectorsPage + "?depart=" + start)
		fields := formFields(shown.body)
		fields.Set("action", "apercu")
		alice.submit(sectorsPage, sectorsPage, fields).expect(t, http.StatusOK, "Ce découpage peut être enregistré")
	}
}

// formFields are the fields of the grouping form as a browser would send them.
func formFields(page string) url.Values {
	_, form, _ := strings.Cut(page, `data-grouping`)
	fields := url.Values{"numero": {between(form, `name="numero" value="`, `"`)}}
	for _, part := range strings.Split(form, `name="nom" value="`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		fields.Add("nom", strings.NewReplacer("&#39;", "'", "&amp;", "&").Replace(name))
	}
	for _, part := range strings.Split(form, `<select id="`)[1:] {
		id, rest, _ := strings.Cut(part, `"`)
		menu, _, _ := strings.Cut(rest, "</select>")
		if before, _, found := strings.Cut(menu, `" selected`); found {
			fields.Set(id, before[strings.LastIndex(before, `"`)+1:])
		}
	}
	return fields
}

// Every page says what lacks, in both views, whatever the territory and the
// census are.
func TestPagesOfBadInputCanBeRead(t *testing.T) {
	badCensus := func(n float64) surveys.Census {
		return surveys.Census{Source: "Insee", Year: 2021, Counts: []surveys.CensusCount{
			{Commune: "71153", Men: [surveys.CensusBands]float64{1, n, 3, 4, 5, 6}, Women: [surveys.CensusBands]float64{1, 2, 3, 4, 5, 6}}}}
	}
	without := func(change func(*surveys.Territory)) surveys.Territory {
		t := canton()
		change(&t)
		return t
	}
	for _, c := range []struct {
		name    string
		ground  surveys.Territory
		census  surveys.Census
		answers map[string]int
	}{
		{"no answer", canton(), surveys.Census{}, nil},
		{"one single answer", canton(), surveys.Census{}, map[string]int{"71153": 1}},
		{"a census that leaves communes out", canton(), badCensus(2), map[string]int{"71153": 40}},
		{"a negative census", canton(), badCensus(-2), map[string]int{"71153": 40}},
		{"a census that is no number", canton(), badCensus(math.NaN()), map[string]int{"71153": 40}},
		{"a census without end", canton(), badCensus(math.Inf(1)), map[string]int{"71153": 40}},
		{"no sector", without(func(t *surveys.Territory) { t.Sectors = nil }), surveys.Census{}, map[string]int{"71153": 40}},
		{"nobody lives there", without(func(t *surveys.Territory) {
			for i := range t.Communes {
				t.Communes[i].Population = 0
			}
		}), surveys.Census{}, map[string]int{"71153": 40}},
		{"negative populations", without(func(t *surveys.Territory) {
			for i := range t.Communes {
				t.Communes[i].Population = -12
			}
		}), surveys.Census{}, map[string]int{"71153": 40}},
		{"no commune", surveys.Territory{Name: "Nulle part"}, surveys.Census{}, map[string]int{"ailleurs": 3}},
		{"a sector of communes of elsewhere", without(func(t *surveys.Territory) { t.Sectors[0].Communes = []string{"99999"} }), surveys.Census{}, map[string]int{"71153": 40}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.grounded(c.ground, c.answers)
			ctx := context.Background()
			s.must(s.store.AddSurvey(ctx, surveys.Survey{ID: "vallee-p", Diagnostic: "vallee", Audience: surveys.Professionnels, Title: "Sans questionnaire", State: surveys.Draft}))
			if c.census.Counts != nil {
				s.must(s.store.AddDossier(ctx, surveys.Dossier{Diagnostic: "vallee", Census: c.census}))
			}
			alice := s.as("alice")
			for _, path := range []string{"", "/profil", "/publics-fragiles", "/resultats/habitants", "/resultats/professionnels", "/regards-croises", "/methode", "/secteurs/decoupage"} {
				for _, query := range []string{"", "?vue=restitution"} {
					page := alice.get("/d/vallee" + path + query)
					page.expect(t, http.StatusOK)
					for _, bad := range []string{"NaN", "+Inf", "-Inf", "∞", "%!", "-9223372036854775808"} {
						if strings.Contains(page.body, bad) {
							t.Errorf("%s%s shows %s", path, query, bad)
						}
					}
				}
			}
			for _, view := range []string{"restitution", "travail"} {
				alice.get("/d/vallee/classeur.xlsx?vue="+view).expect(t, http.StatusOK)
			}
		})
	}
}
