package xlsform

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"diapason/surveys"
)

// TestRealWorkbooksComeBackAsTheyWere reads real workbooks and those of the
// library, writes them, and reads the copy: the questionnaire is equal, and the
// cells say the same in the same row and column, but for what the package
// comment says is normalised.
func TestRealWorkbooksComeBackAsTheyWere(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/xlsforms/*.xlsx")
	if len(files) == 0 {
		t.Skip("the shared workbooks are not here")
	}
	library, _ := filepath.Glob("../library/*.xlsx")
	for _, file := range append(files, library...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if underRace && len(data) > 150_000 {
				t.Skip("read without the race detector, which makes it long")
			}
			before := cellsOf(t, data)
			q, problems := ReadRows(before)
			t.Logf("%d refusals, %d warnings", len(problems.Refusals()), len(problems.Warnings()))
			if len(q.Items) == 0 {
				t.Fatalf("nothing was read: %v", problems)
			}
			var b bytes.Buffer
			if err := Write(&b, q); err != nil {
				t.Fatal(err)
			}
			after := cellsOf(t, b.Bytes())
			compareCells(t, before, after, problems)
			for _, w := range news(wouldSay(before), wouldSay(after)) {
				t.Errorf("the peers have more to say: %s", w)
			}
			again, _ := ReadRows(after)
			if problems.Refusals() != nil {
				// What was refused is not all read, so it is not all remembered.
				q.Sheets, again.Sheets = nil, nil
			}
			sameQuestionnaire(t, q, again)
		})
	}
}

// readBack writes a questionnaire and reads what was written.
func readBack(t *testing.T, q *surveys.Questionnaire) *surveys.Questionnaire {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, q); err != nil {
		t.Fatal(err)
	}
	again, _ := Read(&b, "again.xlsx")
	return again
}

// sameQuestionnaire compares two questionnaires, row numbers aside.
func sameQuestionnaire(t *testing.T, a, b *surveys.Questionnaire) {
	t.Helper()
	if x, y := Dump(a), Dump(b); x != y {
		t.Fatalf("the dumps differ:\n%s", firstDifference(x, y))
	}
	for _, q := range []*surveys.Questionnaire{a, b} {
		q.Walk(func(i *surveys.Item, _ []*surveys.Item) { i.Row = 0 })
		for i := range q.Lists {
			for j := range q.Lists[i].Choices {
				q.Lists[i].Choices[j].Row = 0
			}
		}
	}
	if !reflect.DeepEqual(a, b) {
		t.Fatal("the dumps are the same, the questionnaires are not")
	}
}

func firstDifference(x, y string) string {
	xs, ys := bytes.Split([]byte(x), []byte("\n")), bytes.Split([]byte(y), []byte("\n"))
	for i := range min(len(xs), len(ys)) {
		if !bytes.Equal(xs[i], ys[i]) {
			return string(xs[i]) + "\n" + string(ys[i])
		}
	}
	return "one is longer"
}

func TestWhatAnAuthorLaidOutComesBack(t *testing.T) {
	sheets := form(`
		survey
		| Command      | caption | name  | notes   | relevance | hint |    |
		| text         | Un      | a     | à voir  |           |      |    |
		|              |         |       | rubrique 2 |        |      |    |
		|              |         |       |         |           |      |    |
		| begin group  | G       | g     |         |           |      | ?  |
		| select_one l | Deux    | b     |         | 1 = 1     |      |    |
		| end group    |         |       | fin de G |          |      |    |
		choices
		| label | list name | name |
		| A     | l         | a    |
		| X     | m         | x    |
		| B     | l         | b    |
		|       |           |      |
		| Y     | m         | y    |
		settings
		| version | form_id | default_language |
		| 3       | essai   | fr               |
		| brouillon |       |                  |
	`)
	q, problems := ReadRows(sheets)
	if problems.Refusals() != nil {
		t.Fatal(problems)
	}
	t.Run("cells are where they were, those that are not read too", func(t *testing.T) {
		for i, written := range sheetsOf(q) {
			for j, row := range sheets[i].Rows {
				want := trimmed(slices.Clone(row))
				if i == 0 && len(want) > 0 && want[0] == "begin group" {
					want[0] = "begin_group"
				}
				if j >= len(written.Rows) || !slices.Equal(written.Rows[j], want) {
					t.Errorf("%s, row %d: want %q, got %q", written.Name, j+1, want, written.Rows)
				}
			}
		}
	})
	t.Run("a question that is added and one that goes leave the rest in order", func(t *testing.T) {
		q.Items = append([]surveys.Item{{Kind: surveys.Note, Name: "new", Label: surveys.Text{"fr": "Neuf"}, Theme: "T01"}}, q.Items[1:]...)
		want := []surveys.Sheet{{Name: "survey", Rows: [][]string{
			{"Command", "caption", "name", "notes", "relevance", "theme", "hint"},
			{"note", "Neuf", "new", "", "", "T01"},
			{"begin_group", "G", "g"},
			{"select_one l", "Deux", "b", "", "1 = 1"},
			{"end_group", "", "g"},
			{"", "", "", "rubrique 2"},
			{"", "", "", "", "", "", "", "?"},
		}}}
		if got := sheetsOf(q)[:1]; !reflect.DeepEqual(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

func TestALanguageThatIsRemovedTakesItsColumnsWithIt(t *testing.T) {
	q := read(t, `
		survey
		| name | type | label::en | label::fr | hint::en | notes |
		| a    | text | One       | Un        |          | x     |
	`)
	q.Languages = []string{"fr"}
	delete(q.Items[0].Label, "en")
	want := [][]string{{"name", "type", "label::fr", "notes"}, {"a", "text", "Un", "x"}}
	if got := sheetsOf(q)[0].Rows; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestATranslationThatIsAddedStandsBesideTheOthers(t *testing.T) {
	q := read(t, `
		survey
		| type | name | relevant | label::fr | notes |
		| text | a    | 1 = 1    | Un        | x     |
	`)
	q.Languages = append(q.Languages, "ar")
	q.Items[0].Label["ar"] = "واحد"
	want := []string{"type", "name", "relevant", "label::fr", "label::ar", "notes"}
	if got := sheetsOf(q)[0].Rows[0]; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
