package xlsform

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

// Excel keeps this many UTF-16 units in a cell and drops the rest unsaid.
const maxCellUnits = 32_767

// Write writes a questionnaire as an .xlsx workbook that [Read] reads back
// equal, row numbers aside: survey, choices, settings, then the sheets nobody
// here reads. It fails when a text is longer than a cell can hold or a sheet's
// name is not one Excel takes.
func Write(w io.Writer, q *surveys.Questionnaire) error {
	f := excelize.NewFile()
	defer f.Close()
	book := &workbook{file: f}
	for i, sheet := range sheetsOf(q) {
		if i == 0 {
			book.try(f.SetSheetName(f.GetSheetName(0), sheet.Name))
		} else if _, err := f.NewSheet(sheet.Name); err != nil {
			return fmt.Errorf("write sheet %q: %w", sheet.Name, err)
		}
		book.put(sheet)
	}
	book.dress(q)
	if book.err != nil {
		return fmt.Errorf("write questionnaire %q: %w", q.FormID, book.err)
	}
	return f.Write(w)
}

// A workbook is being written; after the first error it does nothing more.
type workbook struct {
	file *excelize.File
	err  error
}

func (b *workbook) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *workbook) put(sheet surveys.Sheet) {
	for i, row := range sheet.Rows {
		for j, cell := range row {
			if cell == "" || b.err != nil {
				continue
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			b.try(err)
			if len(cell) > maxCellUnits && len(utf16.Encode([]rune(cell))) > maxCellUnits {
				b.try(fmt.Errorf("sheet %q, cell %s: a cell holds at most %d characters", sheet.Name, at, maxCellUnits))
			}
			b.try(b.file.SetCellStr(sheet.Name, at, cell))
		}
	}
}

// columnName is the letter of a column counted from 0.
func columnName(i int) string {
	name, err := excelize.ColumnNumberToName(i + 1)
	if err != nil { // no questionnaire has 16,384 columns
		return "XFD"
	}
	return name
}

// dress gives the sheets of the questionnaire their looks: what is read stays
// in sight, what may be written is offered.
func (b *workbook) dress(q *surveys.Questionnaire) {
	looks := b.looks()
	survey := surveyOutlets(q)
	rows := surveyRows(q)
	b.sheet(surveySheet, widths(survey), 2, rows, looks)
	b.sections(rows, len(survey), looks)
	b.offer(headers(survey), len(rows))
	if len(q.Lists) > 0 {
		choices := choiceRows(q)
		b.sheet(choicesSheet, append([]float64{18}, widths(choiceOutlets(q))...), 2, choices, looks)
	}
	if settings := settingsRows(q); len(settings[0]) > 0 {
		b.sheet(settingsSheet, slices.Repeat([]float64{34}, len(settings[0])), 0, settings, looks)
	}
}

func widths[T any](outlets []outlet[T]) []float64 {
	w := make([]float64, len(outlets))
	for i, o := range outlets {
		w[i] = o.width
	}
	return w
}

// looks are the styles of a workbook, by what they dress.
type looks struct{ header, body, section, end int }

const (
	ink       = "1F3A4D" // header, and words on a section
	paper     = "FFFFFF"
	sectionBg = "DCEBF2"
	quiet     = "7A8B96"
)

func (b *workbook) looks() looks {
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	centre := &excelize.Alignment{Vertical: "center"}
	return looks{
		header:  b.style(&excelize.Style{Font: font(paper, true), Fill: plain(ink), Alignment: centre}),
		body:    b.style(&excelize.Style{Font: font("000000", false), Alignment: wrap}),
		section: b.style(&excelize.Style{Font: font(ink, true), Fill: plain(sectionBg), Alignment: wrap}),
		end:     b.style(&excelize.Style{Font: font(quiet, false), Alignment: wrap}),
	}
}

func font(colour string, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: 11, Color: colour, Bold: bold}
}

func plain(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func (b *workbook) style(s *excelize.Style) int {
	id, err := b.file.NewStyle(s)
	b.try(err)
	return id
}

// sheet dresses one sheet, with its header and its first columns always in
// sight, and ready to print across one page.
func (b *workbook) sheet(name string, widths []float64, still int, rows [][]string, l looks) {
	last := columnName(len(widths) - 1)
	for i, w := range widths {
		b.try(b.file.SetColWidth(name, columnName(i), columnName(i), w))
	}
	if len(rows) > 1 {
		b.try(b.file.SetCellStyle(name, "A2", fmt.Sprintf("%s%d", last, len(rows)), l.body))
	}
	b.try(b.file.SetCellStyle(name, "A1", last+"1", l.header))
	b.try(b.file.SetRowHeight(name, 1, 24))
	for i, row := range rows[1:] {
		b.try(b.file.SetRowHeight(name, i+2, 15*lines(row, widths)))
	}
	b.try(b.file.SetPanes(name, &excelize.Panes{
		Freeze: true, XSplit: still, YSplit: 1, TopLeftCell: columnName(still) + "2", ActivePane: "bottomRight",
	}))
	landscape, one, fit := "landscape", 1, true
	b.try(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &one, FitToHeight: new(int)}))
	b.try(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// lines is about how many lines of text a row needs, at most four: a long
// expression is read in the formula bar.
func lines(row []string, widths []float64) float64 {
	most := 1.0
	for i, cell := range row {
		if i < len(widths) {
			n := float64(utf8.RuneCountInString(cell))/widths[i] + float64(strings.Count(cell, "\n"))
			most = max(most, math.Ceil(n))
		}
	}
	return min(most, 4)
}

// sections makes the beginning of each section stand out, and its end quiet.
func (b *workbook) sections(rows [][]string, columns int, l looks) {
	for i, row := range rows {
		style := 0
		switch {
		case len(row) == 0:
		case strings.HasPrefix(row[0], "begin_"):
			style = l.section
		case strings.HasPrefix(row[0], "end_"):
			style = l.end
		}
		if style != 0 {
			from, to := fmt.Sprintf("A%d", i+1), fmt.Sprintf("%s%d", columnName(columns-1), i+1)
			b.try(b.file.SetCellStyle(surveySheet, from, to, style))
		}
	}
}

// offered are the words a column usually holds. They are suggested in a list
// and never imposed: other words are checked when the workbook is read.
var offered = map[string][]string{
	"type": {
		"text", "integer", "decimal", "range", "date", "time", "note", "calculate", "acknowledge",
		"begin_group", "end_group", "begin_repeat", "end_repeat",
	},
	"required":  {"yes", "no"},
	"read_only": {"yes", "no"},
	"short":     {"yes", "no"},
	"sensitive": {"yes", "no"},
	"theme":     {"T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11", "T12", "T13"},
	"profile":   profiles,
}

// offer adds the drop-down lists, some rows further than the questions so that
// new ones have them too.
func (b *workbook) offer(headers []string, rows int) {
	for i, h := range headers {
		words, ok := offered[h]
		if !ok {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%[1]s2:%[1]s%[2]d", columnName(i), rows+100))
		b.try(v.SetDropList(words))
		v.ShowErrorMessage = false
		b.try(b.file.AddDataValidation(surveySheet, v))
	}
}
