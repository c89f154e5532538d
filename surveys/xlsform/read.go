package xlsform

import (
	"cmp"
	"slices"
	"strings"

	"diapason/surveys"
)

// ReadRows reads a questionnaire from worksheets already turned into text
// cells. It returns what it could read, never nil, and every problem found;
// the questionnaire is only worth keeping when none of them refuses.
func ReadRows(sheets []surveys.Sheet, files ...File) (*surveys.Questionnaire, surveys.Problems) {
	r := &reader{q: &surveys.Questionnaire{}, sheets: map[string]surveys.Sheet{}}
	r.pickSheets(sheets)
	r.readSettings()
	r.readChoices()
	r.readSurvey()
	r.readExternal()
	r.readFiles(files)
	r.checkSurvey()
	r.rememberSheets()
	r.sortProblems()
	return r.q, r.problems
}

// rememberSheets keeps how the sheets that were read are laid out.
func (r *reader) rememberSheets() {
	ends := r.ends
	if !r.unusualEnd {
		ends = nil
	}
	kept := r.q.Sheets
	r.q.Sheets = nil
	r.remember(r.survey, surveySheet, headers(surveyOutlets(r.q)), ends)
	r.remember(r.choices, choicesSheet, headers(choiceOutlets(r.q, listsIn(r.q, choicesSheet))), nil)
	r.remember(r.settings, settingsSheet, headers(settingsOutlets(r.q)), nil)
	r.remember(r.external, externalSheet, headers(choiceOutlets(r.q, listsIn(r.q, externalSheet))), nil)
	r.q.Sheets = append(r.q.Sheets, kept...)
}

// sortProblems puts the problems in the order somebody mends them: sheet by
// sheet, from the top.
func (r *reader) sortProblems() {
	order := map[string]int{"": 0, r.survey.sheet: 1, r.choices.sheet: 2}
	rank := func(p surveys.Problem) int {
		if n, ok := order[p.Place.Sheet]; ok {
			return n
		}
		return len(order)
	}
	slices.SortStableFunc(r.problems, func(a, b surveys.Problem) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Place.Row, b.Place.Row))
	})
}

// A reader holds one reading: what is made and what was found wrong.
type reader struct {
	q        *surveys.Questionnaire
	problems surveys.Problems
	sheets   map[string]surveys.Sheet // the read ones, by canonical name
	said     map[string]bool          // warnings told once

	survey, choices, settings, external table
	// Names of the lists of the sheets choices and external_choices.
	inChoices, outside []string
	// Rows that end sections, and whether one says more than that.
	ends       map[int][]string
	unusualEnd bool
}

const (
	surveySheet   = "survey"
	choicesSheet  = "choices"
	settingsSheet = "settings"
	externalSheet = "external_choices"
	entitiesSheet = "entities"
)

// pickSheets tells the sheets that are read from those that are kept. A lone
// sheet is the survey whatever its name.
func (r *reader) pickSheets(sheets []surveys.Sheet) {
	if len(sheets) == 1 && canonicalSheet(sheets[0].Name) == "" {
		r.sheets[surveySheet] = sheets[0]
		return
	}
	for _, s := range sheets {
		name := canonicalSheet(s.Name)
		_, taken := r.sheets[name]
		switch {
		case name == "":
			r.q.Sheets = append(r.q.Sheets, s)
		case taken:
			r.refuse(surveys.Place{Sheet: s.Name}, "xlsform.sheet.twice", name)
		default:
			r.sheets[name] = s
		}
	}
	r.checkSheets()
}

func canonicalSheet(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case surveySheet, choicesSheet, settingsSheet, externalSheet, entitiesSheet:
		return name
	}
	return ""
}

func (r *reader) checkSheets() {
	if _, ok := r.sheets[surveySheet]; !ok {
		r.refuseMissing(surveys.Place{}, surveySheet, "xlsform.sheet.survey")
	}
	if _, ok := r.sheets[entitiesSheet]; ok {
		r.refuse(surveys.Place{Sheet: r.sheets[entitiesSheet].Name}, "xlsform.entities")
	}
	if _, ok := r.sheets[settingsSheet]; !ok {
		if near := r.nearSheet(settingsSheet); near != "" {
			r.warn(surveys.Place{Sheet: near}, "xlsform.sheet.near", near, settingsSheet)
		}
	}
}

// refuseMissing refuses a workbook without a sheet it needs, naming the one
// that looks like it.
func (r *reader) refuseMissing(at surveys.Place, sheet, code string, args ...any) {
	if near := r.nearSheet(sheet); near != "" {
		r.refuse(at, "xlsform.sheet.guess", sheet, near, sheet)
		return
	}
	r.refuse(at, code, args...)
}

func (r *reader) nearSheet(sheet string) string {
	var names []string
	for _, s := range r.q.Sheets {
		if !strings.HasPrefix(s.Name, "_") {
			names = append(names, s.Name)
		}
	}
	return closest(sheet, names)
}

// open makes the table of a sheet and tells what is wrong with its header.
func (r *reader) open(sheet string, v vocabulary, required ...string) table {
	s, ok := r.sheets[sheet]
	if !ok {
		return table{sheet: sheet}
	}
	t := newTable(s, v)
	at := surveys.Place{Sheet: t.sheet, Row: 1}
	for _, name := range required {
		if !t.has(name) {
			r.refuse(at, "xlsform.column.missing", name)
		}
	}
	r.checkHeadings(t, v)
	return t
}

func (r *reader) checkHeadings(t table, v vocabulary) {
	seen := map[heading]string{}
	for i, h := range t.headings {
		at := surveys.Place{Sheet: t.sheet, Row: 1, Column: h.written}
		if h.written == "" {
			r.warnUntitled(t, i)
			continue
		}
		meaning := heading{name: h.name, language: h.language, extra: h.extra}
		if first, twice := seen[meaning]; twice {
			r.refuse(at, "xlsform.column.twice", first, h.written)
		}
		seen[meaning] = h.written
		r.warnHeading(t, i, v)
	}
}

// warnHeading tells about a column that is kept and not read, when somebody
// may believe it is.
func (r *reader) warnHeading(t table, i int, v vocabulary) {
	h := t.headings[i]
	if h.name == "guidance_hint" && t.filled(i) {
		r.warn(surveys.Place{Sheet: t.sheet, Row: 1, Column: h.written}, "xlsform.column.guidance", h.written)
	}
	if h.name != "" || !t.filled(i) {
		return
	}
	at := surveys.Place{Sheet: t.sheet, Row: 1, Column: h.written}
	base, _, _ := strings.Cut(h.extra, "::")
	if v.foreign == nil {
		return // settings: see warnSettings
	}
	if _, foreign := v.foreign[base]; foreign || rawAttribute(h.extra) {
		if code := columnSentences[normal(base)]; code != "" {
			r.warn(at, code, h.written)
		}
		return
	}
	var known []string
	for alias := range v.aliases {
		known = append(known, alias)
	}
	slices.Sort(known)
	if guess := closest(normal(base), known); guess != "" {
		r.warn(at, "xlsform.column.near", h.written, guess)
	}
}

// rawAttribute reports whether a column writes straight into the form an
// application reads.
func rawAttribute(header string) bool {
	base, _, ok := strings.Cut(header, "::")
	return ok && (normal(base) == "bind" || normal(base) == "body" || normal(base) == "instance")
}

func (r *reader) warnUntitled(t table, i int) {
	for _, row := range t.rows {
		if strings.TrimSpace(row.cell(i)) != "" {
			r.warn(surveys.Place{Sheet: t.sheet, Row: row.number}, "xlsform.column.untitled")
			return
		}
	}
}

func (t table) filled(i int) bool {
	for _, row := range t.rows {
		if strings.TrimSpace(row.cell(i)) != "" {
			return true
		}
	}
	return false
}

// once reports whether a warning under this key has not been told yet.
func (r *reader) once(key string) bool {
	if r.said == nil {
		r.said = map[string]bool{}
	}
	first := !r.said[key]
	r.said[key] = true
	return first
}
