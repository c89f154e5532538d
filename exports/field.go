package exports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"diapason/surveys"
)

// A field is the columns that one question, or one repeat, has on the raw
// sheets.
type field struct {
	name    string
	about   *surveys.Question // the newest; of a repeat, the first inside
	form    *surveys.Form     // it is in
	shape   shape
	columns []rawColumn
	choices map[string]int // code → position in made, and column of a multiple
	made    []madeChoice
	ranks   int
}

// rawColumn is a column as its two header rows name it.
type rawColumn struct {
	title   string
	wording string
	width   float64
}

// madeChoice is a choice as its cells are written, made once.
type madeChoice struct {
	code, text string // as the questionnaire spells them
	codeEnd    []byte
	labelEnd   []byte
}

// shape is how the answer to a question is spread over columns.
type shape uint8

const (
	plainShape    shape = iota // one column: text, number
	dayShape                   // one column: a date
	singleShape                // code and label
	multipleShape              // 0 or 1 for each choice
	rankShape                  // code and label for each rank
	rowsShape                  // one column: the rows of a repeat as text
)

// maxSpread is how many choices are given a column each; a longer list is
// written as codes in one column.
const maxSpread = 500

// fieldsOf lists the fields of a survey over its versions, the newest first;
// what only an older version asked comes after. The commune is left out: the
// sector stands for it.
func fieldsOf(forms []Form) []field { return fieldsBy(forms, newField) }

// rowFieldsOf lists the fields of the rows of a repeat. A repeat in it is left
// out: its rows are in the text of the whole.
func rowFieldsOf(forms []Form, repeat string) []field {
	return fieldsBy(forms, func(q *surveys.Question, languages []string) field {
		if in := repeatsAround(q); len(in) == 1 && in[0].Name == repeat {
			return ownField(q, languages)
		}
		return field{}
	})
}

// fieldsBy lists the fields a function makes of questions; one without a name is
// none.
func fieldsBy(forms []Form, of func(q *surveys.Question, languages []string) field) []field {
	newest := slices.SortedStableFunc(slices.Values(forms), func(a, b Form) int { return b.Version - a.Version })
	var fields []field
	index := map[string]int{}
	for _, f := range newest {
		languages := languagesOf(f.Form.Questionnaire)
		for _, q := range f.Form.Questions {
			if q.Kind.Answer() == surveys.Blank || q.HasProfile(surveys.ProfileCommune) {
				continue
			}
			fresh := of(q, languages)
			if fresh.name == "" {
				continue
			}
			fresh.about, fresh.form = q, f.Form
			if at, known := index[fresh.name]; known {
				fields[at].learn(fresh)
				continue
			}
			index[fresh.name] = len(fields)
			fields = append(fields, fresh)
		}
	}
	for i := range fields {
		fields[i].spread()
	}
	return fields
}

// repeatsAround are the repeats a question is in, the outermost first.
func repeatsAround(q *surveys.Question) []*surveys.Item {
	return slices.DeleteFunc(slices.Clone(q.Sections), func(s *surveys.Item) bool { return s.Kind != surveys.Repeat })
}

func newField(q *surveys.Question, languages []string) field {
	if in := repeatsAround(q); len(in) > 0 {
		wording := plainLabel(in[0].Label.In(languages...))
		return field{name: in[0].Name, shape: rowsShape, columns: []rawColumn{{in[0].Name, wording, 50}}}
	}
	return ownField(q, languages)
}

func ownField(q *surveys.Question, languages []string) field {
	f := field{name: q.Name, shape: shapeOf(q), choices: map[string]int{}}
	f.columns = []rawColumn{{title: q.Name, wording: plainLabel(q.Label.In(languages...)), width: 12}}
	f.ranks = len(q.Choices)
	if q.Limit > 0 {
		f.ranks = min(q.Limit, f.ranks)
	}
	for _, c := range q.Choices {
		f.choice(c.Name, plainLabel(c.Label.In(languages...)))
	}
	return f
}

func shapeOf(q *surveys.Question) shape {
	switch q.Kind {
	case surveys.SelectOne:
		return singleShape
	case surveys.Rank:
		return rankShape
	case surveys.Date:
		return dayShape
	case surveys.SelectMultiple:
		if len(q.Choices) <= maxSpread {
			return multipleShape
		}
	}
	return plainShape
}

func (f *field) choice(code, label string) {
	if _, known := f.choices[code]; known {
		return
	}
	f.choices[code] = len(f.made)
	f.made = append(f.made, madeChoice{code, label, textEnd(code), textEnd(label)})
}

// learn adds what an older version of the same question offered.
func (f *field) learn(older field) {
	if f.shape == rowsShape {
		return
	}
	f.ranks = max(f.ranks, older.ranks)
	for _, c := range older.made {
		f.choice(c.code, c.text)
	}
}

// spread lays the columns out once every choice is known.
func (f *field) spread() {
	wording := f.columns[0].wording
	switch f.shape {
	case plainShape:
		f.columns[0].width = 24
	case singleShape:
		f.columns = append(f.columns, rawColumn{f.name + " (libellé)", "", 28})
	case multipleShape:
		f.columns = f.columns[:0]
		for _, c := range f.made {
			f.columns = append(f.columns, rawColumn{f.name + "/" + c.code, wording + " — " + c.text, 14})
		}
	case rankShape:
		f.columns = f.columns[:0]
		for i := range f.ranks {
			title := fmt.Sprintf("%s/rang %d", f.name, i+1)
			f.columns = append(f.columns,
				rawColumn{title, fmt.Sprintf("%s — rang %d", wording, i+1), 12}, rawColumn{title + " (libellé)", "", 28})
		}
	}
}

// write writes the cells of an answer.
func (f *field) write(x *rowXML, v surveys.Value, day int) {
	end := x.col + len(f.columns)
	switch {
	case v.IsBlank():
	case f.shape == singleShape && v.Kind() == surveys.TextAnswer:
		f.writeChoice(x, v.Text())
	case f.shape == multipleShape && v.Kind() == surveys.CodesAnswer:
		f.writeSet(x, v.Codes())
	case f.shape == rankShape && v.Kind() == surveys.CodesAnswer:
		for _, code := range v.Codes()[:min(f.ranks, len(v.Codes()))] {
			f.writeChoice(x, code)
		}
	case f.shape == dayShape:
		if d, err := time.Parse(time.DateOnly, v.Text()); err == nil {
			x.number(serial(d), day)
			break
		}
		x.text(v.Text(), 0)
	case v.Kind() == surveys.NumberAnswer:
		x.number(v.Number(), 0)
	default:
		x.text(inWords(v), 0)
	}
	x.col = end
}

func (f *field) writeChoice(x *rowXML, code string) {
	if i, known := f.choices[code]; known {
		x.made(f.made[i].codeEnd)
		x.made(f.made[i].labelEnd)
		return
	}
	x.text(code, 0)
	x.skip(1)
}

// writeSet writes a column for each choice, 1 when it was chosen.
func (f *field) writeSet(x *rowXML, codes []string) {
	for i := range f.made {
		x.bit(slices.Contains(codes, f.made[i].code))
	}
}

// inWords is an answer in one text.
func inWords(v surveys.Value) string {
	switch v.Kind() {
	case surveys.TextAnswer:
		return v.Text()
	case surveys.NumberAnswer:
		return fmt.Sprint(v.Number())
	case surveys.CodesAnswer:
		return strings.Join(v.Codes(), " ")
	}
	var rows []string
	for i, row := range v.Rows() {
		var parts []string
		for _, name := range row.Names() {
			parts = append(parts, name+" : "+inWords(row[name]))
		}
		rows = append(rows, fmt.Sprintf("%d) %s", i+1, strings.Join(parts, " ; ")))
	}
	return strings.Join(rows, "\n")
}

// serial is a day as spreadsheets count them.
func serial(t time.Time) float64 {
	return float64(t.Unix()/86400 + 25569)
}
