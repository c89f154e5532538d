package authoring

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/xlsform"
)

// item writes a question in one line.
func item(kind surveys.Kind, name, label string) surveys.Item {
	return surveys.Item{Kind: kind, Name: name, Label: text(label)}
}

func text(s string) surveys.Text { return surveys.Text{surveys.French: s} }

// selectOne is a question with a list of the same name.
func selectOne(name, label string) surveys.Item {
	i := item(surveys.SelectOne, name, label)
	i.List = name
	return i
}

// list gives each code the label that follows it.
func list(name string, codesAndLabels ...string) surveys.List {
	l := surveys.List{Name: name}
	for i := 0; i+1 < len(codesAndLabels); i += 2 {
		l.Choices = append(l.Choices, surveys.Choice{Name: codesAndLabels[i], Label: text(codesAndLabels[i+1])})
	}
	return l
}

func questionnaire(items []surveys.Item, lists ...surveys.List) *surveys.Questionnaire {
	return &surveys.Questionnaire{
		Title: "Essai", DefaultLanguage: surveys.French, Languages: []string{surveys.French},
		Items: items, Lists: lists,
	}
}

// ours are the three questionnaires of the library.
func ours(t *testing.T) map[surveys.Audience]*surveys.Questionnaire {
	t.Helper()
	all := map[surveys.Audience]*surveys.Questionnaire{}
	for _, a := range surveys.Audiences() {
		q, err := library.Questionnaire(a)
		if err != nil {
			t.Fatal(err)
		}
		all[a] = q
	}
	return all
}

// published are the real forms kept beside the repository, by file name. They
// are not to be changed.
func published(t *testing.T) map[string]*surveys.Questionnaire {
	t.Helper()
	all, err := readPublished()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Skip("the shared XLSForms are not here: put them in ../shared/xlsforms, beside the repository")
	}
	return all
}

// readPublished reads the forms once for all tests.
var readPublished = sync.OnceValues(func() (map[string]*surveys.Questionnaire, error) {
	files, err := filepath.Glob("../../../shared/xlsforms/*.xlsx")
	all := map[string]*surveys.Questionnaire{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if q, _ := xlsform.Read(bytes.NewReader(data), filepath.Base(file)); q != nil {
			all[filepath.Base(file)] = q
		}
	}
	return all, err
})
