package xlsform

import (
	"diapason/surveys"
)

// readChoices reads the choices sheet into lists, in the order they begin.
func (r *reader) readChoices() {
	v := choicesVocabulary()
	var required []string
	if sheet, ok := r.sheets[choicesSheet]; ok && len(sheet.Rows) > 0 {
		required = []string{"list_name", "name"}
	}
	t := r.open(choicesSheet, v, required...)
	t.adoptLanguage(r.q.DefaultLanguage, v)
	r.choices = t
	if t.has("list_name") && t.has("name") {
		for _, row := range t.rows {
			r.readChoice(row)
		}
	}
	r.checkTwins()
}

func (r *reader) readChoice(row row) {
	t := r.choices
	list, column := t.find(row, "list_name")
	at := surveys.Place{Sheet: t.sheet, Row: row.number, Column: column}
	if list == "" {
		r.warn(at, "xlsform.choice.list")
		return
	}
	c := surveys.Choice{Row: row.number}
	c.Name, at.Column = t.find(row, "name")
	if c.Name == "" {
		r.refuse(at, "xlsform.choice.name")
		return
	}
	t.fillChoice(&c, row)
	if c.Label.Empty() && c.Extra["image"] == "" {
		r.warn(surveys.Place{Sheet: t.sheet, Row: row.number, Column: "label"}, "xlsform.choice.label", c.Name)
	}
	l, ok := r.q.List(list)
	if !ok {
		r.q.Lists = append(r.q.Lists, surveys.List{Name: list})
		l = &r.q.Lists[len(r.q.Lists)-1]
	}
	l.Choices = append(l.Choices, c)
}

func (t table) fillChoice(c *surveys.Choice, row row) {
	for i, h := range t.headings {
		cell := tidyRaw(row.cell(i))
		switch {
		case cell == "" || h.written == "":
		case h.name == "label":
			putText(&c.Label, h.language, cell)
		case h.name == "":
			putExtra(&c.Extra, h.extra, cell)
		}
	}
}

func putText(t *surveys.Text, language, s string) {
	if *t == nil {
		*t = surveys.Text{}
	}
	(*t)[language] = s
}

func putExtra(extra *map[string]string, key, s string) {
	if *extra == nil {
		*extra = map[string]string{}
	}
	(*extra)[key] = s
}

// checkTwins refuses two choices of a list under one code, unless the form
// says it means them.
func (r *reader) checkTwins() {
	if r.says("allow_choice_duplicates", "yes") {
		return
	}
	for _, l := range r.q.Lists {
		rows := map[string]int{}
		for _, c := range l.Choices {
			if first, twice := rows[c.Name]; twice {
				at := surveys.Place{Sheet: r.choices.sheet, Row: c.Row, Column: "name"}
				r.refuse(at, "xlsform.choice.twice", c.Name, l.Name, first)
				continue
			}
			rows[c.Name] = c.Row
		}
	}
}
