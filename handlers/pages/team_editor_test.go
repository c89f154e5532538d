package pages

import (
	"testing"

	"diapason/surveys"
	"diapason/surveys/library"
)

func TestRulesAreReadAsTheyAreWritten(t *testing.T) {
	for _, row := range []struct {
		kind       surveys.Kind
		constraint string
		simple     bool
		message    string
	}{
		{surveys.SelectMultiple, "", true, ""},
		{surveys.SelectMultiple, "count-selected(.) <= 3", true, "Choisissez 3 réponses au plus."},
		{surveys.Rank, "count-selected(.) = 3", true, "Choisissez 3 réponses, ni plus, ni moins."},
		{surveys.SelectMultiple, "count-selected(.) = 1 or not(selected(., 'nsp'))", true, ""},
		{surveys.SelectMultiple, "count-selected(.) <= 3 and (count-selected(.) = 1 or not(selected(., 'rien') or selected(., 'nsp')))", true, "Choisissez 3 réponses au plus."},
		{surveys.Integer, ". >= 0 and . <= 120", true, "Écrivez un nombre entre 0 et 120."},
		{surveys.Decimal, ". >= 0.5", true, "Écrivez un nombre d’au moins 0,5."},
		{surveys.TextKind, "string-length(.) <= 500", true, "Raccourcissez votre texte à 500 caractères au plus."},
		// More than the fields can say.
		{surveys.Integer, ". > 0", false, ""},
		{surveys.Integer, ". >= 18 and . <= ${age}", false, ""},
		{surveys.SelectMultiple, "count-selected(.) >= 2", false, ""},
		{surveys.SelectMultiple, "count-selected(.) = 1 or not(selected(., 'nsp') and selected(., 'rien'))", false, ""},
		{surveys.TextKind, "regex(., '[0-9]{5}')", false, ""},
		{surveys.TextKind, "string-length(.) <= 500 or . = ''", false, ""},
		{surveys.SelectOne, ". != 'nsp'", false, ""},
	} {
		t.Run(string(row.kind)+" "+row.constraint, func(t *testing.T) {
			rule, simple := ReadRule(row.kind, row.constraint)
			if simple != row.simple {
				t.Fatalf("simple is %v: %+v gives %q", simple, rule, rule.Expression(row.kind))
			}
			if said := rule.Message(row.kind, nil); simple && said != row.message {
				t.Errorf("says %q", said)
			}
		})
	}
}

// The rules of our own questionnaires are all among those that fields can say.
func TestTheLibrarysRulesAreSimple(t *testing.T) {
	for _, a := range surveys.Audiences() {
		q, err := library.Questionnaire(a)
		if err != nil {
			t.Fatal(err)
		}
		q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
			if _, simple := ReadRule(item.Kind, item.Constraint); !simple {
				t.Errorf("%s: %s", item.Name, item.Constraint)
			}
		})
	}
}

func TestATableIsToldFromASection(t *testing.T) {
	line := func(list string) surveys.Item { return surveys.Item{Kind: surveys.SelectOne, List: list} }
	for _, row := range []struct {
		name  string
		item  surveys.Item
		table bool
	}{
		{"lines that share a list", surveys.Item{Kind: surveys.Group, Appearance: []string{"field-list"}, Items: []surveys.Item{line("a"), line("a")}}, true},
		{"an instruction at its head", surveys.Item{Kind: surveys.Group, Appearance: []string{"table-list"}, Items: []surveys.Item{{Kind: surveys.Note}, line("a")}}, true},
		{"two lists", surveys.Item{Kind: surveys.Group, Appearance: []string{"field-list"}, Items: []surveys.Item{line("a"), line("b")}}, false},
		{"no such appearance", surveys.Item{Kind: surveys.Group, Items: []surveys.Item{line("a"), line("a")}}, false},
		{"empty", surveys.Item{Kind: surveys.Group, Appearance: []string{"field-list"}}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if IsMatrix(&row.item) != row.table {
				t.Errorf("a table: %v", !row.table)
			}
		})
	}
}
