package authoring

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

const arabic = "العربية (ar)"

// before is a small questionnaire to change: two sections, a shared list.
func before() *surveys.Questionnaire {
	facile, facile2 := selectOne("a_gp", "Avoir un médecin :"), selectOne("a_dent", "Avoir un dentiste :")
	facile.List, facile2.List = "acces", "acces"
	note := item(surveys.Range, "note", "Votre note")
	note.Parameters = map[string]string{"start": "0", "end": "10"}
	age := selectOne("age", "Votre âge")
	age.Required = "yes"
	return questionnaire([]surveys.Item{
		{Kind: surveys.Group, Name: "vous", Label: text("Vous"), Items: []surveys.Item{
			age, selectOne("mt", "Avez-vous un médecin ?"), item(surveys.TextKind, "mot", "Un mot ?"),
		}},
		{Kind: surveys.Group, Name: "ici", Label: text("Se soigner ici"), Items: []surveys.Item{facile, facile2, note}},
	},
		list("age", "15_17", "15–17 ans", "18_29", "18–29 ans", "30plus", "30 ans et plus"),
		list("mt", "oui", "Oui", "non", "Non"),
		list("acces", "facile", "Facile", "difficile", "Difficile", "nsp", "Je ne sais pas"))
}

func TestDifferencesAreSaidInWords(t *testing.T) {
	vous := func(q *surveys.Questionnaire) *surveys.Item { return &q.Items[0] }
	ici := func(q *surveys.Questionnaire) *surveys.Item { return &q.Items[1] }
	for _, c := range []struct {
		name   string
		change func(q *surveys.Questionnaire)
		want   []string // the sentences; "!" before those that break the series
	}{
		{"nothing", func(*surveys.Questionnaire) {}, nil},
		{"the title", func(q *surveys.Questionnaire) { q.Title = "La santé ici" }, []string{"Le titre « Essai » devient « La santé ici »."}},
		{"a question added", func(q *surveys.Questionnaire) {
			vous(q).Items = append(vous(q).Items, item(surveys.Integer, "enfants", "Combien d’enfants ?"))
		}, []string{"La question « Combien d’enfants ? » est ajoutée."}},
		{"a question removed is told where it was", func(q *surveys.Questionnaire) {
			q.Title = "B"
			vous(q).Items = slices.Delete(vous(q).Items, 1, 2)
			vous(q).Items[1].Label = text("Un autre mot ?")
		}, []string{"Le titre « Essai » devient « B ».", "La question « Avez-vous un médecin ? » est retirée.", "La question « Un mot ? » devient « Un autre mot ? »."}},
		{"a question renamed", func(q *surveys.Questionnaire) { vous(q).Items[2].Name = "parole" },
			[]string{"La question « Un mot ? » est retirée.", "La question « Un mot ? » est ajoutée."}},
		{"one question moved among three", func(q *surveys.Questionnaire) {
			i := vous(q).Items
			i[0], i[1], i[2] = i[1], i[2], i[0]
		}, []string{"La question « Votre âge » est déplacée : elle vient maintenant après « Un mot ? »."}},
		{"a question moved to another section", func(q *surveys.Questionnaire) {
			ici(q).Items = slices.Insert(ici(q).Items, 0, vous(q).Items[2])
			vous(q).Items = vous(q).Items[:2]
		}, []string{"La question « Un mot ? » passe de la section « Vous » à la section « Se soigner ici »."}},
		{"a section moved with its questions", func(q *surveys.Questionnaire) { slices.Reverse(q.Items) },
			[]string{"La section « Se soigner ici » est déplacée : elle vient maintenant en premier."}},
		{"a type", func(q *surveys.Questionnaire) { vous(q).Items[1].Kind = surveys.SelectMultiple },
			[]string{"!La question « Avez-vous un médecin ? » change de type : « un seul choix » avant, « plusieurs choix » maintenant."}},
		{"a choice removed", func(q *surveys.Questionnaire) { q.Lists[0].Choices = q.Lists[0].Choices[1:] },
			[]string{"!La question « Votre âge » : le choix « 15–17 ans » est retiré."}},
		{"a shared list, told once", func(q *surveys.Questionnaire) {
			q.Lists[2].Choices = append(q.Lists[2].Choices, surveys.Choice{Name: "npr", Label: text("Je préfère ne pas répondre")})
		}, []string{"!La liste « acces », qui sert à 2 questions (« Avoir un médecin » et « Avoir un dentiste ») : le choix « Je préfère ne pas répondre » est ajouté."}},
		{"a list that only changes its name", func(q *surveys.Questionnaire) {
			q.Lists[1].Name, vous(q).Items[1].List = "oui_non", "oui_non"
		}, nil},
		{"a choice reworded, and one recoded", func(q *surveys.Questionnaire) {
			q.Lists[1].Choices[0].Label = text("Oui, j’en ai un")
			q.Lists[1].Choices[1].Name = "aucun"
		}, []string{"!La question « Avez-vous un médecin ? » : le choix « Non » change de code, « non » avant, « aucun » maintenant.",
			"La question « Avez-vous un médecin ? » : le choix « Oui » devient « Oui, j’en ai un »."}},
		{"choices in another order", func(q *surveys.Questionnaire) { slices.Reverse(q.Lists[1].Choices) },
			[]string{"La question « Avez-vous un médecin ? » : les choix changent d’ordre (« Non »)."}},
		{"a condition", func(q *surveys.Questionnaire) { vous(q).Items[2].Relevant = "${mt} = 'non'" },
			[]string{"La question « Un mot ? » était posée à tout le monde ; elle l’est maintenant si « Avez-vous un médecin ? » est « Non »."}},
		{"a condition beyond a sentence", func(q *surveys.Questionnaire) { ici(q).Relevant = "${note} + 1 > 2" },
			[]string{"La section « Se soigner ici » était montrée à tout le monde ; elle l’est maintenant si la formule « ${note} + 1 > 2 » est vraie."}},
		{"required no more", func(q *surveys.Questionnaire) { vous(q).Items[0].Required = "" },
			[]string{"La question « Votre âge » devient facultative."}},
		{"a hint", func(q *surveys.Questionnaire) { vous(q).Items[2].Hint = text("En bref") },
			[]string{"La question « Un mot ? » : l’aide est maintenant « En bref »."}},
		{"the columns of the house", func(q *surveys.Questionnaire) {
			m := &vous(q).Items[1]
			m.Theme, m.Profile, m.Short, m.Sensitive = "T01", "vulnerable", true, true
		}, []string{"La question « Avez-vous un médecin ? » change de thème : rien avant, « T01 » maintenant.",
			"La question « Avez-vous un médecin ? » change de profil : rien avant, « vulnerable » maintenant.",
			"La question « Avez-vous un médecin ? » entre dans la version courte.",
			"La question « Avez-vous un médecin ? » est maintenant marquée « sensible »."}},
		{"the ends of a scale", func(q *surveys.Questionnaire) { ici(q).Items[2].Parameters["end"] = "5" },
			[]string{"!La question « Votre note » change d’échelle : « de 0 à 10, par 1 » avant, « de 0 à 5, par 1 » maintenant."}},
		{"a language, told once", func(q *surveys.Questionnaire) {
			q.Languages = append(q.Languages, arabic)
			q.Items[0].Label[arabic] = "أنت"
		}, []string{"La langue « العربية (ar) » est ajoutée."}},
		{"a column of another tool", func(q *surveys.Questionnaire) {
			vous(q).Items[0].Extra = map[string]string{"media::image": "age.png"}
		}, []string{"La question « Votre âge » change de « media::image » : rien avant, « age.png » maintenant."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := before()
			c.change(after)
			var got []string
			for _, d := range Differences(before(), after) {
				if d.Breaks != (d.Consequence == breaksSeries) {
					t.Errorf("%s: breaks %v, says %q", d.Sentence, d.Breaks, d.Consequence)
				}
				got = append(got, map[bool]string{true: "!"}[d.Breaks]+d.Sentence)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestAWordingChangesTheSeriesFromOneEditionToTheNext(t *testing.T) {
	after := before()
	after.Items[0].Items[1].Label = text("Avez-vous un médecin traitant ?")
	after.Items[0].Items[2].Label = text("Un mot…")
	got := Differences(before(), after)
	if len(got) != 2 || got[0].Consequence != keepsSeries || got[0].Breaks {
		t.Fatalf("got %v", got)
	}
	if got[1].Consequence != "" {
		t.Errorf("punctuation alone is no break: %v", got[1])
	}
}

func TestNamingTheOnlyLanguageChangesNoText(t *testing.T) {
	old := questionnaire([]surveys.Item{{Kind: surveys.TextKind, Name: "mot", Label: surveys.Text{surveys.NoLanguage: "Un mot ?"}}})
	old.Languages, old.DefaultLanguage = nil, ""
	if got := Differences(old, questionnaire([]surveys.Item{item(surveys.TextKind, "mot", "Un mot ?")})); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestTheCommunesOfThePublicationAreNoDifference(t *testing.T) {
	for audience, q := range ours(t) {
		served := surveys.WithCommunes(*q, surveys.Territory{Communes: []surveys.Commune{{Code: "71153", Name: "Le Creusot", PostalCodes: []string{"71200"}}}})
		if got := Differences(served, q); got != nil {
			t.Errorf("%s: %v", audience, got)
		}
	}
}

func TestPublishedFormsDifferFromEachOtherWithoutHarm(t *testing.T) {
	all := published(t)
	last := before()
	for name, old := range all {
		if got := Differences(old, old); got != nil {
			t.Errorf("%s differs from itself: %v", name, got[0])
		}
		Differences(last, old)
		last = old
	}
}

func TestTheFewestKeysMove(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"a b c d e", "a b c d e", ""},
		{"a b c d e", "e a b c d", "e"},
		{"a b c d e", "b c d e a", "a"},
		{"a b c d e", "a d b c e", "d"},
		{"a b c", "x c y b z", "c"},
		{"", "a", ""},
	} {
		got := moved(strings.Fields(c.before), strings.Fields(c.after))
		if want := strings.Fields(c.want); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q to %q: got %v, want %v", c.before, c.after, got, want)
		}
	}
}

// sections calls visit with every list of items that stand together.
func sections(items []surveys.Item, visit func(items []surveys.Item)) {
	visit(items)
	for i := range items {
		if len(items[i].Items) > 0 {
			sections(items[i].Items, visit)
		}
	}
}

func TestOneMoveInTheLibraryIsOneDifference(t *testing.T) {
	all, again := ours(t), ours(t)
	for audience, q := range all {
		sections(again[audience].Items, func(items []surveys.Item) {
			if len(items) < 2 {
				return
			}
			order := slices.Clone(items)
			for i := range items {
				copy(items, slices.Concat(order[:i], order[i+1:], order[i:i+1]))
				got := Differences(q, again[audience])
				if want := map[bool]int{true: 0, false: 1}[i == len(items)-1]; len(got) != want {
					t.Errorf("%s: %s moved to the end gives %d differences: %v", audience, order[i].Name, len(got), got)
				}
			}
			copy(items, order)
		})
	}
}

func TestWhatLeavesTheLibraryIsToldByName(t *testing.T) {
	q := ours(t)[surveys.Habitants]
	for i, section := range q.Items {
		shorter := *q
		shorter.Items = slices.Delete(slices.Clone(q.Items), i, i+1)
		var gone []string
		for _, d := range Differences(q, &shorter) {
			if d.Kind == ItemRemoved {
				gone = append(gone, d.Question)
			}
		}
		want := []string{section.Name}
		sections(section.Items, func(items []surveys.Item) {
			for _, item := range items {
				want = append(want, item.Name)
			}
		})
		if slices.Sort(gone); !slices.Equal(gone, slices.Sorted(slices.Values(want))) {
			t.Errorf("without %s: %v, want %v", section.Name, gone, want)
		}
	}
}
