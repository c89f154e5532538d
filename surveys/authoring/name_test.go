package authoring

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestANameIsMadeFromWhatIsAsked(t *testing.T) {
	q := questionnaire([]surveys.Item{item(surveys.TextKind, "age", "Votre âge"), item(surveys.TextKind, "age_2", "Encore")})
	for from, want := range map[string]string{
		"Avez-vous un médecin traitant ?":    "medecin_traitant",
		"Quel âge avez-vous ?":               "age_3",
		"À quels soins ?":                    "soins",
		"L’état des logements, ici, c’est :": "etat_logements",
		"Qui êtes-vous ?":                    "qui_etes_vous",
		"3 sujets importants":                "q_3_sujets_importants",
		"Comment votre sœur va-t-elle ?":     "comment_soeur_va",
		"":                                   "question",
		"ما عمرك؟":                           "question",
		"Combien de temps mettez-vous pour aller chez ce médecin": "combien_temps_mettez_aller_chez",
		"Anticonstitutionnellementetplusencorequecela":            "anticonstitutionnellementetpluse",
	} {
		if got := FreeName(q, from); got != want {
			t.Errorf("%q: got %q, want %q", from, got, want)
		}
	}
}

func TestNamesOfTheLibraryCanAllBeMade(t *testing.T) {
	valid := regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)
	for _, q := range ours(t) {
		q.Walk(func(i *surveys.Item, _ []*surveys.Item) {
			name := FreeName(q, i.Label.In(q.DefaultLanguage))
			if !valid.MatchString(name) || find(q, name) != nil {
				t.Errorf("%q gives %q", i.Label, name)
			}
		})
	}
}

func TestACodeIsMadeFromALabel(t *testing.T) {
	taken := []surveys.Choice{{Name: "oui"}, {Name: "autre"}}
	for label, want := range map[string]string{
		"Non":                         "non",
		"Oui":                         "oui_2",
		"Autre":                       "autre_2",
		"75 ans ou plus":              "75_ans_plus",
		"Je ne sais pas":              "nsp",
		"Je préfère ne pas répondre":  "npr",
		"Je ne veux pas répondre":     "npr",
		"Médecin généraliste":         "medecin_generaliste",
		"Être bien suivi à l’hôpital": "etre_bien_suivi",
		"…":                           "choix",
	} {
		if got := FreeCode(taken, label); got != want {
			t.Errorf("%q: got %q, want %q", label, got, want)
		}
	}
}

func TestChoicesArePastedFromASpreadsheet(t *testing.T) {
	told := func(choices []surveys.Choice) string {
		var all []string
		for _, c := range choices {
			all = append(all, c.Name+"="+c.Label[surveys.French])
		}
		return strings.Join(all, " | ")
	}
	existing := list("l", "oui", "Oui").Choices
	for _, c := range []struct {
		name, text, want string
		remarks          []string
	}{
		{"a column of labels", "Non\nJe ne sais pas\n", "non=Non | nsp=Je ne sais pas", nil},
		{"codes and labels, from Windows", "a1\tLe premier\r\nb2\tLe second\r\n", "a1=Le premier | b2=Le second", nil},
		{"a header, a blank, a double", "code\tlibellé\nn\tNon\n\nx\tnon\n", "n=Non",
			[]string{"La première ligne donne les titres des colonnes : elle n’est pas un choix.",
				"Ligne 4 : « non » est déjà dans la liste ; il n’est pas ajouté deux fois.", "Une ligne vide a été laissée de côté."}},
		{"a code that is taken", "oui\tTout à fait", "tout_fait=Tout à fait",
			[]string{"Ligne 1 : le code « oui » sert déjà ; « Tout à fait » prend le code « tout_fait »."}},
		{"a code with a space", "a b\tAB", "ab=AB",
			[]string{"Ligne 1 : le code « a b » contient un espace ou un signe interdit ; « AB » prend le code « ab »."}},
		{"a cell with quotes", "\"Le \"\"bon\"\" choix\"", "bon_choix=Le \"bon\" choix", nil},
		{"nothing", " \n\t\n", "", []string{"Il n’y a rien à ajouter : collez une colonne de choix, un par ligne."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			added, remarks := PastedChoices(existing, surveys.French, c.text)
			if got := told(added); got != c.want || !slices.Equal(remarks, c.remarks) {
				t.Errorf("got %s %q, want %s %q", got, remarks, c.want, c.remarks)
			}
		})
	}
}
