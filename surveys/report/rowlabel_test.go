package report

import (
	"slices"
	"testing"
)

func TestRowsOfAMatrixLoseWhatTheyShare(t *testing.T) {
	for _, c := range []struct {
		name      string
		in, wants []string
	}{
		{"the verb in front and the end after a comma go",
			[]string{"Avoir un dentiste, ici, c’est", "Avoir de l’aide, le soir, ici, c’est"},
			[]string{"Un dentiste", "De l’aide, le soir"}},
		{"an article stays with its noun",
			[]string{"Avoir un dentiste", "Avoir un médecin"}, []string{"Un dentiste", "Un médecin"}},
		{"a label never begins with an orphan preposition",
			[]string{"La qualité du sommeil", "La qualité du repas"},
			[]string{"La qualité du sommeil", "La qualité du repas"}},
		{"half a word is not shared", []string{"Médecin", "Médecine du travail"}, []string{"Médecin", "Médecine du travail"}},
		{"an end without a comma stays", []string{"Les soins du soir", "Un tour du soir"}, []string{"Les soins du soir", "Un tour du soir"}},
		{"a label is never emptied", []string{"Avoir, ici", "Avoir un dentiste, ici"}, []string{"Avoir", "Avoir un dentiste"}},
		{"the same label twice stays", []string{"Dormir", "Dormir"}, []string{"Dormir", "Dormir"}},
		{"a row alone stays whole", []string{"Avoir un dentiste, ici, c’est"}, []string{"Avoir un dentiste, ici, c’est"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := distinct(c.in); !slices.Equal(got, c.wants) {
				t.Errorf("got %q, want %q", got, c.wants)
			}
		})
	}
}
