package pages

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/static"
	"diapason/surveys"
	"diapason/surveys/expr"
)

func compiled(t *testing.T, items []surveys.Item, lists ...surveys.List) *surveys.Form {
	t.Helper()
	form, problems := surveys.Compile(&surveys.Questionnaire{Items: items, Lists: lists})
	if form == nil {
		t.Fatal(problems)
	}
	return form
}

func list(name string, codes ...string) surveys.List {
	l := surveys.List{Name: name}
	for _, code := range codes {
		l.Choices = append(l.Choices, surveys.Choice{Name: code, Label: surveys.Text{surveys.NoLanguage: code}})
	}
	return l
}

func fieldsOf(form *surveys.Form, id string) []Field {
	f := Form{Form: form, ID: id}
	return f.view().Steps[0].Items
}

func TestAGroupOfTheSameChoicesIsAMatrix(t *testing.T) {
	row := func(name, list string) surveys.Item {
		return surveys.Item{Kind: surveys.SelectOne, Name: name, List: list}
	}
	for _, c := range []struct {
		name  string
		group surveys.Item
		want  Control
	}{
		{"field-list, one list", surveys.Item{Appearance: []string{"field-list"}, Items: []surveys.Item{row("a", "x"), row("b", "x")}}, controlMatrix},
		{"two lists", surveys.Item{Appearance: []string{"field-list"}, Items: []surveys.Item{row("a", "x"), row("b", "y")}}, controlCluster},
		{"a question alone", surveys.Item{Appearance: []string{"field-list"}, Items: []surveys.Item{row("a", "x")}}, controlCluster},
		{"no appearance", surveys.Item{Items: []surveys.Item{row("a", "x"), row("b", "x")}}, controlCluster},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.group.Kind, c.group.Name = surveys.Group, "g"
			outer := surveys.Item{Kind: surveys.Group, Name: "outer", Items: []surveys.Item{c.group}}
			got := fieldsOf(compiled(t, []surveys.Item{outer}, list("x", "1", "2"), list("y", "1", "2")), "")[0].Control
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestAShuffledListKeepsItsOrderForOnePerson(t *testing.T) {
	form := compiled(t, []surveys.Item{{Kind: surveys.SelectOne, Name: "q", List: "l", Parameters: map[string]string{"randomize": "true"}}},
		list("l", "a", "b", "c", "d", "e", "f", "g", "autre", "nsp"))
	order := func(id string) (codes []string) {
		for _, o := range fieldsOf(form, id)[0].Options {
			codes = append(codes, o.Value)
		}
		return codes
	}
	if first, again := order("one"), order("one"); !slices.Equal(first, again) {
		t.Errorf("%v then %v", first, again)
	}
	if one, two := order("one"), order("two"); slices.Equal(one, two) {
		t.Errorf("two people see %v", one)
	}
	if got := order("one")[7:]; !slices.Equal(got, []string{"autre", "nsp"}) {
		t.Errorf("the list ends with %v", got)
	}
}

func TestManyChoicesAreAMenu(t *testing.T) {
	var codes []string
	for i := range menuFrom {
		codes = append(codes, fmt.Sprint(i))
	}
	item := surveys.Item{Kind: surveys.SelectOne, Name: "q", List: "l"}
	if got := fieldsOf(compiled(t, []surveys.Item{item}, list("l", codes...)), "")[0].Control; got != controlMenu {
		t.Errorf("%d choices are %s", menuFrom, got)
	}
	if got := fieldsOf(compiled(t, []surveys.Item{item}, list("l", codes[1:]...)), "")[0].Control; got != controlRadios {
		t.Errorf("%d choices are %s", menuFrom-1, got)
	}
}

func TestTheLengthOfATextFollowsItsConstraint(t *testing.T) {
	for constraint, want := range map[string]int{
		"string-length(.) <= 500": 500, "string-length(.) < 500": 499, "": surveys.MaxText, ". != 'x'": surveys.MaxText,
	} {
		form := compiled(t, []surveys.Item{{Kind: surveys.TextKind, Name: "q", Constraint: constraint}})
		if got := fieldsOf(form, "")[0].Max; got != want {
			t.Errorf("%q allows %d characters, want %d", constraint, got, want)
		}
	}
}

func TestTheEndsOfAScale(t *testing.T) {
	low, high := scaleEnds("Donnez une note. 0 = très mauvais. 10 = très bon.")
	if low != "0 = très mauvais" || high != "10 = très bon" {
		t.Errorf("%q %q", low, high)
	}
	if low, high := scaleEnds("Donnez une note de 0 à 10."); low+high != "" {
		t.Errorf("%q %q", low, high)
	}
}

func TestASectionForSomePeopleSaysSo(t *testing.T) {
	section := func(name, relevant string) surveys.Item {
		return surveys.Item{Kind: surveys.Group, Name: name, Relevant: relevant, Items: []surveys.Item{{Kind: surveys.TextKind, Name: "q_" + name}}}
	}
	f := Form{Form: compiled(t, []surveys.Item{
		{Kind: surveys.TextKind, Name: "here"},
		{Kind: surveys.Note, Name: "end", Relevant: "${here} = 'no'", Profile: surveys.ProfileEnd},
		section("a", "${here} != 'no'"), section("b", "${here} != 'no'"), section("c", "${here} != 'no'"), section("d", "${q_a} = 'x'"),
	})}
	steps := f.view().Steps
	if steps[1].Conditional || !steps[4].Conditional {
		t.Error("a section for all who are left was told to be for some, or one for some was not")
	}
	var page bytes.Buffer
	if err := f.Render(&page); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(page.String(), "Répondez seulement si cela vous concerne"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestAFormHasTheSmallestScriptThatServesIt(t *testing.T) {
	calculate := func(source string) []surveys.Item {
		return []surveys.Item{{Kind: surveys.Integer, Name: "n"}, {Kind: surveys.Calculate, Name: "c", Calculation: source}}
	}
	for _, c := range []struct {
		name  string
		items []surveys.Item
		want  string
	}{
		{"no expression", []surveys.Item{{Kind: surveys.Integer, Name: "n"}}, "form.js"},
		{"what nearly every form calls", calculate("if(not(${n} > 3), string-length(string(${n})), 0)"), "form.js"},
		{"a rarer function", calculate("round(${n}, 2)"), "form-whole.js"},
		{"rows", []surveys.Item{{Kind: surveys.Repeat, Name: "r", Items: []surveys.Item{{Kind: surveys.Integer, Name: "n"}}}}, "form-whole.js"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := script(compiled(t, c.items).Logic()); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// The list of what the smaller script knows is written here and there.
func TestTheSmallerScriptKnowsTheFunctionsItIsTrustedWith(t *testing.T) {
	source, _, _ := static.Read("expr.js")
	_, table, _ := strings.Cut(string(source), "export const core = {")
	table, _, _ = strings.Cut(table, "\n}\n")
	var known []string
	for _, name := range expr.Functions() {
		if regexp.MustCompile(`[\s{]'?` + name + `'?[:,] `).MatchString(table) {
			known = append(known, name)
		}
	}
	if !slices.Equal(known, coreFunctions) {
		t.Errorf("static/expr.js knows %v\nthe page trusts it with %v", known, coreFunctions)
	}
}

func TestAFormBeginsWithItsDefaults(t *testing.T) {
	form := compiled(t, []surveys.Item{
		{Kind: surveys.SelectOne, Name: "one", List: "l", Default: "b"},
		{Kind: surveys.SelectMultiple, Name: "many", List: "l", Default: "a b"},
		{Kind: surveys.Rank, Name: "order", List: "l", Default: "b a"},
		{Kind: surveys.Decimal, Name: "size", Default: "1.5"},
		{Kind: surveys.Repeat, Name: "child", Items: []surveys.Item{{Kind: surveys.Integer, Name: "age", Default: "3"}}},
	}, list("l", "a", "b"))
	chosen := func(options []Option) (codes []string) {
		for _, o := range options {
			if o.Chosen {
				codes = append(codes, o.Value)
			}
		}
		return codes
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	begun := Form{Form: form, Begun: form.Begin(now)}
	fields := begun.view().Steps[0].Items
	if got := chosen(fields[0].Options); !slices.Equal(got, []string{"b"}) {
		t.Errorf("one: %v", got)
	}
	if got := chosen(fields[1].Options); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("many: %v", got)
	}
	if first, second := chosen(fields[2].Places[0].Options), chosen(fields[2].Places[1].Options); !slices.Equal(append(first, second...), []string{"b", "a"}) {
		t.Errorf("order: %v, %v", first, second)
	}
	if fields[3].Value != "1,5" {
		t.Errorf("size: %q", fields[3].Value)
	}
	rows := fields[4].Items
	if got := rows[0].Items[0].Value + "/" + rows[1].Items[0].Value; got != "3/" {
		t.Errorf("ages of the rows: %s", got)
	}

	t.Run("what was typed stands in their place", func(t *testing.T) {
		begun.Entries = url.Values{"size": {""}, "one": {"a"}}
		fields := begun.view().Steps[0].Items
		if got := chosen(fields[0].Options); !slices.Equal(got, []string{"a"}) || fields[3].Value != "" {
			t.Errorf("%v, %q", got, fields[3].Value)
		}
	})
}

func TestWhatNobodyAnswersIsShown(t *testing.T) {
	form := compiled(t, []surveys.Item{
		{Kind: surveys.Integer, Name: "age"},
		{Kind: surveys.Integer, Name: "double", Calculation: "${age} * 2", Required: "yes"},
		{Kind: surveys.SelectOne, Name: "fixed", List: "l", ReadOnly: "yes", Default: "b"},
		{Kind: surveys.TextKind, Name: "again", Calculation: "${age}", Extra: map[string]string{"trigger": "${age}"}},
	}, list("l", "a", "b"))
	fields := Form{Form: form, Begun: form.Begin(time.Time{})}.view().Steps[0].Items
	for i, want := range []Field{{Control: controlPlain}, {Control: controlOutput}, {Control: controlOutput, Value: "b"}, {Control: controlArea}} {
		if got := fields[i]; got.Control != want.Control || got.Value != want.Value || got.Required {
			t.Errorf("%s is a %s holding %q", got.Name, got.Control, got.Value)
		}
	}
}
