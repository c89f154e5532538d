package authoring

import (
	"reflect"
	"testing"

	"diapason/surveys"
)

func FuzzReadCondition(f *testing.F) {
	q := everyKind()
	for _, seed := range []string{"", "${mt} = 'oui' and ${n} >= 18", "not(selected(${soins}, 'dos') or ${n} != -2.50)",
		"selected('oui nsp', ${mt})", `${mot} = concat("l'", 'eau "vive"')`, "${jour} > date('2026-01-31')", "((${score}))=1e3", "count-selected(${rang})>0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		c, ok := ReadCondition(q, expression)
		if !ok {
			return
		}
		written := c.Expression(q)
		again, ok := ReadCondition(q, written)
		if !ok || !reflect.DeepEqual(c, again) {
			t.Errorf("%q is read as %v, written as %q, and read again as %v", expression, c, written, again)
		}
		c.Sentence(q, surveys.French)
	})
}

func FuzzPastedChoices(f *testing.F) {
	for _, seed := range []string{"Oui\nNon\nNon", "code\tlibellé\na b\tAB\r\n\r\noui\tOui", "\"x\"\"y\"\t\t", "ما\ne\u0301\n1\t1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		existing := list("l", "oui", "Oui").Choices
		added, _ := PastedChoices(existing, surveys.French, text)
		seen := map[string]bool{"oui": true}
		for _, c := range added {
			if seen[c.Name] || !validCode.MatchString(c.Name) || c.Label[surveys.French] == "" {
				t.Errorf("%q gives the choice %q %q", text, c.Name, c.Label[surveys.French])
			}
			seen[c.Name] = true
		}
	})
}

func FuzzNames(f *testing.F) {
	f.Add("Avez-vous un médecin traitant ?")
	f.Add("3 sujets")
	f.Fuzz(func(t *testing.T, label string) {
		q := questionnaire([]surveys.Item{item(surveys.TextKind, FreeName(&surveys.Questionnaire{}, label), label)})
		name := FreeName(q, label)
		if name == "" || len(name) > nameLength || name == q.Items[0].Name || name[0] < 'a' || name[0] > 'z' {
			t.Errorf("%q gives %q beside %q", label, name, q.Items[0].Name)
		}
		if n := syllables(label); n < 1 {
			t.Errorf("%q has %d syllables", label, n)
		}
		readingEase(label)
		Hints(q, nil)
	})
}
