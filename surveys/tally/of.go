package tally

import (
	"slices"

	"diapason/surveys"
)

// Of is the group of somebody who gave these answers to a version of the survey:
// the one a [Split] puts them in.
func (b By) Of(form *surveys.Form, a surveys.Answers) string {
	q, asked := form.Question(b.Question.Name)
	if !asked || keyOf(q) != keyOf(b.Question) {
		return ""
	}
	v := a[q.Name]
	codes := v.Codes()
	if v.Kind() == surveys.TextAnswer {
		codes = []string{v.Text()}
	}
	if b.Groups == nil {
		if len(codes) == 1 && shapeOf(q.Kind) == choice {
			return codes[0]
		}
		return ""
	}
	for _, g := range b.Groups {
		if slices.ContainsFunc(codes, func(c string) bool { return slices.Contains(g.Codes, c) }) {
			return g.Code
		}
	}
	return ""
}
