package xlsform

import (
	"diapason/surveys"
)

// readChoices reads the choices sheet into lists, in the order they begin.
func (r *reader) readChoices() {
	r.choices = r.openChoices(choicesSheet)
	for _, row := range r.choices.rows {
		r.readChoice(r.choices, row)
	}
	for _, l := range r.q.Lists {
		r.inChoices = append(r.inChoices, l.Name)
	}
	r.checkTwins()
}

// openChoices opens a sheet of choices; without the columns it needs it has no
// rows.
func (r *reader) openChoices(name string) table {
	v := choicesVocabulary()
	var required []string
	if sheet, ok := r.sheets[name]; ok && len(sheet.Rows) > 0 {
		required = []string{"list_name", "name"}
	}
	t := r.open(name, v, required...)
	t.adoptLanguage(r.q.DefaultLanguage, v)
	if !t.has("list_name") || !t.has("name") {
		t.rows = nil
	}
	return t
}

func (r *reader) readChoice(t table, row row) {
	list, column := t.find(row, "list_name")
	at := surveys.Place{Sheet: t.sheet, Row: row.number, Column: column}
	if list == "" {
		t.skipped[row.number] = true
		r.warn(at, "xlsform.choice.list")
		return
	}
	if isFile(list) && r.once("file "+list) {
		r.refuse(at, "xlsform.choice.file", list)
	}
	c := surveys.Choice{Row: row.number}
	c.Name, at.Column = t.find(row, "name")
	if c.Name == "" {
		r.refuse(at, "xlsform.choice.name")
		return
	}
	t.fillChoice(&c, row)
	if c.Label.Empty() && c.Extra["image"] == "" {
		r.warn(surveys.Place{Sheet: t.sheet, Row: row.number, Column: t.labelColumn()}, "xlsform.choice.label", c.Name)
	}
	l, ok := r.q.List(list)
	if !ok {
		r.q.Lists = append(r.q.Lists, surveys.List{Name: list})
		l = &r.q.Lists[len(r.q.Lists)-1]
	}
	l.Choices = append(l.Choices, c)
}

// labelColumn is the title of the first column of words.
func (t table) labelColumn() string {
	for _, h := range t.headings {
		if h.name == "label" {
			return h.written
		}
	}
	return "label"
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
