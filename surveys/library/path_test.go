package library

import (
	"slices"
	"testing"
	"time"

	"diapason/surveys"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func compiled(t *testing.T, a surveys.Audience) *surveys.Form {
	t.Helper()
	form, problems := surveys.Compile(load(t, a))
	if form == nil {
		t.Fatal(problems)
	}
	return form
}

// answered makes answers of pairs: a name, then a code.
func answered(pairs ...string) surveys.Answers {
	a := surveys.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = surveys.TextValue(pairs[i+1])
	}
	return a
}

func TestResidentsAreLedByTheirAnswers(t *testing.T) {
	form := compiled(t, surveys.Habitants)
	for name, c := range map[string]struct {
		answers surveys.Answers
		on, off []string
	}{
		"who lives elsewhere goes no further": {
			answered("h_commune", "ailleurs"), []string{"h_fin_ailleurs"}, []string{"h_age", "h_sexe", "h_sante", "x_prio"}},
		"a child goes no further": {
			answered("h_commune", "npr", "h_age", "moins15"), []string{"h_fin_age"}, []string{"h_sexe", "h_sante", "x_prio"}},
		"a resident sees everything else": {
			answered("h_commune", "npr", "h_age", "30_44"), []string{"h_sexe", "h_sante", "x_acces_droits", "x_action"},
			[]string{"h_fin_age", "h_fin_ailleurs", "h_trajet", "h_ren_soin", "h_travail", "h_moral_aide"}},
		"low spirits bring the helpline": {
			answered("h_moral", "tres_mauvais"), []string{"h_moral_aide"}, nil},
		"a doctor is reached in some time": {
			answered("h_mt", "ailleurs"), []string{"h_trajet"}, nil},
		"who gave up care says which and why": {
			answered("h_renonce", "une"), []string{"h_ren_soin", "h_ren_pq"}, nil},
		"who works says what work does": {
			answered("h_situation", "emploi"), []string{"h_travail"}, nil},
	} {
		t.Run(name, func(t *testing.T) { leads(t, form, c.answers, c.on, c.off) })
	}
}

func TestProfessionalsAndAssociationsAreLedByTheirAnswers(t *testing.T) {
	p, a := compiled(t, surveys.Professionnels), compiled(t, surveys.Associations)
	t.Run("a social worker has no patients to take", func(t *testing.T) {
		leads(t, p, answered("p_metier", "travailleur_social"), []string{"p_domicile"}, []string{"p_nouveaux", "p_refus", "p_delai"})
	})
	t.Run("a nurse has", func(t *testing.T) {
		leads(t, p, answered("p_metier", "infirmier", "p_nouveaux", "oui"), []string{"p_nouveaux", "p_refus", "p_delai"}, nil)
	})
	t.Run("who is not concerned is asked no figures", func(t *testing.T) {
		leads(t, p, answered("p_metier", "infirmier", "p_nouveaux", "nc"), nil, []string{"p_refus", "p_delai"})
	})
	t.Run("who leaves says who follows", func(t *testing.T) {
		leaving := surveys.Answers{"p_5ans": surveys.CodesValue("reduire", "quitter")}
		leads(t, p, leaving, []string{"p_succ"}, nil)
		leads(t, p, nil, nil, []string{"p_succ"})
	})
	t.Run("themes are asked of who acts, languages of who meets them", func(t *testing.T) {
		leads(t, a, answered("a_actions", "ponctuelles", "c_langue", "souvent"), []string{"a_themes", "a_langues"}, nil)
		leads(t, a, answered("a_actions", "non", "c_langue", "jamais"), nil, []string{"a_themes", "a_langues"})
	})
}

func leads(t *testing.T, form *surveys.Form, a surveys.Answers, on, off []string) {
	t.Helper()
	path := form.Path(a, noon)
	for _, name := range on {
		if !path.On(name) {
			t.Errorf("%s is not asked", name)
		}
	}
	for _, name := range off {
		if path.On(name) {
			t.Errorf("%s is asked", name)
		}
	}
}

func TestScreeningsFitAgeAndSex(t *testing.T) {
	form := compiled(t, surveys.Habitants)
	q, _ := form.Question("h_depist")
	for name, c := range map[string]struct {
		age, sex string
		want     []string
	}{
		"a man of 20":          {"18_29", "homme", nil},
		"a woman of 20":        {"18_29", "femme", []string{"col"}},
		"a man of 50":          {"45_59", "homme", []string{"colorectal"}},
		"a woman of 50":        {"45_59", "femme", []string{"mammo", "colorectal", "col"}},
		"who would rather not": {"npr", "npr", []string{"mammo", "colorectal", "col"}},
		"a girl of 16":         {"15_17", "femme", nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := form.Path(answered("h_commune", "npr", "h_age", c.age, "h_sexe", c.sex), noon)
			var cancers []string
			for _, choice := range path.Choices(q) {
				if choice.Extra["filtre"] != "" {
					cancers = append(cancers, choice.Name)
				}
			}
			if !slices.Equal(cancers, c.want) {
				t.Errorf("offered %v", cancers)
			}
		})
	}
}

func TestAnswersThatContradictThemselvesAreTold(t *testing.T) {
	form := compiled(t, surveys.Habitants)
	for name, c := range map[string]struct {
		question string
		value    surveys.Value
		refused  bool
	}{
		"three obstacles":               {"x_freins", surveys.CodesValue("attente", "loin", "cher"), false},
		"four obstacles":                {"x_freins", surveys.CodesValue("attente", "loin", "cher", "peur"), true},
		"nothing, and yet something":    {"x_freins", surveys.CodesValue("attente", "rien"), true},
		"nothing":                       {"x_freins", surveys.CodesValue("rien"), false},
		"three subjects in order":       {"x_prio", surveys.CodesValue("T07", "T01", "T13"), false},
		"two subjects":                  {"x_prio", surveys.CodesValue("T07", "T01"), true},
		"no problem, and alcohol":       {"h_conso", surveys.CodesValue("alcool", "non"), true},
		"a mark of ten":                 {"x_note", surveys.NumberValue(10), false},
		"a mark of eleven":              {"x_note", surveys.NumberValue(11), true},
		"a reason that was not offered": {"h_ren_pq", surveys.CodesValue("rien"), true},
	} {
		t.Run(name, func(t *testing.T) {
			answers := answered("h_commune", "npr", "h_age", "30_44", "h_renonce", "une")
			answers[c.question] = c.value
			problems := form.Check(answers, noon)
			if (problems.Refusals() != nil) != c.refused {
				t.Errorf("got %v", problems)
			}
		})
	}
}
