package xlsform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

var (
	yesOrNo = []string{"yes", "no"}

	// offered are the words a column usually holds. They are suggested in a
	// list and never imposed: other words are checked when the workbook is
	// read.
	offered = map[string][]string{
		"required":  yesOrNo,
		"read_only": yesOrNo,
		"short":     yesOrNo,
		"sensitive": yesOrNo,
		"theme":     {"T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11", "T12", "T13"},
		"profile":   profiles,
	}

	// offeredTypes are the types after which no name of a list comes.
	offeredTypes = []string{
		"text", "integer", "decimal", "range", "date", "time", "note", "calculate",
		"begin_group", "end_group", "begin_repeat", "end_repeat",
	}
)

// maxOffered is how many characters Excel takes in a list written in place.
const maxOffered = 255

// offer adds the drop-down lists, some rows further than the questions so that
// new ones have them too.
func (b *workbook) offer(q *surveys.Questionnaire, p page) {
	for i, id := range p.ids {
		words, ok := offered[id]
		if id == "type" {
			words, ok = typesOffered(q), true
		}
		if !ok {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%[1]s2:%[1]s%[2]d", columnName(i), len(p.Rows)+100))
		b.try(v.SetDropList(words))
		v.ShowErrorMessage = false
		b.try(b.file.AddDataValidation(surveySheet, v))
	}
}

// typesOffered are the usual types, then the choice of one or several answers
// in each list, as long as there is room.
func typesOffered(q *surveys.Questionnaire) []string {
	words := slices.Clone(offeredTypes)
	room := maxOffered - len(strings.Join(words, ","))
	for _, kind := range []surveys.Kind{surveys.SelectOne, surveys.SelectMultiple} {
		for _, l := range listsIn(q, choicesSheet) {
			word := string(kind) + " " + l.Name
			if strings.Contains(word, ",") || len(word)+1 > room {
				continue
			}
			words, room = append(words, word), room-len(word)-1
		}
	}
	return words
}
