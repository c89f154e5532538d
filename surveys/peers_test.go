package surveys_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/xlsform"
)

const (
	sharedForms     = "../../shared/cases/forms/valid.jsonl"
	sharedWorkbooks = "../../shared/xlsforms/"
)

func readLines[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the shared cases are not here: %v", err)
	}
	defer f.Close()
	var all []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 10<<20)
	for lines.Scan() {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// A formLibrary compiles the forms of the walks, each once.
type formLibrary struct {
	sheets   map[string][]surveys.Sheet
	compiled map[string]compiledForm
}

type compiledForm struct {
	form *surveys.Form
	err  error
}

func sharedLibrary(t *testing.T) formLibrary {
	t.Helper()
	l := formLibrary{map[string][]surveys.Sheet{}, map[string]compiledForm{}}
	type sharedForm struct {
		ID     string
		Sheets []surveys.Sheet
	}
	for _, f := range readLines[sharedForm](t, sharedForms) {
		l.sheets[f.ID] = f.Sheets
	}
	return l
}

func (l formLibrary) open(name string) (*surveys.Form, error) {
	if c, ok := l.compiled[name]; ok {
		return c.form, c.err
	}
	form, err := l.compile(name)
	l.compiled[name] = compiledForm{form, err}
	return form, err
}

func (l formLibrary) compile(name string) (*surveys.Form, error) {
	q, problems, err := l.read(name)
	if err != nil {
		return nil, err
	}
	if problems.Refusals() != nil {
		return nil, fmt.Errorf("the workbook is refused: %w", problems.Refusals())
	}
	form, problems := surveys.Compile(q)
	if problems.Refusals() != nil {
		return nil, fmt.Errorf("the form is refused: %w", problems.Refusals())
	}
	return form, nil
}

func (l formLibrary) read(name string) (*surveys.Questionnaire, surveys.Problems, error) {
	if sheets, ok := l.sheets[name]; ok {
		q, problems := xlsform.ReadRows(sheets)
		return q, problems, nil
	}
	f, err := os.Open(sharedWorkbooks + name + ".xlsx")
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	q, problems := xlsform.Read(f, name)
	return q, problems, nil
}

// TestFormsOfThePeers holds what the engine promises of any form, on all those
// that compile.
func TestFormsOfThePeers(t *testing.T) {
	library := sharedLibrary(t)
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	compiled := 0
	for id := range library.sheets {
		form, err := library.open(id)
		if err != nil {
			continue
		}
		compiled++
		logic := form.Logic()
		if _, err := json.Marshal(logic); err != nil {
			t.Errorf("%s has no logic for the browser: %v", id, err)
		}
		if slices.Contains(logic.Functions, "random") || slices.Contains(logic.Functions, "uuid") {
			continue
		}
		begun := form.Begin(at)
		kept := form.Keep(begun, at)
		if again := form.Keep(kept, at); !again.Equal(kept) {
			t.Errorf("%s: what is kept, kept again, is %v, was %v", id, said(t, again), said(t, kept))
		}
		if problems := form.Check(kept, at); slices.ContainsFunc(problems, func(p surveys.Problem) bool { return p.Code == "answer.type" }) {
			t.Errorf("%s: what is kept has the wrong form: %v", id, problems)
		}
	}
	t.Logf("%d forms", compiled)
}
