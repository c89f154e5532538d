package xlsform

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// readFile makes the list of one CSV file; room is how many more lines may be
// read.
func (r *reader) readFile(name string, data []byte, u *fileUse, room *int) {
	records, faults := parseCSV(data)
	for _, f := range faults {
		r.refuse(surveys.Place{Sheet: name, Row: f.row}, f.code)
	}
	if len(records) == 0 {
		if len(faults) == 0 {
			r.refuse(surveys.Place{Sheet: name}, "xlsform.csv.empty")
		}
		return
	}
	header := tidyHeader(records[0].cells)
	if *room -= len(records); *room < 0 || len(header) > maxFileColumns {
		r.refuse(surveys.Place{Sheet: name}, "xlsform.csv.size", maxFileBytes>>20, maxFileRows)
		return
	}
	if !r.checkFileHeader(name, header, u) {
		return
	}
	if u == nil {
		r.warn(surveys.Place{Sheet: name}, "xlsform.csv.unused", name)
		u = &fileUse{}
	}
	f := fileList{reader: r, list: surveys.List{Name: name}, use: u, columns: fileColumns(header, u, r.q), rows: map[string]int{}}
	for _, rec := range records[1:] {
		f.add(rec)
	}
	r.q.Lists = append(r.q.Lists, f.list)
	if !slices.Equal(header, plainHeader(r.q, &f.list, u)) {
		r.q.Sheets = append(r.q.Sheets, surveys.Sheet{Name: memoryOf(name), Rows: [][]string{header}})
	}
}

func tidyHeader(cells []string) []string {
	header, last := make([]string, len(cells)), 0
	for i, c := range cells {
		if header[i] = tidyWord(c); header[i] != "" {
			last = i + 1
		}
	}
	return header[:last]
}

// checkFileHeader tells what is wrong with the titles of a file, and reports
// whether its lines can be read.
func (r *reader) checkFileHeader(name string, header []string, u *fileUse) bool {
	before := len(r.problems)
	at := surveys.Place{Sheet: name, Row: 1}
	if len(header) == 0 {
		r.refuse(at, "xlsform.csv.empty")
	}
	for i, h := range header {
		at.Column = h
		switch first := slices.Index(header, h); {
		case h == "":
			r.refuse(surveys.Place{Sheet: name, Row: 1, Column: columnName(i)}, "xlsform.csv.untitled")
		case first < i:
			r.refuse(at, "xlsform.column.twice", h, h)
		}
	}
	if u == nil {
		return len(r.problems) == before
	}
	for _, want := range []string{u.value, u.label} {
		if want != "" && !slices.Contains(header, want) {
			r.refuse(r.place(u.by, "parameters"), "xlsform.csv.column", want, name, strings.Join(header, ", "))
		}
	}
	return len(r.problems) == before
}

// A fileList is the list of a file, being read.
type fileList struct {
	*reader
	list    surveys.List
	use     *fileUse
	columns []fileColumn
	rows    map[string]int // of each code
	faults  int
}

func (f *fileList) add(rec record) {
	if isBlank(rec.cells) {
		return
	}
	c := surveys.Choice{Row: rec.row}
	for i, cell := range rec.cells {
		cell = tidyRaw(cell)
		if i >= len(f.columns) {
			if cell != "" {
				f.fault(rec.row, "", "xlsform.csv.cells", len(rec.cells), len(f.columns))
				return
			}
			continue
		}
		f.columns[i].put(&c, cell)
	}
	f.check(&c)
	f.list.Choices = append(f.list.Choices, c)
}

func (c fileColumn) put(choice *surveys.Choice, cell string) {
	if cell == "" {
		return
	}
	if c.code {
		choice.Name = cell
	}
	if c.language != "" {
		putText(&choice.Label, c.language, cell)
	}
	if c.copied() {
		putExtra(&choice.Extra, c.header, cell)
	}
}

// check looks at a choice that people are offered; a table that is only looked
// into may repeat itself.
func (f *fileList) check(c *surveys.Choice) {
	first, twice := f.rows[c.Name]
	switch column := f.codeColumn(); {
	case !f.use.offered:
	case c.Name == "":
		f.fault(c.Row, column, "xlsform.choice.code", column)
	case twice && f.use.whole:
		f.fault(c.Row, column, "xlsform.choice.twice", c.Name, f.list.Name, first)
	case f.use.multiple && strings.ContainsAny(c.Name, " \n\t"):
		f.fault(c.Row, column, "xlsform.choice.space", c.Name)
	}
	if !twice {
		f.rows[c.Name] = c.Row
	}
}

func (f *fileList) codeColumn() string {
	for _, c := range f.columns {
		if c.code {
			return c.header
		}
	}
	return ""
}

// fault refuses a line of the file; after the first few dozens, once for all.
func (f *fileList) fault(row int, column, code string, args ...any) {
	switch f.faults++; {
	case f.faults <= maxFaults:
		f.refuse(surveys.Place{Sheet: f.list.Name, Row: row, Column: column}, code, args...)
	case f.faults == maxFaults+1:
		f.refuse(surveys.Place{Sheet: f.list.Name, Row: row}, "xlsform.csv.more", maxFaults)
	}
}

// listColumns are the columns a file's list is written in: those it came with,
// then those it gained.
func listColumns(q *surveys.Questionnaire, l *surveys.List) []fileColumn {
	u := fileUses(q)[l.Name]
	if u == nil {
		u = &fileUse{}
	}
	plain := plainHeader(q, l, u)
	memory, ok := remembered(q, memoryOf(l.Name))
	if !ok {
		return fileColumns(plain, u, q)
	}
	header := slices.Clone(memory.Rows[0])
	has := fileColumns(header, u, q)
	for i, c := range fileColumns(plain, u, q) {
		known := func(h fileColumn) bool {
			return h.header == c.header || c.code && h.code || c.language != "" && h.language == c.language
		}
		if !slices.ContainsFunc(has, known) {
			header = append(header, plain[i])
		}
	}
	return fileColumns(header, u, q)
}

// plainHeader is the header of a list nobody remembers otherwise: the code,
// the words, the other columns in order of their names.
func plainHeader(q *surveys.Questionnaire, l *surveys.List, u *fileUse) []string {
	var choices []*surveys.Choice
	for i := range l.Choices {
		choices = append(choices, &l.Choices[i])
	}
	code := "name"
	if u.value != "" {
		code = u.value
	}
	header := []string{code}
	for _, language := range languagesOf(q, choices, func(c *surveys.Choice) surveys.Text { return c.Label }) {
		switch {
		case language == surveys.NoLanguage || language == q.DefaultLanguage:
			header = append(header, orElse(u.label, "label"))
		default:
			header = append(header, "label::"+language)
		}
	}
	for _, key := range keysOf(choices, func(c *surveys.Choice) map[string]string { return c.Extra }) {
		if !slices.Contains(header, key) {
			header = append(header, key)
		}
	}
	return header
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
