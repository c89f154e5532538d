package xlsform

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"diapason/surveys"
)

func TestRealWorkbooksComeBackAsTheyWere(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/xlsforms/*.xlsx")
	if len(files) == 0 {
		t.Skip("the shared workbooks are not here")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			q, problems := Read(bytes.NewReader(data), filepath.Base(file))
			t.Logf("%d refusals, %d warnings", len(problems.Refusals()), len(problems.Warnings()))
			if len(q.Items) == 0 {
				t.Fatalf("nothing was read: %v", problems)
			}
			again := readBack(t, q)
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
