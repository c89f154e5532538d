package report

import "testing"

func TestNumbersOfPeopleAreSaidByThresholds(t *testing.T) {
	for _, c := range []struct {
		n      int
		words  string
		enough bool
	}{
		{-1, "aucune réponse", false}, {0, "aucune réponse", false}, {1, "moins de 11 réponses", false}, {10, "moins de 11 réponses", false},
		{11, "de 11 à 29 réponses", false}, {29, "de 11 à 29 réponses", false}, {30, "de 30 à 49 réponses", true},
		{50, "de 50 à 99 réponses", true}, {100, "100 réponses ou plus", true},
	} {
		if words, enough := Class(c.n); words != c.words || enough != c.enough {
			t.Errorf("%d: %q, %v", c.n, words, enough)
		}
	}
}
