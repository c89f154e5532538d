package surveys_test

import (
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// form compiles a questionnaire written as a table, one item a line:
//
//	kind list | name | key=value …
//
// with sections between "begin NAME" and "end".
func form(t *testing.T, table string, lists ...surveys.List) *surveys.Form {
	t.Helper()
	f, problems := surveys.Compile(questionnaire(t, table, lists...))
	if problems.Refusals() != nil {
		t.Fatalf("the form has problems:\n%v", problems)
	}
	return f
}

func questionnaire(t *testing.T, table string, lists ...surveys.List) *surveys.Questionnaire {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(table), "\n")
	items, rest := readItems(t, lines)
	if len(rest) > 0 {
		t.Fatalf("end without begin: %q", rest)
	}
	return &surveys.Questionnaire{Title: "Essai", Items: items, Lists: lists}
}

func readItems(t *testing.T, lines []string) (items []surveys.Item, rest []string) {
	for len(lines) > 0 {
		cells := strings.Split(lines[0], "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		lines = lines[1:]
		if cells[0] == "end" {
			return items, lines
		}
		item := readItem(t, cells)
		if item.Kind.Section() {
			item.Items, lines = readItems(t, lines)
		}
		items = append(items, item)
	}
	return items, nil
}

func readItem(t *testing.T, cells []string) surveys.Item {
	kind, list, _ := strings.Cut(cells[0], " ")
	item := surveys.Item{Kind: surveys.Kind(kind), List: list, Name: cells[1]}
	columns := map[string]*string{
		"relevant": &item.Relevant, "required": &item.Required, "constraint": &item.Constraint,
		"calculation": &item.Calculation, "filter": &item.ChoiceFilter, "profile": &item.Profile,
		"default": &item.Default, "read_only": &item.ReadOnly, "repeat_count": &item.RepeatCount,
	}
	for _, cell := range cells[2:] {
		key, value, _ := strings.Cut(cell, "=")
		switch at := columns[strings.TrimSpace(key)]; {
		case at != nil:
			*at = strings.TrimSpace(value)
		case key == "label":
			item.Label = surveys.Text{surveys.NoLanguage: value}
		case cell == "or_other":
			item.OrOther = true
		case strings.TrimSpace(key) == "label":
			item.Label = surveys.Text{surveys.NoLanguage: strings.TrimSpace(value)}
		case strings.TrimSpace(key) == "trigger":
			item.Extra = map[string]string{"trigger": strings.TrimSpace(value)}
		case key == "start" || key == "end":
			if item.Parameters == nil {
				item.Parameters = map[string]string{}
			}
			item.Parameters[key] = value
		default:
			t.Fatalf("unknown column %q", key)
		}
	}
	return item
}

// list writes a list of choices: list("ouinon", "oui", "non").
func list(name string, codes ...string) surveys.List {
	l := surveys.List{Name: name}
	for _, code := range codes {
		l.Choices = append(l.Choices, surveys.Choice{Name: code, Label: surveys.Text{surveys.NoLanguage: "Label " + code}})
	}
	return l
}

func text(s string) surveys.Value             { return surveys.TextValue(s) }
func number(f float64) surveys.Value          { return surveys.NumberValue(f) }
func codes(c ...string) surveys.Value         { return surveys.CodesValue(c...) }
func rows(r ...surveys.Answers) surveys.Value { return surveys.RowsValue(r...) }

// codesOf lists the problems as "question code".
func codesOf(problems surveys.Problems) string {
	var s []string
	for _, p := range problems {
		s = append(s, p.Place.Question+" "+p.Code)
	}
	return strings.Join(s, ", ")
}
