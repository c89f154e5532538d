package xlsform

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

func TestAQuestionnaireMadeElsewhereComesBackAsItWas(t *testing.T) {
	fr, ar := "Français (fr)", "العربية (ar)"
	q := &surveys.Questionnaire{
		Title: "Essai", FormID: "essai", DefaultLanguage: fr, Languages: []string{fr, ar, surveys.NoLanguage},
		Items: []surveys.Item{
			{Kind: surveys.Group, Name: "g", Label: surveys.Text{fr: "G", ar: "ج"}, Appearance: []string{"field-list"}, Items: []surveys.Item{
				{Kind: surveys.SelectMultiple, Name: "a", List: "l", OrOther: true, Label: surveys.Text{fr: "=1+1\n« A » ?"}},
				{Kind: surveys.Range, Name: "r", Label: surveys.Text{fr: "R"}, Parameters: map[string]string{"start": "0", "end": "10"}},
			}},
			{Kind: "geopoint", Name: "where", Label: surveys.Text{fr: "Où"}, Extra: map[string]string{"mes notes": "x", "image::" + fr: "a.png"}},
			{Kind: surveys.Note, Name: "end", Hint: surveys.Text{surveys.NoLanguage: "Bye"}, Profile: surveys.ProfileEnd, Short: true},
		},
		Lists: []surveys.List{
			{Name: "l", Choices: []surveys.Choice{{Name: "1", Label: surveys.Text{fr: "Un"}, Extra: map[string]string{"filtre": "x"}}}},
			{Name: "unused", Choices: []surveys.Choice{{Name: "z", Label: surveys.Text{ar: "ز"}}}},
		},
		Settings: map[string]string{"version": "7"},
		Sheets:   []surveys.Sheet{{Name: "Lisez-moi", Rows: [][]string{nil, {"", "b"}}}},
	}
	sameQuestionnaire(t, q, readBack(t, q))
}

func TestAWorkbookIsPleasantToWorkIn(t *testing.T) {
	q := read(t, `
		survey
		| type | name | label | required | theme |
		| text | a    | A     | yes      | T01   |
	`)
	var b bytes.Buffer
	if err := Write(&b, q); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	t.Run("the header and the names stay in sight", func(t *testing.T) {
		panes, err := f.GetPanes(surveySheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 2 {
			t.Errorf("%+v, %v", panes, err)
		}
	})
	t.Run("usual words are offered and never imposed", func(t *testing.T) {
		offers, err := f.GetDataValidations(surveySheet)
		if err != nil || len(offers) != 3 {
			t.Fatalf("%d lists, %v", len(offers), err)
		}
		for _, o := range offers {
			if o.ShowErrorMessage {
				t.Errorf("%s refuses other words", o.Sqref)
			}
		}
	})
}

func TestListsAreToldApartAndOfferedByName(t *testing.T) {
	sheets := form(`
		survey
		| type         | name | label |
		| select_one l | a    | A     |
		choices
		| list_name | name | label |
		| l         | x    | X     |
		| m         | y    | Y     |
	`)
	for i := range 40 {
		sheets[1].Rows = append(sheets[1].Rows, []string{fmt.Sprintf("liste_%d", i), "z", "Z"})
	}
	q, _ := ReadRows(sheets)
	var b bytes.Buffer
	if err := Write(&b, q); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	t.Run("the type column offers the lists there is room for", func(t *testing.T) {
		words := typesOffered(q)
		if n := len(strings.Join(words, ",")); n > maxOffered || n < maxOffered-20 || !slices.Contains(words, "select_one m") {
			t.Errorf("%d characters: %q", n, words)
		}
		offers, err := f.GetDataValidations(surveySheet)
		if err != nil || len(offers) != 1 || !strings.Contains(offers[0].Formula1, "select_one l,") {
			t.Errorf("%v, %v", offers, err)
		}
	})
	t.Run("a list does not have the ground of the one before", func(t *testing.T) {
		first, _ := f.GetCellStyle(choicesSheet, "A2")
		second, err := f.GetCellStyle(choicesSheet, "A3")
		if first == second || err != nil {
			t.Errorf("styles %d and %d, %v", first, second, err)
		}
	})
}

func TestATextLongerThanACellIsRefused(t *testing.T) {
	q := read(t, `
		survey
		| type | name | label |
		| text | a    | A     |
	`)
	q.Items[0].Label[surveys.NoLanguage] = strings.Repeat("é", maxCellUnits+1)
	if err := Write(&bytes.Buffer{}, q); err == nil || !strings.Contains(err.Error(), "cell C2") {
		t.Errorf("got %v", err)
	}
}

func TestADumpIsOneLineARow(t *testing.T) {
	q := read(t, `
		survey
		| type        | name | label::fr | relevant |
		| begin_group | g    | G         |          |
		| text        | a    | A         | 1 = 1    |
		| end_group   |      |           |          |
		settings
		| form_id |
		| essai   |
	`)
	want := `# survey
begin_group | g | label=G
  text | a | label=A | relevant=1 = 1
end_group | g

# settings
essai

`
	if got := Dump(q); got != want {
		t.Errorf("got\n%s", got)
	}
}
