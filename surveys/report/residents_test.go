package report

import (
	"testing"
	"time"

	"diapason/surveys"
)

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

func TestAnswersAreExpectedAtThePaceOfTheBeginning(t *testing.T) {
	r := Residents{map[string]int{"1": 10, "2": 3}}
	if got := r.Of([]string{"1", "2", "9"}); got != 13 {
		t.Errorf("%d answers", got)
	}
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name          string
		opens, closes time.Time
		now           time.Time
		want          int
	}{
		{"halfway", day(1), day(21), day(11), 20},
		{"on the first hour", day(1), day(21), day(1).Add(time.Hour), 50},
		{"before it begins", day(5), day(21), day(1), 10},
		{"when it is over", day(1), day(5), day(9), 10},
		{"without dates", time.Time{}, time.Time{}, day(9), 10},
		{"with dates in the wrong order", day(9), day(5), day(7), 10},
	} {
		if got := r.Expected("1", surveys.Diagnostic{Opens: c.opens, Closes: c.closes}, c.now); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
