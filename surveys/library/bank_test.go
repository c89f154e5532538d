package library

import (
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

func bankOf(t *testing.T) []BankQuestion {
	t.Helper()
	all, err := Bank()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func inBank(t *testing.T, name string) BankQuestion {
	t.Helper()
	all := bankOf(t)
	at := slices.IndexFunc(all, func(b BankQuestion) bool { return b.Name == name })
	if at < 0 {
		t.Fatalf("the bank has no %s", name)
	}
	return all[at]
}

func TestTheBankHoldsEveryQuestionOnce(t *testing.T) {
	held := map[string]int{}
	for _, b := range bankOf(t) {
		b.each(func(i *surveys.Item) {
			if i.Kind.Asked() {
				held[i.Name]++
			}
		})
	}
	asked := map[string]bool{}
	for _, a := range surveys.Audiences() {
		load(t, a).Walk(func(i *surveys.Item, _ []*surveys.Item) {
			if !i.Kind.Asked() {
				return
			}
			asked[i.Name] = true
			if held[i.Name] != 1 {
				t.Errorf("%s of %s is %d times in the bank", i.Name, a, held[i.Name])
			}
		})
	}
	for name := range held {
		if !asked[name] {
			t.Errorf("nobody asks %s", name)
		}
	}
}

func TestAQuestionOfTheBankIsWhole(t *testing.T) {
	t.Run("a crossing question says that all three audiences are asked it", func(t *testing.T) {
		if got := inBank(t, "x_freins").Audiences; !slices.Equal(got, surveys.Audiences()) {
			t.Errorf("x_freins is asked to %v", got)
		}
	})
	t.Run("a matrix comes as one question with its lines and its list", func(t *testing.T) {
		b := inBank(t, "x_acces")
		if len(b.Item.Items) != 9 || len(b.Lists) != 1 || len(b.Choices()) != 5 {
			t.Errorf("%d lines, %d lists, %d choices", len(b.Item.Items), len(b.Lists), len(b.Choices()))
		}
	})
	t.Run("the help for those who are low comes with the question about it", func(t *testing.T) {
		b := inBank(t, "h_moral")
		if len(b.Notes) != 1 || b.Notes[0].Name != "h_moral_aide" {
			t.Errorf("h_moral comes with %v", b.Notes)
		}
	})
	t.Run("those about who answers come last", func(t *testing.T) {
		all := bankOf(t)
		if all[0].Theme != "T01" || all[len(all)-1].Theme != "" {
			t.Errorf("from %q to %q", all[0].Theme, all[len(all)-1].Theme)
		}
	})
	t.Run("what a caller changes stays theirs", func(t *testing.T) {
		inBank(t, "h_moral").Item.Label["Français (fr)"] = "Autre chose"
		if inBank(t, "h_moral").Item.Label["Français (fr)"] == "Autre chose" {
			t.Error("the bank has changed")
		}
	})
}

func TestSearchingTheBank(t *testing.T) {
	for _, ask := range []struct{ words, finds string }{
		{"médecin traitant", "h_mt"},
		{"MEDECINS  traitants", "h_mt"},
		{"coeur tension", "x_problemes"},   // in the choices: « Le cœur, la tension »
		{"seules", "h_seul"},               // « Vous sentez-vous seul(e) ? »
		{"sommeil", ""},                    // nowhere
		{"santé mentale moral", "h_moral"}, // the theme and the question
		{"h_finmois", "h_finmois"},
		{"dormez", "h_habitudes"}, // a line of a matrix
	} {
		t.Run(ask.words, func(t *testing.T) {
			var names []string
			for _, b := range Search(bankOf(t), ask.words) {
				names = append(names, b.Name)
			}
			if ask.finds == "" && names != nil || ask.finds != "" && !slices.Contains(names, ask.finds) {
				t.Errorf("finds %v, not %q", names, ask.finds)
			}
		})
	}
	t.Run("no word finds all", func(t *testing.T) {
		if len(Search(bankOf(t), "  ")) != len(bankOf(t)) {
			t.Error("some are missing")
		}
	})
}

// form is a questionnaire of one section that asks about the doctor.
func form() *surveys.Questionnaire {
	q := surveys.Questionnaire{Title: "Essai", Items: []surveys.Item{
		{Kind: surveys.Group, Name: "sante", Label: surveys.Text{surveys.NoLanguage: "Santé"}, Items: []surveys.Item{
			{Kind: surveys.SelectOne, Name: "h_mt", List: "mt", Theme: "T01", Label: surveys.Text{surveys.NoLanguage: "Avez-vous un médecin traitant ?"}},
		}},
		{Kind: surveys.Group, Name: "fin", Items: []surveys.Item{{Kind: surveys.TextKind, Name: "mot"}}},
	}, Lists: []surveys.List{{Name: "mt", Choices: []surveys.Choice{{Name: "commune"}, {Name: "ailleurs"}, {Name: "introuvable"}, {Name: "non"}, {Name: "nsp"}}}}}
	return q.Keyed(nil)
}

// took is the questionnaire once the question is in it.
func took(t *testing.T, name string, q *surveys.Questionnaire, into, after string) (*surveys.Questionnaire, string) {
	t.Helper()
	taking := inBank(t, name).Take(q, into, after)
	next, undo, problems := surveys.Apply(q, taking.Moves...)
	if problems != nil {
		t.Fatalf("%s: %v", name, problems)
	}
	if _, compiled := surveys.Compile(next); compiled.Refusals() != nil {
		t.Errorf("%s leaves a questionnaire that does not compile: %v", name, compiled)
	}
	back, _, problems := surveys.Apply(next, undo...)
	if problems != nil || back.Digest() != q.Digest() {
		t.Errorf("%s cannot be taken back: %v", name, problems)
	}
	return next, strings.Join(taking.Told, " ")
}

func TestTakingAQuestion(t *testing.T) {
	t.Run("each one goes into an empty questionnaire, in a language without a name", func(t *testing.T) {
		for _, b := range bankOf(t) {
			next, _ := took(t, b.Name, &surveys.Questionnaire{Title: "Vide"}, "", "")
			if label := next.Named(b.Name).Label[surveys.NoLanguage]; label == "" {
				t.Errorf("%s has lost its words", b.Name)
			}
		}
	})
	t.Run("all of them go into one questionnaire, one after the other", func(t *testing.T) {
		q := &surveys.Questionnaire{Title: "Tout", Languages: []string{"Français (fr)"}, DefaultLanguage: "Français (fr)"}
		for _, b := range bankOf(t) {
			into, after := Place(q, b.Theme)
			next, _, problems := surveys.Apply(q, b.Take(q, into, after).Moves...)
			if problems != nil {
				t.Fatalf("%s: %v", b.Name, problems)
			}
			q = next
		}
		if _, problems := surveys.Compile(q); problems.Refusals() != nil {
			t.Error(problems)
		}
	})
	t.Run("a condition on what is asked before is kept, and told", func(t *testing.T) {
		q := form()
		into, after := Place(q, "T01")
		next, told := took(t, "h_trajet", q, into, after)
		if next.Named("h_trajet").Relevant == "" || !strings.Contains(told, "gardée") {
			t.Errorf("relevant %q, told %q", next.Named("h_trajet").Relevant, told)
		}
	})
	t.Run("a condition on what is asked later is left out, and told", func(t *testing.T) {
		next, told := took(t, "h_trajet", form(), "", "")
		if next.Named("h_trajet").Relevant != "" || !strings.Contains(told, "sa condition est retirée") {
			t.Errorf("relevant %q, told %q", next.Named("h_trajet").Relevant, told)
		}
	})
	t.Run("a list that means the same is used as it is", func(t *testing.T) {
		q := form()
		q.Items[0].Items = nil
		next, _ := took(t, "h_mt", q, "", "")
		if len(next.Lists) != 1 || next.Named("h_mt").List != "mt" {
			t.Errorf("lists %v", next.Lists)
		}
	})
	t.Run("another list of the same name makes the new one change its name", func(t *testing.T) {
		q := form()
		q.Items[0].Items = nil
		q.Lists[0].Choices = q.Lists[0].Choices[:2]
		next, told := took(t, "h_mt", q, "", "")
		if next.Named("h_mt").List != "mt_2" || !strings.Contains(told, "mt_2") {
			t.Errorf("list %q, told %q", next.Named("h_mt").List, told)
		}
	})
	t.Run("the communes are those of the territory", func(t *testing.T) {
		q := form()
		q.Lists = append(q.Lists, surveys.List{Name: surveys.CommunesList, Choices: []surveys.Choice{{Name: "ailleurs"}}})
		next, _ := took(t, "h_commune", q, "", "")
		if next.Named("h_commune").List != surveys.CommunesList || next.Named("h_fin_ailleurs") == nil {
			t.Error("another list, or no word for those who live elsewhere")
		}
	})
	t.Run("words go under the label the questionnaire gives their language", func(t *testing.T) {
		q := &surveys.Questionnaire{Title: "Deux langues", Languages: []string{"العربية (ar)", "French (fr)"}, DefaultLanguage: "العربية (ar)"}
		next, _ := took(t, "h_sante", q, "", "")
		if got := next.Named("h_sante").Label; got["French (fr)"] == "" || len(got) != 1 {
			t.Errorf("label %v", got)
		}
	})
	t.Run("the translations that the questionnaire can hold come along", func(t *testing.T) {
		theirs := &surveys.Questionnaire{Languages: []string{"Français (fr)", "English (en)", "العربية (ar)"}, DefaultLanguage: "Français (fr)", Items: []surveys.Item{
			{Kind: surveys.TextKind, Name: "mot", Label: surveys.Text{"Français (fr)": "Un mot ?", "English (en)": "A word?", "العربية (ar)": "كلمة؟"}}}}
		mine := &surveys.Questionnaire{Title: "Deux langues", Languages: []string{"Arabe (ar)", "Français (fr)"}, DefaultLanguage: "Français (fr)"}
		next, _, problems := surveys.Apply(mine, Questions(theirs)[0].Take(mine, "", "").Moves...)
		if problems != nil {
			t.Fatal(problems)
		}
		if got := next.Named("mot").Label; got["Arabe (ar)"] != "كلمة؟" || got["Français (fr)"] != "Un mot ?" || len(got) != 2 {
			t.Errorf("label %v", got)
		}
	})
	t.Run("words in no language of the questionnaire are kept, and told", func(t *testing.T) {
		q := &surveys.Questionnaire{Title: "Anglais", Languages: []string{"English (en)"}, DefaultLanguage: "English (en)"}
		next, told := took(t, "h_sante", q, "", "")
		if next.Named("h_sante").Label["English (en)"] == "" || !strings.Contains(told, "à traduire") {
			t.Errorf("label %v, told %q", next.Named("h_sante").Label, told)
		}
	})
	t.Run("a name that is taken is refused", func(t *testing.T) {
		q := form()
		_, _, problems := surveys.Apply(q, inBank(t, "h_mt").Take(q, "", "").Moves...)
		if problems == nil {
			t.Error("two questions have the same name")
		}
	})
}

func TestThePlaceOfATheme(t *testing.T) {
	q := form()
	if into, after := Place(q, "T01"); q.Item(into).Name != "sante" || q.Item(after).Name != "h_mt" {
		t.Errorf("T01 goes in %s after %s", into, after)
	}
	if into, _ := Place(q, "T12"); q.Item(into).Name != "fin" {
		t.Errorf("a theme nobody asks about goes in %s", into)
	}
	if into, after := Place(&surveys.Questionnaire{}, "T01"); into != "" || after != "" {
		t.Errorf("in an empty questionnaire: %q %q", into, after)
	}
}
