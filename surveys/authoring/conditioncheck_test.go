package authoring

import (
	"testing"

	"diapason/surveys"
)

func TestAConditionComposedOnScreenIsChecked(t *testing.T) {
	q := everyKind()
	for _, c := range []struct {
		name   string
		clause Clause
		want   string // the code of the problem
	}{
		{"a choice", Clause{"mt", Equals, "oui"}, ""},
		{"several choices", Clause{"mt", OneOf, "oui nsp"}, ""},
		{"a number with a comma", Clause{"km", AtLeast, "2,5"}, ""},
		{"a date", Clause{"jour", Later, "2026-01-31"}, ""},
		{"no value, where none is needed", Clause{"mot", Answered, ""}, ""},
		{"no question", Clause{"", Equals, "oui"}, "condition.question"},
		{"a question that left", Clause{"partie", Equals, "oui"}, "condition.question"},
		{"a question that comes after", Clause{"cache", Equals, "1"}, "condition.order"},
		{"the question itself", Clause{"score", Equals, "1"}, "condition.order"},
		{"a comparison for other kinds", Clause{"mt", AtLeast, "oui"}, "condition.comparison"},
		{"no value", Clause{"mt", Equals, " "}, "condition.value"},
		{"a choice that is not offered", Clause{"mt", OneOf, "oui peut_etre"}, "condition.value"},
		{"not a number", Clause{"n", AtLeast, "dix"}, "condition.value"},
		{"not a date", Clause{"jour", Later, "demain"}, "condition.value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, p := range (Condition{Clauses: []Clause{c.clause}}).Problems(q, "score") {
				got += p.Code
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("all problems at once", func(t *testing.T) {
		c := Condition{Clauses: []Clause{{"n", Less, "dix"}, {"mt", Equals, ""}}}
		if got := c.Problems(q, "score"); len(got) != 2 || got[1].Place != (surveys.Place{Question: "mt", Column: "relevant"}) {
			t.Errorf("got %v", got)
		}
	})
}
