package xlsform

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// What an author laid out and no field of a questionnaire holds (the order of
// the columns, empty ones, lines of comments, ends of sections) is remembered
// in Questionnaire.Sheets, under the name of the sheet it belongs to: its
// first row is the header, the others hold, in their place, the cells nobody
// read. Written again, a workbook has its cells where they were.

// memoryOf is the name under which the header of a file is remembered. No
// sheet of a workbook can have it.
func memoryOf(file string) string { return "[" + file + "]" }

// remembered returns what is remembered of a sheet or a file.
func remembered(q *surveys.Questionnaire, name string) (surveys.Sheet, bool) {
	for _, s := range q.Sheets {
		if s.Name == name && len(s.Rows) > 0 {
			return s, true
		}
	}
	return surveys.Sheet{}, false
}

// isMemory reports whether an entry of Questionnaire.Sheets is not a sheet of
// its own.
func isMemory(name string) bool {
	return canonicalSheet(name) != "" || strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]")
}

// remember keeps what is worth it of a table: nothing, when writing it anew
// gives the same.
func (r *reader) remember(t table, sheet string, plain []string, ends map[int][]string) {
	if t.sheet == "" || len(t.headings) == 0 {
		return
	}
	header := t.header()
	rows := [][]string{header}
	for _, row := range t.rows {
		unread := t.unread(row)
		if cells, ok := ends[row.number]; ok {
			unread = cells
		}
		if unread = trimmed(unread); unread != nil {
			rows = append(rows, make([][]string, max(0, row.number-1-len(rows)))...)
			rows = append(rows, unread)
		}
	}
	if len(rows) > 1 || len(t.rows) == 0 || !slices.Equal(header, plain) {
		r.q.Sheets = append(r.q.Sheets, surveys.Sheet{Name: sheet, Rows: rows})
	}
}

// header is the header of a table as it is written again: as it was, but for
// the single colons of old forms.
func (t table) header() []string {
	header := make([]string, len(t.headings))
	for i, h := range t.headings {
		header[i] = h.written
		if t.separator == ":" && (h.language != "" || strings.Contains(h.extra, "::")) {
			header[i] = strings.ReplaceAll(h.written, ":", "::")
		}
	}
	return header
}

// unread are the cells of a row that no column of the questionnaire holds: all
// of them when the row is not an item, those without a title otherwise.
func (t table) unread(r row) []string {
	if t.skipped[r.number] {
		cells := make([]string, len(r.cells))
		for i, c := range r.cells {
			cells[i] = tidyRaw(c)
		}
		return cells
	}
	var cells []string
	for i, c := range r.cells {
		if i < len(t.headings) && t.headings[i].written != "" || tidyRaw(c) == "" {
			continue
		}
		cells = append(cells, make([]string, i-len(cells))...)
		cells = append(cells, tidyRaw(c))
	}
	return cells
}

// trimmed is a row without the blank cells at its end, nil when all are.
func trimmed(cells []string) []string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return nil
	}
	return cells
}

// A plan is how a sheet is written: its columns, and the cells to put back in
// them, by row.
type plan[T any] struct {
	outlets []outlet[T]
	memory  map[int][]string
}

// arrange puts outlets in the order the author had them; columns that came
// since follow those they usually follow.
func arrange[T any](q *surveys.Questionnaire, sheet string, v vocabulary, outlets []outlet[T]) plan[T] {
	for i := range outlets {
		outlets[i].id = outlets[i].header
	}
	memory, ok := remembered(q, sheet)
	if !ok {
		return plan[T]{outlets: outlets}
	}
	before, meant := understood(memory.Rows[0], v, q), understood(headers(outlets), v, q)
	arranged, at, used := make([]outlet[T], 0, len(before)), make([]int, len(before)), map[heading]bool{}
	for i, h := range before {
		o, ok := laidColumn(q, h, outlets, meant, used)
		if at[i] = -1; ok {
			o.header = memory.Rows[0][i]
			at[i], arranged = len(arranged), append(arranged, o)
		}
	}
	arranged = addNew(arranged, at, outlets, meant, used)
	if !sameMeanings(q, v, arranged, outlets, meant) {
		return plan[T]{outlets: outlets}
	}
	return plan[T]{outlets: arranged, memory: moved(memory.Rows, at, len(arranged))}
}

// laidColumn is the outlet under a remembered header: the one that means the
// same, or a blank one for a column without any cell. There is none for a
// language that is no more.
func laidColumn[T any](q *surveys.Questionnaire, h heading, outlets []outlet[T], meant []heading, used map[heading]bool) (outlet[T], bool) {
	blank := outlet[T]{id: orElse(h.extra, h.written), width: 16, cell: func(*T) string { return "" }}
	if h.written == "" {
		return blank, true
	}
	if match := slices.IndexFunc(meant, h.same); match >= 0 {
		twice := used[h.meaning()]
		used[h.meaning()] = true
		return outlets[match], !twice
	}
	return blank, h.language == "" || slices.Contains(q.Languages, h.language)
}

// addNew inserts the outlets nobody remembers, each after the one it follows
// in the usual order; at is kept in step.
func addNew[T any](arranged []outlet[T], at []int, outlets []outlet[T], meant []heading, used map[heading]bool) []outlet[T] {
	place := 0
	for i, o := range outlets {
		if used[meant[i].meaning()] {
			for j := range arranged {
				if arranged[j].id == o.id {
					place = j + 1
				}
			}
			continue
		}
		arranged = slices.Insert(arranged, place, o)
		for j := range at {
			if at[j] >= place {
				at[j]++
			}
		}
		place++
	}
	return arranged
}

// sameMeanings reports whether every outlet is still read as what it is among
// the headers it now has around it.
func sameMeanings[T any](q *surveys.Questionnaire, v vocabulary, arranged, outlets []outlet[T], meant []heading) bool {
	now := understood(headers(arranged), v, q)
	for i, o := range outlets {
		j := slices.IndexFunc(arranged, func(a outlet[T]) bool { return a.id == o.id })
		if j < 0 || j >= len(now) || !now[j].same(meant[i]) {
			return false
		}
	}
	return true
}

// laidLanguages are the languages that some column of an author's layout says,
// or some choice; none without a layout, which always has one more: "".
func laidLanguages(q *surveys.Questionnaire) map[string]bool {
	said := map[string]bool{}
	layout, ok := remembered(q, surveySheet)
	if !ok {
		return said
	}
	headings := understood(layout.Rows[0], surveyVocabulary(), q)
	if choices, ok := remembered(q, choicesSheet); ok {
		headings = append(headings, understood(choices.Rows[0], choicesVocabulary(), q)...)
	}
	for _, h := range headings {
		said[h.language] = true
	}
	for _, l := range listsIn(q, choicesSheet) {
		for _, c := range l.Choices {
			for language := range c.Label {
				said[language] = true
			}
		}
	}
	return said
}

// understood reads headers as the reader would.
func understood(header []string, v vocabulary, q *surveys.Questionnaire) []heading {
	t := newTable(surveys.Sheet{Rows: [][]string{header}}, v)
	t.adoptLanguage(q.DefaultLanguage, v)
	return t.headings
}

func (h heading) meaning() heading {
	return heading{name: h.name, language: h.language, extra: h.extra}
}

func (h heading) same(other heading) bool { return h.meaning() == other.meaning() }

// moved is the remembered cells in the columns they now have, by row: at says
// where the columns with a header went, the others follow the last of all.
func moved(rows [][]string, at []int, columns int) map[int][]string {
	memory := map[int][]string{}
	for i, cells := range rows[1:] {
		var now []string
		for j, cell := range cells {
			if cell == "" {
				continue
			}
			to := columns + j - len(at)
			if j < len(at) {
				to = at[j]
			}
			if to >= 0 {
				now = append(now, make([]string, max(0, to+1-len(now)))...)
				now[to] = cell
			}
		}
		if now != nil {
			memory[i+2] = now
		}
	}
	return memory
}
