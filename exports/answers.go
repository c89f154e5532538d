package exports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// limits are the rows and columns of a sheet; tests make them small.
type limits struct{ rows, columns int }

// excelLimits are those of the format.
var excelLimits = limits{rows: 1_048_576, columns: 16_384}

// headerRows come before the answers: what the sheet is, the wording, the
// titles of the table.
const headerRows = 3

// identity are the columns every raw sheet begins with.
var identity = []rawColumn{
	{"n°", "Numéro d’ordre", 9}, {"version", "Version du questionnaire", 9}, {"langue", "Langue", 10},
	{"mode", "Mode de réponse", 11}, {"semaine du", "Lundi de la semaine", 12}, {"secteur", "Secteur", 30},
}

// rawExport writes raw answers while they come.
type rawExport struct {
	book    *book
	limits  limits
	order   []*rawSurvey
	surveys map[string]*rawSurvey
	sectors map[string][]byte // cell ends by commune
	refs    []string
	row     rowXML

	day, centred, title, head, wording int // styles
}

// rawSurvey is one survey's answers: one or more sheets side by side, when
// there are more columns than a sheet has, each continued when rows run out.
type rawSurvey struct {
	survey   surveys.Survey
	versions map[int]*surveys.Form
	weigher  report.Weigher
	weighted bool
	communes []string // questions that tell it
	n        int      // answers so far
	strips   []*strip
	repeats  []*strip // the rows of each repeat, on sheets of their own
}

// all are the sheets of a survey.
func (s *rawSurvey) all() []*strip { return slices.Concat(s.strips, s.repeats) }

// strip is a set of columns and the sheet now being filled with them.
type strip struct {
	fields  []field
	columns []rawColumn
	first   bool   // holds the identity columns
	repeat  string // whose rows it holds, "" for answers
	title   string // of the repeat
	now     *part
	row     int // last written
	buf     []byte
	done    []*part
}

// answers adds the raw sheets.
func (b *book) answers(forms []Form, a *Answers) error {
	e := newRawExport(b, forms, a.Territory, excelLimits)
	if err := e.open(); err != nil {
		return err
	}
	waiting := 0
	for r, err := range a.Responses {
		if err != nil {
			return fmt.Errorf("read answers: %w", err)
		}
		if err := e.add(&r); err != nil {
			return err
		}
		if waiting++; waiting == 512 {
			b.step(waiting)
			waiting = 0
		}
	}
	b.step(waiting)
	return e.close()
}

func newRawExport(b *book, forms []Form, t surveys.Territory, l limits) *rawExport {
	e := &rawExport{book: b, limits: l, surveys: map[string]*rawSurvey{}, sectors: map[string][]byte{}}
	for _, s := range t.Sectors {
		for _, c := range s.Communes {
			e.sectors[c] = textEnd(s.Name)
		}
	}
	e.day = b.style(look{format: "dd/mm/yyyy", across: "left"})
	e.centred = b.style(look{across: "center", ink: muted})
	e.title = b.style(look{size: sizeTable, bold: true, ink: limitInk})
	e.head = b.style(look{size: 9, bold: true, fill: headFill, under: true})
	e.wording = b.style(look{size: sizeSmall, ink: muted, wrap: true, top: true})
	byID := map[string][]Form{}
	for _, f := range forms {
		if byID[f.Survey.ID] == nil {
			s := &rawSurvey{survey: f.Survey, versions: map[int]*surveys.Form{}}
			s.weigher, s.weighted = b.report.Weigher(f.Survey.ID)
			e.surveys[f.Survey.ID] = s
			e.order = append(e.order, s)
		}
		byID[f.Survey.ID] = append(byID[f.Survey.ID], f)
	}
	for _, s := range e.order {
		s.prepare(byID[s.survey.ID], l)
	}
	e.nameColumns()
	return e
}

// prepare lays the survey's columns out over as many strips as they need.
func (s *rawSurvey) prepare(forms []Form, l limits) {
	for _, f := range forms {
		s.versions[f.Version] = f.Form
		for _, q := range f.Form.Questions {
			if q.HasProfile(surveys.ProfileCommune) && !slices.Contains(s.communes, q.Name) {
				s.communes = append(s.communes, q.Name)
			}
		}
	}
	now := &strip{first: true, columns: slices.Clone(identity)}
	if s.weighted {
		now.columns = append(now.columns, rawColumn{"poids", "Poids : pour combien compte cette réponse (1 en moyenne)", 9})
	}
	s.strips = []*strip{now}
	for _, f := range fieldsOf(forms) {
		if len(now.columns)+len(f.columns) > l.columns {
			now = &strip{columns: slices.Clone(identity[:1])}
			s.strips = append(s.strips, now)
		}
		now.fields = append(now.fields, f)
		now.columns = append(now.columns, f.columns...)
	}
	s.prepareRepeats(forms)
	for _, st := range s.all() {
		taken := map[string]bool{}
		for i := range st.columns {
			st.columns[i].title = unlike(taken, cut(cleanText(st.columns[i].title), 200))
		}
	}
}

// prepareRepeats lays out a sheet for each repeat: a line a row, with the number
// of the answer it is of.
func (s *rawSurvey) prepareRepeats(forms []Form) {
	for _, f := range forms {
		languages := languagesOf(f.Form.Questionnaire)
		for _, q := range f.Form.Repeats() {
			known := slices.ContainsFunc(s.repeats, func(st *strip) bool { return st.repeat == q.Name })
			if known || len(repeatsAround(q)) > 0 {
				continue
			}
			st := &strip{repeat: q.Name, title: plainLabel(q.Label.In(languages...)), columns: []rawColumn{identity[0], {"ligne", "Numéro de la ligne dans la réponse", 9}}}
			for _, f := range rowFieldsOf(forms, q.Name) {
				st.fields = append(st.fields, f)
				st.columns = append(st.columns, f.columns...)
			}
			s.repeats = append(s.repeats, st)
		}
	}
}

func (e *rawExport) nameColumns() {
	widest := 0
	for _, s := range e.order {
		for _, st := range s.all() {
			widest = max(widest, len(st.columns))
		}
	}
	e.refs = make([]string, widest)
	for i := range e.refs {
		e.refs[i] = column(i + 1)
	}
	e.row.refs = e.refs
}

func (e *rawExport) open() error {
	for _, s := range e.order {
		for _, st := range s.all() {
			if err := e.begin(s, st); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin starts a sheet: the survey's first, or one that continues another.
func (e *rawExport) begin(s *rawSurvey, st *strip) error {
	wish := "Réponses " + strings.ToLower(s.survey.Audience.Label())
	if st.repeat != "" {
		wish = cut(st.title, 15) + " – " + strings.ToLower(s.survey.Audience.Label())
	}
	name := e.book.sheetName(cut(wish, 26))
	p, err := newPart(name)
	if err != nil {
		return err
	}
	e.book.parts = append(e.book.parts, p)
	st.now, st.row = p, headerRows
	e.row.buf = append(st.buf[:0], sheetHead(st.columns)...)
	e.row.begin(1, 24)
	e.row.text(e.about(s, st), e.title)
	e.row.end()
	e.headings(st, 2, 60, e.wording, func(c rawColumn) string { return cutWords(c.wording, 160) })
	e.headings(st, 3, 18, e.head, func(c rawColumn) string { return c.title })
	st.buf = e.row.buf
	return nil
}

func (e *rawExport) headings(st *strip, row, height, style int, text func(rawColumn) string) {
	e.row.begin(row, height)
	for _, c := range st.columns {
		e.row.text(text(c), style)
	}
	e.row.end()
}

// about is the first line of a raw sheet.
func (e *rawExport) about(s *rawSurvey, st *strip) string {
	parts := []string{"Réponses – " + s.survey.Audience.Label(), viewLabel(report.Work)}
	if e.book.report.Demo {
		parts = append(parts, report.DemoNotice)
	}
	switch {
	case len(st.done) > 0:
		parts = append(parts, fmt.Sprintf("suite de la feuille « %s »", st.done[len(st.done)-1].name))
	case st.repeat != "":
		parts = append(parts, fmt.Sprintf("%s : une ligne par élément décrit, n° de la feuille « %s »", st.title, s.strips[0].now.name))
	case !st.first:
		parts = append(parts, fmt.Sprintf("colonnes suivantes de la feuille « %s » (même n°)", s.strips[0].now.name))
	}
	return strings.Join(parts, " · ")
}

// add writes an answer on its survey's sheets.
func (e *rawExport) add(r *surveys.Response) error {
	s, ok := e.surveys[r.Survey]
	if !ok {
		return fmt.Errorf("answers: survey %q is not in the dictionary: give every version that has answers", r.Survey)
	}
	if s.versions[r.Version] == nil {
		return fmt.Errorf("answers: version %d of survey %q is not in the dictionary: give every version that has answers", r.Version, r.Survey)
	}
	s.n++
	for _, st := range s.strips {
		var identify func(*rowXML)
		if st.first {
			identify = func(x *rowXML) { e.identify(x, s, r) }
		}
		if err := e.addRow(s, st, r.Answers, identify); err != nil {
			return err
		}
	}
	for _, st := range s.repeats {
		for i, row := range r.Answers[st.repeat].Rows() {
			if err := e.addRow(s, st, row, func(x *rowXML) { x.number(float64(i+1), e.centred) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// addRow writes a line: the number of the answer, what else is known of it, then
// its fields.
func (e *rawExport) addRow(s *rawSurvey, st *strip, a surveys.Answers, identify func(*rowXML)) error {
	// The last row of a full sheet tells where the answers go on.
	if st.row+1 >= e.limits.rows || st.now.raw > maxPart {
		if err := e.goOn(s, st); err != nil {
			return err
		}
	}
	st.row++
	x := &e.row
	x.buf = st.buf
	x.begin(st.row, 0)
	x.number(float64(s.n), e.centred)
	if identify != nil {
		identify(x)
	}
	for i := range st.fields {
		f := &st.fields[i]
		f.write(x, a[f.name], e.day)
	}
	x.end()
	st.buf = x.buf
	if len(st.buf) > partBuffer {
		st.buf = st.now.hand(st.buf)
	}
	return nil
}

// identify writes what is known of an answer apart from its answers: the
// week and never the day, the sector and never the commune.
func (e *rawExport) identify(x *rowXML, s *rawSurvey, r *surveys.Response) {
	x.number(float64(r.Version), e.centred)
	x.text(r.Language, 0)
	x.text(string(r.Mode), 0)
	if d, err := time.Parse(time.DateOnly, string(r.Day)); err == nil {
		x.number(serial(monday(d)), e.day)
	} else {
		x.skip(1)
	}
	var sector []byte
	for _, name := range s.communes {
		if sector == nil {
			sector = e.sectors[r.Answers[name].Text()]
		}
	}
	x.made(sector)
	if s.weighted {
		x.number(s.weigher.Of(s.versions[r.Version], r.Answers), 0)
	}
}

// monday is the first day of an ISO 8601 week.
func monday(d time.Time) time.Time {
	return d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
}

// goOn closes a full sheet and begins the next.
func (e *rawExport) goOn(s *rawSurvey, st *strip) error {
	full := st.now
	full.rows = st.row
	st.done = append(st.done, full)
	tail := st.buf
	st.buf = nil
	row := st.row + 1
	if err := e.begin(s, st); err != nil {
		return err
	}
	x := &rowXML{buf: tail, refs: e.refs}
	x.begin(row, 0)
	x.text(fmt.Sprintf("Suite : feuille « %s ».", st.now.name), e.title)
	x.end()
	full.hand(x.buf)
	return full.end()
}

// close ends every sheet and gives each its place in the workbook.
func (e *rawExport) close() error {
	for _, s := range e.order {
		for i, st := range s.all() {
			st.now.hand(st.buf)
			st.now.rows = st.row
			if err := st.now.end(); err != nil {
				return err
			}
			for _, p := range append(st.done, st.now) {
				e.stub(p, st)
			}
			e.list(s, st, i)
		}
	}
	return e.book.err
}

// list tells the contents of the sheets of a strip.
func (e *rawExport) list(s *rawSurvey, st *strip, i int) {
	for j, p := range append(st.done, st.now) {
		says := fmt.Sprintf("Réponses brutes (%s), une par ligne : codes et libellés. Diffusion restreinte.", thousands(s.n))
		switch {
		case st.repeat != "" && j == 0:
			says = st.title + " : une ligne par élément décrit."
		case j > 0 || i > 0:
			says = "Suite des réponses."
		}
		e.book.list(p.name, says)
	}
}

// stub makes the sheet that stands for a part until the file is written: its
// table, its printing. Its rows are replaced.
func (e *rawExport) stub(p *part, st *strip) {
	b := e.book
	b.keep1(b.file.NewSheet(p.name))
	for id, name := range b.file.GetSheetMap() {
		if name == p.name {
			p.path = fmt.Sprintf("xl/worksheets/sheet%d.xml", id)
		}
	}
	for i, c := range st.columns {
		b.keep(b.file.SetCellStr(p.name, cell(i+1, headerRows), c.title))
	}
	last := max(p.rows, headerRows+1)
	b.excelTable(p.name, fmt.Sprintf("A%d:%s", headerRows, cell(len(st.columns), last)), p.name, "TableStyleLight1")
	b.pageSetup(p.name, "landscape", 0)
	b.define("_xlnm.Print_Titles", fmt.Sprintf("%s!$A:$A,%s!$1:$%d", quoted(p.name), quoted(p.name), headerRows), p.name)
}

// sheetHead is a raw sheet up to its first row: the tab, the frozen header,
// the widths.
func sheetHead(columns []rawColumn) []byte {
	var s strings.Builder
	s.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheetPr><tabColor rgb="FF` + limitInk + `"/></sheetPr>` +
		`<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="3" topLeftCell="B4" activePane="bottomRight" state="frozen"/>` +
		`<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="B4" sqref="B4"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultRowHeight="13.5"/><cols>`)
	for i, c := range columns {
		fmt.Fprintf(&s, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, c.width)
	}
	s.WriteString(`</cols><sheetData>`)
	return []byte(s.String())
}
