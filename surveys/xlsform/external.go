package xlsform

import (
	"slices"

	"diapason/surveys"
)

// externalLists are the lists a workbook keeps in its sheet external_choices:
// those that only a select_one_external offers.
func externalLists(q *surveys.Questionnaire) map[string]bool {
	lists, inside := map[string]bool{}, map[string]bool{}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		switch item.Kind {
		case "select_one_external":
			lists[item.List] = true
		case surveys.SelectOne, surveys.SelectMultiple, surveys.Rank:
			inside[item.List] = true
		case surveys.Range:
			inside[item.Parameters["tick_labelset"]] = true
		}
	})
	for list := range inside {
		delete(lists, list)
	}
	return lists
}

// readExternal reads, from the sheet external_choices, the lists that
// questions offer; the other rows stay where they are.
func (r *reader) readExternal() {
	r.external = r.openChoices(externalSheet)
	offered := externalLists(r.q)
	for _, row := range r.external.rows {
		list, column := r.external.find(row, "list_name")
		if list != "" && !slices.Contains(r.outside, list) {
			r.outside = append(r.outside, list)
		}
		switch {
		case list != "" && !offered[list]:
			r.external.skipped[row.number] = true
		case list != "" && slices.Contains(r.inChoices, list):
			if r.once("both " + list) {
				at := surveys.Place{Sheet: r.external.sheet, Row: row.number, Column: column}
				r.refuse(at, "xlsform.list.both", list, choicesSheet)
			}
		default:
			r.readChoice(r.external, row)
		}
	}
}
