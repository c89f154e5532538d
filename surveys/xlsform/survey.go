package xlsform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

// A section is a group or repeat whose end has not been read yet.
type section struct {
	item  *surveys.Item
	items []surveys.Item
}

// readSurvey reads the survey sheet, nesting what stands between a begin and
// its end.
func (r *reader) readSurvey() {
	v := surveyVocabulary()
	var required []string
	if _, ok := r.sheets[surveySheet]; ok {
		required = []string{"type"}
	}
	t := r.open(surveySheet, v, required...)
	t.adoptLanguage(r.q.DefaultLanguage, v)
	r.survey = t
	r.addLanguages(t)
	r.addLanguages(r.choices)
	r.checkLanguages()
	r.warnUntranslated(t, t.rows)
	r.warnUntranslated(r.choices, r.choices.rows)
	if !t.has("type") {
		return
	}
	r.q.Items = r.nest(t.rows)
}

// nest turns rows into items within items.
func (r *reader) nest(rows []row) []surveys.Item {
	stack := []section{{}}
	for _, row := range rows {
		t, ok := r.readType(row)
		if !ok {
			r.survey.skipped[row.number] = true
			continue
		}
		if t.end {
			stack = r.closeSection(stack, row, t)
			continue
		}
		item := r.readItem(row, t)
		if t.kind.Section() || t.kind == "loop" {
			stack = append(stack, section{item: &item})
			continue
		}
		top := &stack[len(stack)-1]
		top.items = append(top.items, item)
	}
	for len(stack) > 1 {
		open := stack[len(stack)-1].item
		r.refuse(r.place(open, "type"), "xlsform.section.open", open.Name, open.Kind)
		stack = pop(stack)
	}
	return stack[0].items
}

// pop closes the innermost section and puts it where it belongs.
func pop(stack []section) []section {
	last := len(stack) - 1
	closed := *stack[last].item
	closed.Items = stack[last].items
	outer := &stack[last-1]
	outer.items = append(outer.items, closed)
	return stack[:last]
}

func (r *reader) closeSection(stack []section, row row, t typeCell) []section {
	_, column := r.survey.find(row, "type")
	at := surveys.Place{Sheet: r.survey.sheet, Row: row.number, Column: column}
	if len(stack) == 1 {
		r.refuse(at, "xlsform.section.close", t.kind, t.kind)
		return stack
	}
	open := stack[len(stack)-1].item
	if open.Kind != t.kind {
		r.refuse(at, "xlsform.section.crossed", t.kind, open.Name, open.Row)
		return stack
	}
	// Peers do not read the name an end repeats, so it can only be a doubt.
	if name, _ := r.survey.find(row, "name"); name != "" && name != open.Name {
		r.warn(at, "xlsform.section.name", name, open.Name, open.Row)
	}
	r.keepEnd(row, open)
	return pop(stack)
}

// keepEnd keeps the row that ends a section: people write in it, and no item
// holds it.
func (r *reader) keepEnd(row row, section *surveys.Item) {
	if r.ends == nil {
		r.ends = map[int][]string{}
	}
	kept := make([]string, len(row.cells))
	for i, c := range row.cells {
		kept[i] = tidyRaw(c)
	}
	r.ends[row.number] = kept
	if !slices.Equal(trimmed(kept), r.survey.usualEnd(section)) {
		r.unusualEnd = true
	}
}

// usualEnd is how the end of a section is written when nobody says otherwise.
func (t table) usualEnd(section *surveys.Item) []string {
	var cells []string
	for _, h := range t.headings {
		cells = append(cells, endCell(h.name, section))
	}
	return trimmed(cells)
}

// endCell is a cell of the line that ends a section.
func endCell(column string, section *surveys.Item) string {
	switch column {
	case "type":
		return "end_" + string(section.Kind)
	case "name":
		return section.Name
	}
	return ""
}

// readType reads the type cell of a row; ok is false when the row is not an
// item, or when nobody can tell what it is.
func (r *reader) readType(row row) (t typeCell, ok bool) {
	cell, column := r.survey.find(row, "type")
	at := surveys.Place{Sheet: r.survey.sheet, Row: row.number, Column: column}
	if r.disabled(row) {
		r.warn(at, "xlsform.row.disabled")
		return t, false
	}
	if cell == "" {
		name, _ := r.survey.find(row, "name")
		if name == "" && !r.survey.labelled(row) {
			r.warn(at, "xlsform.row.skipped")
			return t, false
		}
		r.refuse(at, "xlsform.type.missing")
		return t, false
	}
	t = parseType(cell)
	return t, r.checkType(at, cell, t)
}

func (r *reader) disabled(row row) bool {
	for i, h := range r.survey.headings {
		if h.extra == "disabled" && tidyCondition(row.cell(i)) == "yes" {
			return true
		}
	}
	return false
}

func (r *reader) checkType(at surveys.Place, cell string, t typeCell) bool {
	switch {
	case t.kind == "loop":
		if !t.end {
			r.refuse(at, "xlsform.type.loop")
		}
	case !t.kind.Known():
		word, _, _ := strings.Cut(cell, " ")
		if guess := closest(word, typeWords()); guess != "" {
			r.refuse(at, "xlsform.type.guess", cell, guess)
		} else {
			r.refuse(at, "xlsform.type.unknown", cell)
		}
		return false
	case t.rest != "" && !t.kind.Section():
		r.refuse(at, "xlsform.type.rest", cell, t.rest)
	}
	return true
}

// readItem reads every cell of a row whose type is known.
func (r *reader) readItem(row row, t typeCell) surveys.Item {
	item := surveys.Item{Kind: t.kind, List: t.list, OrOther: t.orOther, Row: row.number}
	for i, h := range r.survey.headings {
		if cell := row.cell(i); strings.TrimSpace(cell) != "" && h.written != "" && h.name != "type" {
			r.readCell(&item, h, cell)
		}
	}
	if item.Name == "" && item.Kind == surveys.Note {
		item.Name = fmt.Sprintf("generated_note_name_%d", row.number)
	}
	return item
}

var columnsByName = func() map[string]column {
	byName := make(map[string]column, len(surveyColumns))
	for _, c := range surveyColumns {
		byName[c.name] = c
	}
	return byName
}()

func (r *reader) readCell(item *surveys.Item, h heading, cell string) {
	c, known := columnsByName[h.name]
	switch {
	case !known:
		if s := tidyRaw(cell); s != "" {
			putExtra(&item.Extra, h.extra, s)
		}
	case c.text != nil:
		tidy := c.tidy
		if r.says("clean_text_values", "no") {
			tidy = tidyRaw
		}
		putText(c.text(item), h.language, tidy(cell))
	default:
		value := c.tidy(cell)
		if code := c.set(item, value); code != "" {
			r.refuse(r.place(item, h.written), code, value)
		}
	}
}

// place is a cell of the row an item was read from, its column named as the
// author wrote it.
func (r *reader) place(item *surveys.Item, column string) surveys.Place {
	for _, h := range r.survey.headings {
		if h.name == column || h.extra == column {
			column = h.written
			break
		}
	}
	return surveys.Place{Sheet: r.survey.sheet, Row: item.Row, Column: column, Question: item.Name}
}

var validName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_.\-]*$`)
