package library

import (
	"bytes"
	_ "embed"
	"fmt"

	"diapason/surveys"
	"diapason/surveys/xlsform"
)

var (
	//go:embed habitants.xlsx
	habitants []byte
	//go:embed professionnels.xlsx
	professionnels []byte
	//go:embed associations.xlsx
	associations []byte
)

func workbook(a surveys.Audience) []byte {
	switch a {
	case surveys.Habitants:
		return habitants
	case surveys.Professionnels:
		return professionnels
	case surveys.Associations:
		return associations
	}
	return nil
}

// Workbook is the .xlsx file of an audience's questionnaire, nil when the
// library has none. It belongs to the caller.
func Workbook(a surveys.Audience) []byte { return bytes.Clone(workbook(a)) }

// Questionnaire reads the questionnaire of an audience; it fails for an
// audience the library has none for. It is read anew at each call: the caller
// may change it.
func Questionnaire(a surveys.Audience) (*surveys.Questionnaire, error) {
	data := workbook(a)
	if data == nil {
		return nil, fmt.Errorf("library: no questionnaire for the audience %q", a)
	}
	q, problems := xlsform.Read(bytes.NewReader(data), string(a)+".xlsx")
	if err := problems.Err(); err != nil {
		return nil, fmt.Errorf("library: questionnaire of %s: %w", a, err)
	}
	return q, nil
}
