package authoring

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/expr"
)

// everyKind is a questionnaire with a question of each kind that a condition
// may ask.
func everyKind() *surveys.Questionnaire {
	items := []surveys.Item{
		selectOne("mt", "Avez-vous un médecin traitant ?"),
		selectOne("age", "Votre âge :"),
		{Kind: surveys.SelectMultiple, Name: "soins", List: "soins", Label: text("À quels soins ?")},
		{Kind: surveys.Rank, Name: "rang", List: "soins", Label: text("Classez")},
		item(surveys.Integer, "n", "Combien ?"), item(surveys.Decimal, "km", "À quelle distance ?"),
		item(surveys.Range, "note", "Votre note"), item(surveys.Date, "jour", "Quel jour ?"),
		item(surveys.DateTime, "moment", "Quand ?"), item(surveys.Time, "heure", "À quelle heure ?"),
		item(surveys.TextKind, "mot", "Un mot ?"), item(surveys.Acknowledge, "vu", "Lu"),
		item(surveys.Calculate, "score", ""), item(surveys.Hidden, "cache", ""),
	}
	return questionnaire(items,
		list("mt", "oui", "Oui", "non", "Non", "nsp", "Je ne sais pas"),
		list("age", "jeune", "15 à 17 ans", "75plus", "75 ans et plus"),
		list("soins", "dents", "Les dents", "dos", "Le dos"))
}

func TestAConditionReadsInOneSentence(t *testing.T) {
	q := everyKind()
	for expression, want := range map[string]string{
		"":                                     "Poser cette question à tout le monde.",
		"${age} = '75plus' and ${mt} != 'oui'": "Poser cette question si « Votre âge » est « 75 ans et plus » et « Avez-vous un médecin traitant ? » n’est pas « Oui ».",
		"${mt} = 'non' or ${mt} = 'nsp'":       "Poser cette question si « Avez-vous un médecin traitant ? » est « Non » ou « Je ne sais pas ».",
		"not(selected(${soins}, 'dos'))":       "Poser cette question si « À quels soins ? » ne contient pas « Le dos ».",
		"not(selected('oui nsp', ${mt}))":      "Poser cette question si « Avez-vous un médecin traitant ? » n’est aucune de ces réponses : « Oui » ou « Je ne sais pas ».",
		"${n} >= 18 and ${km} < 2.5":           "Poser cette question si « Combien ? » est au moins 18 et « À quelle distance ? » est plus petit que 2,5.",
		"${jour} >= date('2026-01-01')":        "Poser cette question si « Quel jour ? » est au plus tôt le 1er janvier 2026.",
		"${mot} != ''":                         "Poser cette question si « Un mot ? » a une réponse.",
		"${mt} = 'parti'":                      "Poser cette question si « Avez-vous un médecin traitant ? » est « parti ».",
	} {
		c, ok := ReadCondition(q, expression)
		if got := c.Sentence(q, surveys.French); !ok || got != want {
			t.Errorf("%s\n got %v %s\nwant %s", expression, ok, got, want)
		}
	}
}

func TestOtherWaysToWriteTheSameConditionAreRead(t *testing.T) {
	q := everyKind()
	for written, want := range map[string]string{
		"18 <= ${n}":                   "${n} >= 18",
		"'oui' = ${mt}":                "${mt} = 'oui'",
		"${n} > '3'":                   "${n} > 3",
		"${n} > -3":                    "${n} > -3",
		"not(${mt} = 'oui')":           "${mt} != 'oui'",
		"not(${mot} = '')":             "${mot} != ''",
		"selected(${mt}, 'oui')":       "${mt} = 'oui'",
		"count-selected(${soins}) > 0": "${soins} != ''",
		"string-length(${mot}) = 0":    "${mot} = ''",
		"(${mt} = 'oui' or ${mt} = 'nsp') and ${n} = 1":                 "selected('oui nsp', ${mt}) and ${n} = 1",
		"(${mt} = 'oui' and (${n} = 1 and ${km} = 2))":                  "${mt} = 'oui' and ${n} = 1 and ${km} = 2",
		"${jour} > '2026-01-31'":                                        "${jour} > date('2026-01-31')",
		`${mot} = "l'eau"`:                                              `${mot} = "l'eau"`,
		`${mot} = concat("l'eau ", 'dite "vive"')`:                      `${mot} = concat('l', "'", 'eau dite "vive"')`,
		"not(selected(${soins}, 'dos') or selected(${soins}, 'dents'))": "not(selected(${soins}, 'dos')) and not(selected(${soins}, 'dents'))",
		"  ${mt}='oui'  ":                                               "${mt} = 'oui'",
		"not(selected('  oui   nsp ', ${mt})) or ${n} = 2":              "not(selected('oui nsp', ${mt})) or ${n} = 2",
	} {
		c, ok := ReadCondition(q, written)
		if got := c.Expression(q); !ok || got != want {
			t.Errorf("%s: got %v %s, want %s", written, ok, got, want)
		}
	}
}

func TestMoreThanASentenceIsLeftAsItIs(t *testing.T) {
	q := everyKind()
	for _, expression := range []string{
		"${mt} = 'oui' and (${n} = 1 or ${km} = 2)", "${n} + 1 > 2", "${n} > ${km}", "${jour} > today()",
		"not(${n} >= 18)", "if(${n} > 1, ${mt} = 'oui', ${mt} = 'non')", "true()", "${inconnue} = 'x'",
		"${soins} = 'dents'", "${mt} > 3", "selected(${soins}, ${mt})", "${mt} =", "../mt = 'oui'",
		"count-selected(${soins}) > 2", "selected(${soins}, '')", "(${mt} = 'oui' or ${age} = 'jeune') and ${n} = 1",
	} {
		if c, ok := ReadCondition(q, expression); ok {
			t.Errorf("%s is read as %v", expression, c)
		}
	}
}

// values are answers to compare with, in the form the domain keeps them.
func values(r *rand.Rand, q *surveys.Questionnaire, i *surveys.Item, is Comparison) string {
	texts := []string{"eau", "l'eau", `dite "vive"`, `l'eau "vive"`, "'", `"`, "a b", "é 😀"}
	switch {
	case !is.NeedsValue():
		return ""
	case is == OneOf || is == NoneOf:
		return strings.Join(codes(choices(q, i))[:1+r.IntN(2)], " ")
	case i.Kind.HasChoices():
		return codes(choices(q, i))[r.IntN(2)]
	case i.Kind == surveys.Date || i.Kind == surveys.DateTime:
		return []string{"2026-01-01", "1999-12-31"}[r.IntN(2)]
	case i.Kind == surveys.TextKind:
		return texts[r.IntN(len(texts))]
	}
	return []string{"0", "18", "-3", "2.5", "1000000"}[r.IntN(5)]
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	q, r := everyKind(), rand.New(rand.NewPCG(1, 2))
	all := Before(q, "")
	for range 5000 {
		var c Condition
		for range 1 + r.IntN(4) {
			i := all[r.IntN(len(all))]
			can := Comparisons(i.Kind)
			is := can[r.IntN(len(can))]
			c.Clauses = append(c.Clauses, Clause{i.Name, is, values(r, q, i, is)})
		}
		c.Any = len(c.Clauses) > 1 && r.IntN(2) == 0
		written := c.Expression(q)
		again, ok := ReadCondition(q, written)
		if !ok || !reflect.DeepEqual(c, again) {
			t.Fatalf("%s\nwas  %v\nread %v %v", written, c, again, ok)
		}
		parsed, err := expr.Parse(written)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if faults := parsed.Check(func(name string) bool { return find(q, name) != nil }); faults != nil {
			t.Fatalf("%s: %v", written, faults)
		}
	}
}

func TestTheConditionsOfTheLibraryAreAllSentences(t *testing.T) {
	for audience, q := range ours(t) {
		q.Walk(func(i *surveys.Item, _ []*surveys.Item) {
			c, ok := ReadCondition(q, i.Relevant)
			if !ok {
				t.Errorf("%s, %s: raw: %s", audience, i.Name, i.Relevant)
			}
			if got := c.Expression(q); i.Relevant != "" && got != i.Relevant {
				t.Errorf("%s, %s: %s became %s", audience, i.Name, i.Relevant, got)
			}
		})
	}
}

func TestPublishedConditionsAreReadOrLeft(t *testing.T) {
	for file, q := range published(t) {
		read, all := 0, 0
		q.Walk(func(i *surveys.Item, _ []*surveys.Item) {
			if i.Relevant == "" {
				return
			}
			all++
			c, ok := ReadCondition(q, i.Relevant)
			if !ok {
				return
			}
			read++
			again, ok := ReadCondition(q, c.Expression(q))
			if !ok || !reflect.DeepEqual(c, again) {
				t.Errorf("%s, %s: %s became %s", file, i.Name, i.Relevant, c.Expression(q))
			}
		})
		t.Logf("%s: %d of %d conditions are sentences", file, read, all)
	}
}

// answers are random ones, a third of them blank.
type answers struct {
	expr.Bare
	values map[string]expr.Value
}

func (a answers) Value(name string) expr.Value { return a.values[name] }

func answer(r *rand.Rand, q *surveys.Questionnaire) answers {
	a := answers{values: map[string]expr.Value{}}
	for _, i := range Before(q, "") {
		if r.IntN(3) == 0 {
			continue
		}
		switch all := codes(choices(q, i)); i.Kind.Answer() {
		case surveys.CodesAnswer:
			a.values[i.Name] = expr.Choices(all[r.IntN(len(all)+1):])
		case surveys.NumberAnswer:
			a.values[i.Name] = expr.Number([]float64{-3, 0, 2, 2.5, 18, 25}[r.IntN(6)])
		default:
			v := []string{"eau", "2026-01-01", "2026-01-31", "18"}[r.IntN(4)]
			if len(all) > 0 {
				v = all[r.IntN(len(all))]
			}
			a.values[i.Name] = expr.Text(v)
			if i.Kind == surveys.Date {
				a.values[i.Name] = expr.Date(v, time.Time{})
			}
		}
	}
	return a
}

func TestWhatIsReadMeansWhatWasWritten(t *testing.T) {
	q, r := everyKind(), rand.New(rand.NewPCG(3, 4))
	for _, written := range []string{
		"18 <= ${n}", "not(${mt} = 'oui')", "not(${mt} != 'oui')", "selected(${mt}, 'oui')", "not(selected(${mt}, 'oui'))",
		"count-selected(${soins}) > 0", "count-selected(${soins}) = 0", "string-length(${mot}) < 1", "not(string-length(${mot}) = 0)",
		"(${mt} = 'oui' or ${mt} = 'nsp') and ${n} >= 2", "not(selected('oui nsp', ${mt}))", "${n} > '2'", "'2' < ${n}",
		"not(selected(${soins}, 'dos') or ${n} = 2)", "not(${n} = 2 and not(${mt} = 'oui'))", "${jour} > '2026-01-01'",
		"not(not(${mt} = 'oui'))", "${score} > 2", "${score} >= '2026-01-01'", "${n} = ''", "not(${soins} = '')", "${n} > -3",
	} {
		c, ok := ReadCondition(q, written)
		if !ok {
			t.Errorf("%s is not read", written)
			continue
		}
		was, _ := expr.Parse(written)
		is, err := expr.Parse(c.Expression(q))
		if err != nil {
			t.Fatal(err)
		}
		for range 300 {
			if a := answer(r, q); was.Eval(a).Bool() != is.Eval(a).Bool() {
				t.Fatalf("%s became %s, and they differ for %v", written, is.Source(), a.values)
			}
		}
	}
}

func TestAConditionAsksOnlyWhatComesBefore(t *testing.T) {
	names := func(items []*surveys.Item) string {
		var all []string
		for _, i := range items {
			all = append(all, i.Name)
		}
		return strings.Join(all, " ")
	}
	q := questionnaire([]surveys.Item{
		item(surveys.Note, "bienvenue", "Bonjour"),
		selectOne("a", "A ?"),
		{Kind: surveys.Group, Name: "g", Items: []surveys.Item{item(surveys.Integer, "b", "B ?"), item(surveys.TextKind, "c", "C ?")}},
		{Kind: surveys.Repeat, Name: "r", Items: []surveys.Item{item(surveys.Integer, "d", "D ?"), item(surveys.Integer, "e", "E ?")}},
		item(surveys.TextKind, "f", "F ?"),
	}, list("a", "oui", "Oui"))
	for name, want := range map[string]string{"a": "", "g": "a", "c": "a b", "e": "a b c d", "f": "a b c", "": "a b c f", "nouvelle": "a b c f"} {
		t.Run("of "+name, func(t *testing.T) {
			if got := names(Before(q, name)); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestEveryComparisonHasALabel(t *testing.T) {
	for _, i := range Before(everyKind(), "") {
		for _, c := range Comparisons(i.Kind) {
			if c.Label() == "" {
				t.Errorf("%s has no label", c)
			}
		}
	}
	if !slices.Contains(Comparisons(surveys.SelectOne), Equals) || Comparisons(surveys.Note) != nil {
		t.Error("a choice is compared, a note is not")
	}
}
