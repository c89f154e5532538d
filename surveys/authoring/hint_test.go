package authoring

import (
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// hinted are the codes of the hints about the items, each once.
func hinted(q *surveys.Questionnaire, siblings ...Sibling) []string {
	var found []string
	for _, h := range Hints(q, siblings) {
		if !slices.Contains(found, h.Code) {
			found = append(found, h.Code)
		}
	}
	return found
}

// asking is a questionnaire of one question, with a theme so that nothing else
// is said of it.
func asking(i surveys.Item, lists ...surveys.List) *surveys.Questionnaire {
	i.Theme = "T01"
	return questionnaire([]surveys.Item{i}, lists...)
}

func TestWordsOfAQuestion(t *testing.T) {
	for label, want := range map[string]string{
		"Fumez-vous et buvez-vous de l’alcool ?":                 "wording.double",
		"Êtes-vous satisfait de l’accueil et des horaires ?":     "wording.double",
		"Avez-vous un dentiste ? En êtes-vous content ?":         "wording.double",
		"Ne pensez-vous pas que les soins sont trop chers ?":     "wording.leading",
		"N’êtes-vous pas inquiet pour votre village ?":           "wording.leading",
		"Êtes-vous d’accord pour dire qu’il manque un médecin ?": "wording.leading",
		"Trouvez-vous toujours un rendez-vous ?":                 "wording.absolute",
		"Vous ne trouvez pas de rendez-vous ?":                   "wording.negation",
		"Avez-vous été reçu par un interne ?":                    "wording.passive",
		"Quelles sont les modalités de prise de rendez-vous ?":   "wording.rare",
		"Connaissez-vous la CPTS ?":                              "wording.acronym",
		"Estimez-vous l’accessibilité géographique des professionnels hospitaliers pluridisciplinaires satisfaisante ou insuffisante actuellement ?":                                                               "wording.rare wording.hard",
		"Quand vous pensez à votre commune, aux communes voisines, à la ville la plus proche et aux gens qui y vivent, diriez-vous que les soins y sont plus faciles à trouver, ou plus durs à trouver qu’avant ?": "wording.long",

		"Où allez-vous pour vous soigner ?":                            "",
		"Pourquoi n’avez-vous pas consulté ?":                          "",
		"Avez-vous attendu parce que vous n’aviez pas les moyens ?":    "",
		"Avez-vous un médecin traitant ?":                              "",
		"Ici, est-ce facile ou difficile d’avoir un dentiste ?":        "",
		"Mangez-vous des fruits et des légumes ?":                      "",
		"Connaissez-vous le centre médico-psychologique (CMP) ?":       "",
		"Avez-vous besoin d’aide pour comprendre les ordonnances ?":    "",
		"Combien de temps mettez-vous pour aller chez ce médecin ?":    "",
		"Les sorties d’hôpital sont-elles bien préparées ?":            "",
		"D’après vous, qu’est-ce qui empêche les gens de se soigner ?": "",
	} {
		q := asking(selectOne("q", label), list("q", "oui", "Oui", "non", "Non"))
		got := slices.DeleteFunc(hinted(q), func(code string) bool { return !strings.HasPrefix(code, "wording") })
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %q", label, got, want)
		}
	}
}

func TestWordsAreLookedAtInFrenchOnly(t *testing.T) {
	q := asking(selectOne("q", ""), list("q", "yes", "Yes"))
	q.Items[0].Label = surveys.Text{"English (en)": "Do you always go there et are-vous n'êtes-vous pas?"}
	q.Languages, q.DefaultLanguage = []string{"English (en)"}, "English (en)"
	q.Lists[0].Choices[0].Label = surveys.Text{"English (en)": "Yes"}
	if got := hinted(q); got != nil {
		t.Errorf("got %v", got)
	}
	q.Items[0].Label = surveys.Text{surveys.NoLanguage: "Trouvez-vous toujours le temps pour votre santé ?"}
	q.Languages, q.DefaultLanguage = nil, ""
	if got := hinted(q); !slices.Contains(got, "wording.absolute") {
		t.Errorf("French is recognised without its name: got %v", got)
	}
}

func TestWhatShouldNotBeAsked(t *testing.T) {
	for label, want := range map[string]string{
		"Quelle est votre religion ?":                      "privacy.forbidden-religion",
		"Quelle est votre origine ethnique ?":              "privacy.forbidden-origin",
		"Dans quel hameau habitez-vous ?":                  "privacy.exact",
		"Êtes-vous né(e) à l’étranger ?":                   "privacy.forbidden-origin",
		"Merci de laisser vos coordonnées":                 "privacy.phone",
		"Quelle est votre nationalité ?":                   "privacy.forbidden-origin",
		"Quelle est votre orientation sexuelle ?":          "privacy.forbidden-sexuality",
		"Quelles sont vos opinions politiques ?":           "privacy.forbidden-politics",
		"Votre numéro de sécurité sociale :":               "privacy.number",
		"Vos nom et prénom :":                              "privacy.name",
		"Votre numéro de téléphone :":                      "privacy.phone",
		"Votre adresse e-mail :":                           "privacy.email",
		"Quelle est votre adresse complète ?":              "privacy.address",
		"Votre date de naissance :":                        "privacy.birth",
		"Quelle est votre profession ?":                    "privacy.exact",
		"Avez-vous une maladie chronique ?":                "privacy.sensitive",
		"Fumez-vous ?":                                     "privacy.sensitive",
		"Êtes-vous en situation de handicap ?":             "privacy.sensitive",
		"Vos patients ont-ils une maladie chronique ?":     "",
		"Vos liens avec le médico-social (handicap) :":     "",
		"Votre mot pour la santé du village ?":             "",
		"Quels problèmes de santé sont importants ici ?":   "",
		"Qui a le plus de mal à se soigner dans le pays ?": "",
	} {
		if got := strings.Join(hinted(asking(item(surveys.TextKind, "q", label))), " "); got != want {
			t.Errorf("%s: got %q, want %q", label, got, want)
		}
	}
	t.Run("an exact age", func(t *testing.T) {
		if got := hinted(asking(item(surveys.Integer, "q", "Quel âge avez-vous ?"))); !slices.Equal(got, []string{"privacy.exact"}) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("a point on the map, whatever it is called", func(t *testing.T) {
		if got := hinted(asking(item("geopoint", "q", "Ici"))); !slices.Equal(got, []string{"privacy.address"}) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("health once marked as sensitive", func(t *testing.T) {
		i := item(surveys.TextKind, "q", "Avez-vous une maladie chronique ?")
		i.Sensitive = true
		if got := hinted(asking(i)); got != nil {
			t.Errorf("got %v", got)
		}
	})
}

// labelled is a list whose choices only have labels.
func labelled(labels ...string) surveys.List {
	l := surveys.List{Name: "q"}
	for _, label := range labels {
		l.Choices = append(l.Choices, surveys.Choice{Name: FreeCode(l.Choices, label), Label: text(label)})
	}
	return l
}

func TestChoices(t *testing.T) {
	numbered := strings.Split("a b c d e f g h i j k l m n o p", " ")
	for _, c := range []struct {
		name string
		kind surveys.Kind
		with func(*surveys.Item)
		list surveys.List
		want string
	}{
		{"ages that overlap", surveys.SelectOne, nil, labelled("15-18 ans", "18-25 ans", "Plus de 25 ans"), "choices.overlap"},
		{"ages with a hole", surveys.SelectOne, nil, labelled("Moins de 15 ans", "16 à 17 ans", "18 ans ou plus"), "choices.gap"},
		{"ages that follow each other", surveys.SelectOne, nil, labelled("Moins de 15 ans", "15 à 17 ans", "18–29 ans", "30 ans et plus", "Je ne sais pas"), ""},
		{"durations in several units", surveys.SelectOne, nil, labelled("Moins de 48 heures", "2 à 7 jours", "1 à 4 semaines", "1 à 3 mois"), ""},
		{"thousands", surveys.SelectOne, nil, labelled("Moins de 1 000 euros", "1 000 à 1 999 euros", "2 000 euros et plus"), ""},
		{"ten to choose from", surveys.SelectOne, nil, labelled(numbered[:10]...), "choices.many"},
		{"ten, found by typing", surveys.SelectOne, func(i *surveys.Item) { i.Appearance = []string{"autocomplete"} }, labelled(numbered[:10]...), ""},
		{"ten to tick", surveys.SelectMultiple, nil, labelled(numbered[:10]...), ""},
		{"eight to rank", surveys.Rank, nil, labelled(numbered[:8]...), "choices.many"},
		{"the first three of eight", surveys.Rank, func(i *surveys.Item) { i.Constraint = "count-selected(.) = 3" }, labelled(numbered[:8]...), ""},
		{"nothing beside something", surveys.SelectMultiple, nil, labelled("Le dos", "Aucun"), "choices.alone"},
		{"nothing alone", surveys.SelectMultiple, func(i *surveys.Item) { i.Constraint = "count-selected(.) = 1 or not(selected(., 'aucun'))" }, labelled("Le dos", "Aucun"), ""},
		{"the same label twice", surveys.SelectOne, nil, labelled("Oui", "Non", "oui"), "choices.twice"},
		{"an opinion without a way out", surveys.SelectOne, nil, labelled("D’accord", "Pas d’accord"), "choices.no-opinion"},
		{"an opinion with one", surveys.SelectOne, nil, labelled("D’accord", "Pas d’accord", "Je ne sais pas"), ""},
		{"three good answers for one bad", surveys.SelectOne, nil, labelled("Excellent", "Très bon", "Bon", "Mauvais"), "scale.unbalanced"},
		{"the scale of the European health survey", surveys.SelectOne, nil, labelled("Très bon", "Bon", "Assez bon", "Mauvais", "Très mauvais"), ""},
		{"bare numbers", surveys.SelectOne, nil, labelled("1", "2", "3", "4", "5"), "scale.unlabelled"},
		{"an obligation without a way out", surveys.SelectOne, func(i *surveys.Item) { i.Required = "yes" }, labelled("Oui", "Non"), "required.no-way-out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := surveys.Item{Kind: c.kind, Name: "q", List: "q", Label: text("Lequel ?")}
			if c.with != nil {
				c.with(&i)
			}
			if got := strings.Join(hinted(asking(i, c.list)), " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatSurroundsTheQuestions(t *testing.T) {
	ouiNon := list("ouinon", "oui", "Oui", "non", "Non")
	yes := func(name, label string) surveys.Item {
		i := selectOne(name, label)
		i.List, i.Theme = "ouinon", "T01"
		return i
	}
	when := func(i surveys.Item, relevant string) surveys.Item { i.Relevant = relevant; return i }
	number := item(surveys.Integer, "n", "Combien de repas ?")
	number.Theme = "T01"
	for _, c := range []struct {
		name  string
		items []surveys.Item
		lists []surveys.List
		want  string
	}{
		{"a code nobody can choose", []surveys.Item{yes("a", "A ?"), when(yes("b", "B ?"), "${a} = 'peut_etre'")}, nil, "condition.never"},
		{"two answers at once", []surveys.Item{yes("a", "A ?"), when(yes("b", "B ?"), "${a} = 'oui' and ${a} = 'non'")}, nil, "condition.never"},
		{"one or the other", []surveys.Item{yes("a", "A ?"), when(yes("b", "B ?"), "${a} = 'oui' or ${a} = 'non'")}, nil, ""},
		{"numbers that exclude each other", []surveys.Item{number, when(yes("b", "B ?"), "${n} >= 18 and ${n} < 18")}, nil, "condition.never"},
		{"numbers that leave room", []surveys.Item{number, when(yes("b", "B ?"), "${n} >= 18 and ${n} <= 18")}, nil, ""},
		{"against the section", []surveys.Item{yes("a", "A ?"), {Kind: surveys.Group, Name: "g", Relevant: "${a} = 'non'", Items: []surveys.Item{when(yes("b", "B ?"), "${a} = 'oui'")}}}, nil, "condition.never"},
		{"blank and different", []surveys.Item{yes("a", "A ?"), when(yes("b", "B ?"), "${a} = '' and ${a} != 'oui'")}, nil, ""},
		{"blank and chosen", []surveys.Item{yes("a", "A ?"), when(yes("b", "B ?"), "${a} = '' and ${a} = 'oui'")}, nil, "condition.never"},
		{"about what comes later", []surveys.Item{when(yes("a", "A ?"), "${b} = 'oui'"), yes("b", "B ?")}, nil, "condition.order"},
		{"a list nobody uses", []surveys.Item{yes("a", "A ?")}, []surveys.List{list("vieille", "x", "X")}, "list.unused"},
		{"one question without a theme", []surveys.Item{yes("a", "A ?"), item(surveys.Integer, "b", "B ?")}, nil, "theme.missing"},
		{"the theme of the section", []surveys.Item{{Kind: surveys.Group, Name: "g", Theme: "T02", Items: []surveys.Item{item(surveys.Integer, "b", "B ?"), yes("a", "A ?")}}}, nil, ""},
		{"a scale nobody explains", []surveys.Item{yes("a", "A ?"), {Kind: surveys.Range, Name: "r", Theme: "T01", Label: text("Votre note")}}, nil, "scale.unlabelled"},
		{"a scale with its ends", []surveys.Item{yes("a", "A ?"), {Kind: surveys.Range, Name: "r", Theme: "T01", Label: text("Votre note"), Hint: text("1 = mauvais. 10 = bon.")}}, nil, ""},
		{"an open text that must be filled", []surveys.Item{yes("a", "A ?"), {Kind: surveys.TextKind, Name: "r", Theme: "T01", Label: text("Un mot ?"), Required: "yes"}}, nil, "required.text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := questionnaire(c.items, append(c.lists, ouiNon)...)
			if got := strings.Join(hinted(q), " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestALongMatrix(t *testing.T) {
	group := surveys.Item{Kind: surveys.Group, Name: "g", Theme: "T01", Appearance: []string{"field-list"}}
	for _, name := range strings.Fields("a b c d e f g1 h i j k") {
		row := selectOne(name, name)
		row.List = "l"
		group.Items = append(group.Items, row)
	}
	choices := list("l", "facile", "Facile", "difficile", "Difficile")
	if got := hinted(questionnaire([]surveys.Item{group}, choices)); !slices.Equal(got, []string{"matrix.long"}) {
		t.Errorf("eleven rows: %v", got)
	}
	group.Items = group.Items[:10]
	if got := hinted(questionnaire([]surveys.Item{group}, choices)); got != nil {
		t.Errorf("ten rows: %v", got)
	}
}

func TestQuestionsThatCross(t *testing.T) {
	here := asking(selectOne("x_note", "C’est :"), list("x_note", "facile", "Facile", "difficile", "Difficile"))
	there := func(kind surveys.Kind, choices ...string) Sibling {
		i := selectOne("x_note", "C’est :")
		i.Kind = kind
		return Sibling{Title: "Professionnels", Audience: surveys.Professionnels, Questionnaire: questionnaire([]surveys.Item{i}, list("x_note", choices...))}
	}
	for _, c := range []struct {
		name    string
		sibling Sibling
		want    string
	}{
		{"the same", there(surveys.SelectOne, "difficile", "Dur", "facile", "Aisé"), ""},
		{"another choice", there(surveys.SelectOne, "facile", "Facile", "dur", "Dur"),
			"Cette question se croise avec le questionnaire « Professionnels », qui propose aussi « Dur », où « Difficile » n’existe pas. Mettez les mêmes choix des deux côtés, ou changez le nom de la question."},
		{"another type", there(surveys.SelectMultiple, "facile", "Facile", "difficile", "Difficile"),
			"Le questionnaire « Professionnels » pose aussi « x_note », mais en « plusieurs choix » ; ici c’est « un seul choix ». Le même nom doit poser la même question : prenez le même type, ou un autre nom."},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got string
			for _, h := range Hints(here, []Sibling{c.sibling}) {
				got += h.Message
			}
			if got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestTheWholeQuestionnaire(t *testing.T) {
	t.Run("takes too long", func(t *testing.T) {
		q := questionnaire(nil)
		for i := range 100 {
			q.Items = append(q.Items, surveys.Item{Kind: surveys.TextKind, Name: FreeName(q, "mot"), Theme: "T01", Label: text("Un mot ?"), Row: i})
		}
		if got := hinted(q); !slices.Equal(got, []string{"length"}) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("counts what it lacks in a language", func(t *testing.T) {
		q := asking(item(surveys.TextKind, "mot", "Un mot ?"))
		q.Languages = append(q.Languages, arabic)
		got := Hints(q, nil)
		if len(got) != 1 || got[0].Language != arabic || !strings.Contains(got[0].Message, "0 textes sur 1 sont traduits") {
			t.Errorf("got %v", got)
		}
	})
	t.Run("makes too many answers compulsory", func(t *testing.T) {
		q := questionnaire(nil)
		for range 6 {
			q.Items = append(q.Items, surveys.Item{Kind: surveys.Integer, Name: FreeName(q, "nombre"), Theme: "T01", Label: text("Combien ?"), Required: "yes"})
		}
		if got := hinted(q); !slices.Equal(got, []string{"required.many"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestQuestionsForSomeCountForHalf(t *testing.T) {
	q := questionnaire([]surveys.Item{item(surveys.Integer, "a", "A ?"), item(surveys.Integer, "b", "B ?")})
	both, slow := durations(q)
	q.Items[1].Relevant = "${a} = 1"
	some, slowSome := durations(q)
	if some != both*3/4 || slow != slowSome || slow <= both {
		t.Errorf("%.3f then %.3f; slowly %.3f then %.3f", both, some, slow, slowSome)
	}
	q.Items[0].Relevant, q.Items[1].Relevant = "", "${a} != 1"
	q.Items = append(q.Items, surveys.Item{Kind: surveys.Note, Name: "fin", Relevant: "${a} = 1", Profile: surveys.ProfileEnd})
	if all, _ := durations(q); all != both {
		t.Errorf("a condition that only says the questionnaire goes on: %.3f, want %.3f", all, both)
	}
}

func TestALongListIsNotRead(t *testing.T) {
	q := questionnaire([]surveys.Item{selectOne("metier", "Votre métier ?")}, list("metier"))
	var short float64
	for n := range mostRead + 1 {
		short, _ = durations(q)
		code := string(rune('a'+n/26)) + string(rune('a'+n%26))
		q.Lists[0].Choices = append(q.Lists[0].Choices, surveys.Choice{Name: code, Label: text("Un métier parmi d’autres")})
	}
	if long, _ := durations(q); long >= short {
		t.Errorf("%d choices take %.2f minutes, one more %.2f", mostRead, short, long)
	}
}
