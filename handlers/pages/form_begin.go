package pages

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"diapason/surveys"
)

// entriesOf are the fields of a form that holds these answers, as if somebody
// had typed them.
func entriesOf(answers surveys.Answers, prefix string) url.Values {
	entries := url.Values{}
	for name, v := range answers {
		name = prefix + name
		switch v.Kind() {
		case surveys.TextAnswer:
			entries.Set(name, v.Text())
		case surveys.NumberAnswer:
			entries.Set(name, strings.Replace(strconv.FormatFloat(v.Number(), 'f', -1, 64), ".", ",", 1))
		case surveys.CodesAnswer:
			for i, code := range v.Codes() {
				entries.Add(name, code)
				entries.Set(fmt.Sprintf("%s[%d]", name, i+1), code) // the places of a ranking
			}
		case surveys.RowsAnswer:
			for i, row := range v.Rows() {
				for field, values := range entriesOf(row, fmt.Sprintf("%s[%d].", name, i+1)) {
					entries[field] = values
				}
			}
		}
	}
	return entries
}
