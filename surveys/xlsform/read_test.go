package xlsform

import (
	"reflect"
	"strings"
	"testing"

	"diapason/surveys"
)

// form reads sheets written as a Markdown table: the name of a sheet on its
// own line, then its rows between bars. Rows are numbered as in a workbook.
func form(markdown string) []surveys.Sheet {
	var sheets []surveys.Sheet
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if !strings.HasPrefix(line, "|") {
			sheets = append(sheets, surveys.Sheet{Name: line})
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " ")
		}
		last := &sheets[len(sheets)-1]
		last.Rows = append(last.Rows, cells)
	}
	return sheets
}

func read(t *testing.T, markdown string) *surveys.Questionnaire {
	t.Helper()
	q, problems := ReadRows(form(markdown))
	if refusals := problems.Refusals(); refusals != nil {
		t.Fatalf("refused: %v", refusals)
	}
	return q
}

func TestASurveyBecomesItemsWithinItems(t *testing.T) {
	q := read(t, `
		survey
		| type            | name  | label::Français (fr) | label::English (en) | relevant        |
		| begin_group     | you   | Vous                 | You                 |                 |
		| integer         | age   | Âge ?                | Age?                |                 |
		| begin_repeat    | child | Enfant               | Child               | ${age} > 17     |
		| text            | first | Prénom               | First name          |                 |
		| end_repeat      |       |                      |                     |                 |
		| end_group       |       |                      |                     |                 |
		| select_one yesno | ok   | D’accord ?           | Agreed?             |                 |
		choices
		| list_name | name | label::Français (fr) | label::English (en) | colour |
		| yesno     | yes  | Oui                  | Yes                 | green  |
		| yesno     | no   | Non                  | No                  |        |
		settings
		| form_title | form_id | default_language | version |
		| Essai      | essai   | Français (fr)    | 3       |
	`)
	fr := func(s, en string) surveys.Text {
		return surveys.Text{"Français (fr)": s, "English (en)": en}
	}
	want := &surveys.Questionnaire{
		Title: "Essai", FormID: "essai", DefaultLanguage: "Français (fr)",
		Languages: []string{"Français (fr)", "English (en)"},
		Items: []surveys.Item{
			{Kind: surveys.Group, Name: "you", Label: fr("Vous", "You"), Row: 2, Items: []surveys.Item{
				{Kind: surveys.Integer, Name: "age", Label: fr("Âge ?", "Age?"), Row: 3},
				{Kind: surveys.Repeat, Name: "child", Label: fr("Enfant", "Child"), Relevant: "${age} > 17", Row: 4,
					Items: []surveys.Item{{Kind: surveys.TextKind, Name: "first", Label: fr("Prénom", "First name"), Row: 5}}},
			}},
			{Kind: surveys.SelectOne, List: "yesno", Name: "ok", Label: fr("D’accord ?", "Agreed?"), Row: 8},
		},
		Lists: []surveys.List{{Name: "yesno", Choices: []surveys.Choice{
			{Name: "yes", Label: fr("Oui", "Yes"), Extra: map[string]string{"colour": "green"}, Row: 2},
			{Name: "no", Label: fr("Non", "No"), Row: 3},
		}}},
		Settings: map[string]string{"version": "3"},
		// The ends of the sections have no name, so they are remembered.
		Sheets: []surveys.Sheet{{Name: "survey", Rows: [][]string{
			{"type", "name", "label::Français (fr)", "label::English (en)", "relevant"}, nil, nil, nil, nil, {"end_repeat"}, {"end_group"},
		}}},
	}
	if !reflect.DeepEqual(q, want) {
		t.Errorf("got\n%+v\nwant\n%+v", q, want)
	}
}

func TestColumnsMayGoByTheirOldNames(t *testing.T) {
	q := read(t, `
		SURVEY
		| Command | Tag | caption:fr | Relevance | constraining message:fr | readonly | calculate | jr:count |
		| string  | a   | Un         | 1 = 1     | Non                     | TRUE     | 2 + 2     |          |
	`)
	want := surveys.Item{
		Kind: surveys.TextKind, Name: "a", Label: surveys.Text{"fr": "Un"}, Relevant: "1 = 1",
		ConstraintMessage: surveys.Text{"fr": "Non"}, ReadOnly: "yes", Calculation: "2 + 2", Row: 2,
	}
	if !reflect.DeepEqual(q.Items, []surveys.Item{want}) {
		t.Errorf("got %+v", q.Items)
	}
}

func TestHouseColumnsAreRead(t *testing.T) {
	q := read(t, `
		survey
		| type | name | label | required | theme | profile    | short | sensitive | appearance    | parameters          | mes notes |
		| range | mark | Note | Yes      | T01   | margin:age | yes   | TRUE      | picker  w1    | START=0; end=10,step=1 | à revoir |
	`)
	got := q.Items[0]
	want := surveys.Item{
		Kind: surveys.Range, Name: "mark", Label: surveys.Text{surveys.NoLanguage: "Note"}, Required: "yes",
		Theme: "T01", Profile: surveys.ProfileAge, Short: true, Sensitive: true,
		Appearance: []string{"picker", "w1"}, Parameters: map[string]string{"start": "0", "end": "10", "step": "1"},
		Extra: map[string]string{"mes notes": "à revoir"}, Row: 2,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestCellsAreCleaned(t *testing.T) {
	q, _ := ReadRows([]surveys.Sheet{{Name: "survey", Rows: [][]string{
		{"type", "name", "label", "relevant"},
		{" text ", "a\u00a0", "  L’âge  de\r\nchacun\u00a0? ", "“x”\u00a0=  ‘y’"},
	}}})
	item := q.Items[0]
	t.Run("names and expressions lose odd spaces and quotes", func(t *testing.T) {
		if item.Name != "a" || item.Relevant != `"x" = 'y'` {
			t.Errorf("name %q, relevant %q", item.Name, item.Relevant)
		}
	})
	t.Run("sentences keep French spacing and apostrophes", func(t *testing.T) {
		if got := item.Label[surveys.NoLanguage]; got != "L’âge de\nchacun\u00a0?" {
			t.Errorf("label %q", got)
		}
	})
}

func TestALabelWithoutLanguageIsInTheDefaultOne(t *testing.T) {
	q := read(t, `
		survey
		| type | name | label | label::English (en) |
		| text | a    | Un    | One                 |
		settings
		| default_language |
		| Français (fr)    |
	`)
	if got := q.Items[0].Label["Français (fr)"]; got != "Un" {
		t.Errorf("labels %v", q.Items[0].Label)
	}
}

func TestReadingStopsAfterSixtyBlankRows(t *testing.T) {
	rows := [][]string{{"type", "name", "label"}, {"text", "a", "A"}}
	rows = append(rows, make([][]string, 59)...)
	rows = append(rows, []string{"text", "b", "B"})
	rows = append(rows, make([][]string, 60)...)
	rows = append(rows, []string{"scribbles", "far", "below"})
	q, problems := ReadRows([]surveys.Sheet{{Name: "survey", Rows: rows}})
	if len(q.Items) != 2 || q.Items[1].Row != 62 || problems != nil {
		t.Errorf("%d items, %v", len(q.Items), problems)
	}
}

func TestUnknownSheetsAreKept(t *testing.T) {
	q := read(t, `
		survey
		| type | name | label |
		| text | a    | A     |
		Mode d’emploi
		| Bonjour | |
	`)
	want := []surveys.Sheet{{Name: "Mode d’emploi", Rows: [][]string{{"Bonjour", ""}}}}
	if !reflect.DeepEqual(q.Sheets, want) {
		t.Errorf("got %q", q.Sheets)
	}
}
