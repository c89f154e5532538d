package xlsform

import (
	"encoding/csv"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

// Limits of the files that go with a workbook, all together.
const (
	maxFileRows    = 200_000
	maxFileColumns = 200
)

// A fileUse is what a questionnaire wants from one file.
type fileUse struct {
	by           *surveys.Item // the first that names it
	value, label string        // its columns for the code and the words; "" for name and label
	offered      bool          // as choices
	whole        bool          // as choices, without a filter
	multiple     bool
	pulled       bool // by pulldata(), or as an instance
}

// fileUses lists the files a questionnaire names.
func fileUses(q *surveys.Questionnaire) map[string]*fileUse {
	uses := map[string]*fileUse{}
	use := func(name string, item *surveys.Item) *fileUse {
		if uses[name] == nil {
			uses[name] = &fileUse{by: item}
		}
		return uses[name]
	}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		switch item.Kind {
		case "select_one_from_file", "select_multiple_from_file":
			u := use(item.List, item)
			u.offered = true
			u.whole = u.whole || item.ChoiceFilter == ""
			u.multiple = u.multiple || item.Kind == "select_multiple_from_file"
			if u.value == "" && u.label == "" {
				u.value, u.label = item.Parameters["value"], item.Parameters["label"]
			}
		case "csv-external":
			use(item.Name+".csv", item).pulled = true
		case "xml-external":
			use(item.Name+".xml", item).pulled = true
		}
		for _, table := range pulled(item) {
			use(table+".csv", item).pulled = true
		}
	})
	return uses
}

var pulldata = regexp.MustCompile(`pulldata\(\s*(?:'([^']+)'|"([^"]+)")`)

// pulled lists the tables an item's expressions look into, without ".csv".
func pulled(item *surveys.Item) []string {
	var tables []string
	for _, source := range []string{
		item.Calculation, item.Relevant, item.Constraint, item.Required, item.Default, item.ReadOnly, item.ChoiceFilter, item.RepeatCount,
	} {
		for _, m := range pulldata.FindAllStringSubmatch(source, -1) {
			tables = append(tables, strings.TrimSuffix(m[1]+m[2], ".csv"))
		}
	}
	return tables
}

// readFiles makes a list of each CSV file, under the file's name.
func (r *reader) readFiles(files []File) {
	uses, given := fileUses(r.q), []string{}
	room, rows := int64(maxFileBytes), maxFileRows
	for _, f := range files {
		name := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
		at := surveys.Place{Sheet: name}
		if slices.Contains(given, name) {
			r.refuse(at, "xlsform.csv.twice", name)
			continue
		}
		given = append(given, name)
		if !isFile(name) {
			r.warn(at, "xlsform.csv.other", name)
			continue
		}
		data, err := io.ReadAll(io.LimitReader(f.Content, room+1))
		if room -= int64(len(data)); err != nil || room < 0 {
			r.refuse(at, "xlsform.csv.size", maxFileBytes>>20, maxFileRows)
			return
		}
		r.readFile(name, data, uses[name], &rows)
	}
	r.checkFiles(uses, given)
}

// checkFiles tells which files are named and not there: the questionnaire
// lives without them, and somebody should know what it lives without.
func (r *reader) checkFiles(uses map[string]*fileUse, given []string) {
	for _, name := range slices.Sorted(maps.Keys(uses)) {
		u := uses[name]
		if slices.Contains(given, name) || u.offered && !dataFile(name) { // refused by its type
			continue
		}
		column, code, args := "type", "xlsform.csv.missing", []any{name, u.by.Name}
		switch guess := closest(name, given); {
		case guess != "":
			code, args = "xlsform.csv.guess", []any{name, guess, name}
		case path.Ext(name) != ".csv":
			code = "xlsform.csv.format"
		case !u.offered:
			code = "xlsform.csv.pulldata"
			if u.by.Name+".csv" != name {
				column = "calculation"
			}
		}
		r.warn(r.place(u.by, column), code, args...)
	}
}

// A fileColumn is a column of a CSV file and what it is to its choices.
type fileColumn struct {
	header   string
	code     bool
	language string // of a label, "" for none
}

// copied reports whether the column is also kept under its own header, by
// which filters and pulldata() ask for it.
func (c fileColumn) copied() bool {
	return c.code && c.header != "name" || c.language != "" && normal(c.header) != "label" && !strings.Contains(c.header, "::") ||
		!c.code && c.language == ""
}

// fileColumns understands the header of a CSV file: its code is the column the
// question names, or "name", or SurveyCTO's "name_key", or the first.
func fileColumns(header []string, u *fileUse, q *surveys.Questionnaire) []fileColumn {
	code, label := "name", "label"
	if u != nil && u.value != "" {
		code = u.value
	}
	if u != nil && u.label != "" {
		label = u.label
	}
	for _, other := range []string{"name_key", header[0]} {
		if !slices.Contains(header, code) {
			code = other
		}
	}
	columns := make([]fileColumn, len(header))
	for i, h := range header {
		base, language, translated := strings.Cut(h, "::")
		switch {
		case h == code:
			columns[i] = fileColumn{header: h, code: true}
		case h == label:
			columns[i] = fileColumn{header: h, language: plainLanguage(header, q)}
		case translated && base == "label" && language != "":
			columns[i] = fileColumn{header: h, language: language}
		default:
			columns[i] = fileColumn{header: h}
		}
	}
	return columns
}

// plainLanguage is the language of a label without one: the form's default,
// unless a column says that already.
func plainLanguage(header []string, q *surveys.Questionnaire) string {
	if q.DefaultLanguage == "" || slices.Contains(header, "label::"+q.DefaultLanguage) {
		return surveys.NoLanguage
	}
	return q.DefaultLanguage
}

// writeCSV writes the list of a file as it came, its columns in their order.
func writeCSV(w io.Writer, q *surveys.Questionnaire, l *surveys.List) error {
	rows := fileRows(q, l)
	if _, err := io.WriteString(w, headerLine(rows[0])); err != nil {
		return err
	}
	return csv.NewWriter(w).WriteAll(rows[1:])
}

// headerLine is the first line of a file, quoted so that nobody takes what is
// in a title for what parts the titles.
func headerLine(titles []string) string {
	quoted := slices.Clone(titles)
	for i, title := range titles {
		if strings.ContainsAny(title, ",;\t\" \n\ufeff=") {
			quoted[i] = `"` + strings.ReplaceAll(title, `"`, `""`) + `"`
		}
	}
	return strings.Join(quoted, ",") + "\n"
}

// fileRows are the lines of a file, its header first.
func fileRows(q *surveys.Questionnaire, l *surveys.List) [][]string {
	columns := listColumns(q, l)
	rows := make([][]string, 1, len(l.Choices)+1)
	for _, c := range columns {
		rows[0] = append(rows[0], c.header)
	}
	for i := range l.Choices {
		row := make([]string, len(columns))
		for j, c := range columns {
			row[j] = c.cell(&l.Choices[i])
		}
		rows = append(rows, row)
	}
	return rows
}

func (c fileColumn) cell(choice *surveys.Choice) string {
	switch {
	case c.code:
		return choice.Name
	case c.language != "":
		return choice.Label[c.language]
	}
	return choice.Extra[c.header]
}
