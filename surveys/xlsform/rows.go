package xlsform

import (
	"maps"
	"slices"
	"unicode/utf8"

	"diapason/surveys"
)

// A page is a sheet to write, with what its looks depend on.
type page struct {
	surveys.Sheet
	ids    []string // what the columns are, whatever their author calls them
	widths []float64
}

// pagesOf turns a questionnaire into text cells; ReadRows reads them back.
// Lists that come from files are not among them.
func pagesOf(q *surveys.Questionnaire) []page {
	pages := []page{surveyPage(q)}
	for _, sheet := range []string{choicesSheet, externalSheet} {
		lists := listsIn(q, sheet)
		if _, ok := remembered(q, sheet); ok || len(lists) > 0 {
			pages = append(pages, choicesPage(q, sheet, lists))
		}
	}
	if settings := settingsPage(q); len(settings.ids) > 0 {
		pages = append(pages, settings)
	}
	for _, s := range q.Sheets {
		if !isMemory(s.Name) {
			pages = append(pages, page{Sheet: s})
		}
	}
	return pages
}

// listsIn are the lists that one of the two sheets of choices holds.
func listsIn(q *surveys.Questionnaire, sheet string) []*surveys.List {
	var lists []*surveys.List
	outside := externalLists(q)
	for i := range q.Lists {
		l := &q.Lists[i]
		if !isFile(l.Name) && outside[l.Name] == (sheet == externalSheet) {
			lists = append(lists, l)
		}
	}
	return lists
}

func sheetsOf(q *surveys.Questionnaire) []surveys.Sheet {
	var sheets []surveys.Sheet
	for _, p := range pagesOf(q) {
		sheets = append(sheets, p.Sheet)
	}
	return sheets
}

// An outlet is one column to write: its header, and its cell for an item. Its
// id is the header it usually has.
type outlet[T any] struct {
	id, header string
	width      float64
	cell       func(*T) string
}

func (p plan[T]) page(sheet string, lines []line) page {
	made := page{}
	for _, o := range p.outlets {
		made.ids, made.widths = append(made.ids, o.id), append(made.widths, o.width)
	}
	made.Sheet = surveys.Sheet{Name: sheet, Rows: lay(made.ids, headers(p.outlets), lines, p.memory)}
	made.widen()
	return made
}

// widen makes room for headers, and for the words that do not go on to a
// second line: types, names, codes.
func (p *page) widen() {
	const most = 38
	for i, id := range p.ids {
		for j, row := range p.Rows {
			if i < len(row) && (j == 0 || id == "type" || id == "name" || id == "list_name") {
				p.widths[i] = max(p.widths[i], float64(min(utf8.RuneCountInString(row[i])+2, most)))
			}
		}
	}
}

func surveyPage(q *surveys.Questionnaire) page {
	p := arrange(q, surveySheet, surveyVocabulary(), surveyOutlets(q))
	var lines []line
	var walk func(items []surveys.Item)
	walk = func(items []surveys.Item) {
		for i := range items {
			item := &items[i]
			lines = append(lines, line{row: item.Row, cells: cells(p.outlets, item)})
			if item.Kind.Section() {
				walk(item.Items)
				lines = append(lines, p.end(item))
			}
		}
	}
	walk(q.Items)
	return p.page(surveySheet, lines)
}

// end is the line that ends a section.
func (p plan[T]) end(section *surveys.Item) line {
	l := line{end: section.Kind}
	for _, o := range p.outlets {
		l.cells = append(l.cells, endCell(o.id, section))
	}
	l.cells = trimmed(l.cells)
	return l
}

func headers[T any](outlets []outlet[T]) []string {
	row := make([]string, len(outlets))
	for i, o := range outlets {
		row[i] = o.header
	}
	return row
}

func cells[T any](outlets []outlet[T], of *T) []string {
	row := make([]string, len(outlets))
	for i, o := range outlets {
		row[i] = o.cell(of)
	}
	return trimmed(row)
}

// surveyOutlets are the columns this questionnaire needs: type, name and the
// labels always, the others when an item uses them.
func surveyOutlets(q *surveys.Questionnaire) []outlet[surveys.Item] {
	var items []*surveys.Item
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) { items = append(items, item) })
	_, laid := remembered(q, surveySheet)
	outlets := []outlet[surveys.Item]{{header: "type", width: 26, cell: func(i *surveys.Item) string {
		return typeCell{kind: i.Kind, list: i.List, orOther: i.OrOther}.write()
	}}}
	for _, c := range surveyColumns {
		if c.text != nil {
			outlets = append(outlets, textOutlets(q, c, items)...)
			continue
		}
		if c.name == "name" && !laid || slices.ContainsFunc(items, func(i *surveys.Item) bool { return c.get(i) != "" }) {
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
// because nothing says it yet; but not those that an author's layout says in
// other columns only.
func labelLanguages(q *surveys.Questionnaire, used []string) []string {
	elsewhere := laidLanguages(q)
	all := slices.DeleteFunc(slices.Clone(q.Languages), func(l string) bool {
		return elsewhere[l] && !slices.Contains(used, l)
	})
	for _, l := range used {
		if !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	if len(all) == 0 && len(elsewhere) == 0 {
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

// An entry is a choice in its list.
type entry struct {
	list string
	*surveys.Choice
}

// choicesPage is lists one under the other, a blank row between them, or as
// their author laid them out.
func choicesPage(q *surveys.Questionnaire, sheet string, lists []*surveys.List) page {
	p := arrange(q, sheet, choicesVocabulary(), choiceOutlets(q, lists))
	var lines []line
	for i, l := range lists {
		for j := range l.Choices {
			e := entry{l.Name, &l.Choices[j]}
			lines = append(lines, line{row: e.Row, cells: cells(p.outlets, &e), apart: i > 0 && j == 0, list: l.Name})
		}
	}
	return p.page(sheet, mixed(lines))
}

func choiceOutlets(q *surveys.Questionnaire, lists []*surveys.List) []outlet[entry] {
	var choices []*surveys.Choice
	for _, l := range lists {
		for j := range l.Choices {
			choices = append(choices, &l.Choices[j])
		}
	}
	outlets := []outlet[entry]{
		{header: "list_name", width: 18, cell: func(e *entry) string { return e.list }},
		{header: "name", width: 22, cell: func(e *entry) string { return e.Name }},
	}
	used := languagesOf(q, choices, func(c *surveys.Choice) surveys.Text { return c.Label })
	for _, l := range used {
		outlets = append(outlets, outlet[entry]{
			header: headerIn(q, "label", l, used), width: 60, cell: func(e *entry) string { return e.Label[l] },
		})
	}
	for _, key := range keysOf(choices, func(c *surveys.Choice) map[string]string { return c.Extra }) {
		outlets = append(outlets, outlet[entry]{header: key, width: 18, cell: func(e *entry) string { return e.Extra[key] }})
	}
	return outlets
}

func settingsPage(q *surveys.Questionnaire) page {
	p := arrange(q, settingsSheet, settingsVocabulary(), settingsOutlets(q))
	return p.page(settingsSheet, []line{{row: 2, cells: cells(p.outlets, q)}})
}

func settingsOutlets(q *surveys.Questionnaire) []outlet[surveys.Questionnaire] {
	var outlets []outlet[surveys.Questionnaire]
	put := func(name string, get func(*surveys.Questionnaire) string) {
		if get(q) != "" {
			outlets = append(outlets, outlet[surveys.Questionnaire]{header: name, width: 34, cell: get})
		}
	}
	put("form_title", func(q *surveys.Questionnaire) string { return q.Title })
	put("form_id", func(q *surveys.Questionnaire) string { return q.FormID })
	put("default_language", func(q *surveys.Questionnaire) string { return q.DefaultLanguage })
	for _, key := range slices.Sorted(maps.Keys(q.Settings)) {
		put(key, func(q *surveys.Questionnaire) string { return q.Settings[key] })
	}
	return outlets
}
