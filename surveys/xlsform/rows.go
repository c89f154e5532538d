package xlsform

import (
	"maps"
	"slices"

	"diapason/surveys"
)

// sheetsOf turns a questionnaire into text cells; ReadRows reads them back.
func sheetsOf(q *surveys.Questionnaire) []surveys.Sheet {
	sheets := []surveys.Sheet{{Name: surveySheet, Rows: surveyRows(q)}}
	if len(q.Lists) > 0 {
		sheets = append(sheets, surveys.Sheet{Name: choicesSheet, Rows: choiceRows(q)})
	}
	if rows := settingsRows(q); len(rows[0]) > 0 {
		sheets = append(sheets, surveys.Sheet{Name: settingsSheet, Rows: rows})
	}
	return append(sheets, q.Sheets...)
}

// An outlet is one column to write: its header, and its cell for an item.
type outlet[T any] struct {
	header string
	width  float64
	cell   func(*T) string
}

func surveyRows(q *surveys.Questionnaire) [][]string {
	outlets := surveyOutlets(q)
	rows := [][]string{headers(outlets)}
	var walk func(items []surveys.Item)
	walk = func(items []surveys.Item) {
		for i := range items {
			item := &items[i]
			rows = append(rows, cells(outlets, item))
			if item.Kind.Section() {
				walk(item.Items)
				rows = append(rows, []string{"end_" + string(item.Kind), item.Name})
			}
		}
	}
	walk(q.Items)
	return rows
}

func headers[T any](outlets []outlet[T]) []string {
	row := make([]string, len(outlets))
	for i, o := range outlets {
		row[i] = o.header
	}
	return row
}

func cells[T any](outlets []outlet[T], of *T) []string {
	row, last := make([]string, len(outlets)), 0
	for i, o := range outlets {
		if row[i] = o.cell(of); row[i] != "" {
			last = i + 1
		}
	}
	return row[:last]
}

// surveyOutlets are the columns this questionnaire needs: type, name and the
// labels always, the others when an item uses them.
func surveyOutlets(q *surveys.Questionnaire) []outlet[surveys.Item] {
	var items []*surveys.Item
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) { items = append(items, item) })
	outlets := []outlet[surveys.Item]{{header: "type", width: 26, cell: func(i *surveys.Item) string {
		return typeCell{kind: i.Kind, list: i.List, orOther: i.OrOther}.write()
	}}}
	for _, c := range surveyColumns {
		if c.text != nil {
			outlets = append(outlets, textOutlets(q, c, items)...)
			continue
		}
		if c.name == "name" || slices.ContainsFunc(items, func(i *surveys.Item) bool { return c.get(i) != "" }) {
			outlets = append(outlets, outlet[surveys.Item]{header: c.name, width: c.width, cell: c.get})
		}
	}
	extras := keysOf(items, func(i *surveys.Item) map[string]string { return i.Extra })
	for _, key := range extras {
		outlets = append(outlets, outlet[surveys.Item]{header: key, width: 20, cell: func(i *surveys.Item) string { return i.Extra[key] }})
	}
	return outlets
}

// textOutlets are a column in each language its texts have; labels, in every
// language of the questionnaire.
func textOutlets(q *surveys.Questionnaire, c column, items []*surveys.Item) []outlet[surveys.Item] {
	used := languagesOf(q, items, func(i *surveys.Item) surveys.Text { return *c.text(i) })
	if c.name == "label" {
		used = labelLanguages(q, used)
	}
	var outlets []outlet[surveys.Item]
	for _, l := range used {
		outlets = append(outlets, outlet[surveys.Item]{
			header: headerIn(q, c.name, l, used), width: c.width,
			cell: func(i *surveys.Item) string { return (*c.text(i))[l] },
		})
	}
	return outlets
}

// labelLanguages are all languages of the questionnaire, so that none is lost
// because nothing says it yet.
func labelLanguages(q *surveys.Questionnaire, used []string) []string {
	all := slices.Clone(q.Languages)
	for _, l := range used {
		if !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		all = []string{surveys.NoLanguage}
	}
	return all
}

func languagesOf[T any](q *surveys.Questionnaire, things []*T, text func(*T) surveys.Text) []string {
	used := map[string]bool{}
	for _, thing := range things {
		for l := range text(thing) {
			used[l] = true
		}
	}
	var ordered []string
	for _, l := range q.Languages {
		if used[l] {
			ordered = append(ordered, l)
			delete(used, l)
		}
	}
	return append(ordered, slices.Sorted(maps.Keys(used))...)
}

// headerIn is the header of a text in a language. A plain header means the
// default language where no other column says it; see adoptLanguage.
func headerIn(q *surveys.Questionnaire, name, language string, used []string) string {
	adopted := q.DefaultLanguage != "" && !slices.Contains(used, q.DefaultLanguage)
	if language == surveys.NoLanguage && !adopted {
		return name
	}
	return name + "::" + language
}

func keysOf[T any](things []*T, extra func(*T) map[string]string) []string {
	keys := map[string]bool{}
	for _, thing := range things {
		for key := range extra(thing) {
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// choiceRows are the lists one under the other, a blank row between them.
func choiceRows(q *surveys.Questionnaire) [][]string {
	outlets := choiceOutlets(q)
	rows := [][]string{append([]string{"list_name"}, headers(outlets)...)}
	for i, l := range q.Lists {
		if i > 0 {
			rows = append(rows, nil)
		}
		for j := range l.Choices {
			rows = append(rows, append([]string{l.Name}, cells(outlets, &l.Choices[j])...))
		}
	}
	return rows
}

func choiceOutlets(q *surveys.Questionnaire) []outlet[surveys.Choice] {
	var choices []*surveys.Choice
	for i := range q.Lists {
		for j := range q.Lists[i].Choices {
			choices = append(choices, &q.Lists[i].Choices[j])
		}
	}
	outlets := []outlet[surveys.Choice]{{header: "name", width: 22, cell: func(c *surveys.Choice) string { return c.Name }}}
	used := languagesOf(q, choices, func(c *surveys.Choice) surveys.Text { return c.Label })
	for _, l := range used {
		outlets = append(outlets, outlet[surveys.Choice]{
			header: headerIn(q, "label", l, used), width: 60, cell: func(c *surveys.Choice) string { return c.Label[l] },
		})
	}
	for _, key := range keysOf(choices, func(c *surveys.Choice) map[string]string { return c.Extra }) {
		outlets = append(outlets, outlet[surveys.Choice]{header: key, width: 18, cell: func(c *surveys.Choice) string { return c.Extra[key] }})
	}
	return outlets
}

func settingsRows(q *surveys.Questionnaire) [][]string {
	var header, values []string
	put := func(name, value string) {
		if value != "" {
			header, values = append(header, name), append(values, value)
		}
	}
	put("form_title", q.Title)
	put("form_id", q.FormID)
	put("default_language", q.DefaultLanguage)
	for _, key := range slices.Sorted(maps.Keys(q.Settings)) {
		put(key, q.Settings[key])
	}
	return [][]string{header, values}
}
