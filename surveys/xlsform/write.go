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
// equal: survey, choices, settings, then the sheets nobody here reads. Lists
// that come from files are not in it: see [WriteBundle]. It fails when a text
// is longer than a cell can hold or a sheet's name is not one Excel takes.
func Write(w io.Writer, q *surveys.Questionnaire) error {
	f := excelize.NewFile()
	defer f.Close()
	book := &workbook{file: f}
	for i, p := range pagesOf(q) {
		if i == 0 {
			book.try(f.SetSheetName(f.GetSheetName(0), p.Name))
		} else if _, err := f.NewSheet(p.Name); err != nil {
			return fmt.Errorf("write sheet %q: %w", p.Name, err)
		}
		book.put(p.Sheet)
		book.dress(q, p)
	}
	if book.err != nil {
		return fmt.Errorf("write questionnaire %q: %w", q.FormID, book.err)
	}
	return f.Write(w)
}

// A workbook is being written; after the first error it does nothing more.
type workbook struct {
	file    *excelize.File
	dresses *looks
	err     error
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

// dress gives a sheet of the questionnaire its looks: what is read stays in
// sight, what may be written is offered.
func (b *workbook) dress(q *surveys.Questionnaire, p page) {
	if len(p.ids) == 0 {
		return // kept as it came
	}
	if b.dresses == nil {
		b.dresses = b.looks()
	}
	b.sheet(p)
	switch p.Name {
	case surveySheet:
		b.sections(p)
		b.offer(q, p)
	case choicesSheet, externalSheet:
		b.bands(p)
	}
}

// looks are the styles of a workbook, by what they dress.
type looks struct{ header, body, band, section, end int }

const (
	ink       = "1F3A4D" // header, and words on a section
	paper     = "FFFFFF"
	sectionBg = "DCEBF2"
	quiet     = "7A8B96"
	band      = "F1F6F8" // every other list
)

func (b *workbook) looks() *looks {
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	centre := &excelize.Alignment{Vertical: "center"}
	return &looks{
		header:  b.style(&excelize.Style{Font: font(paper, true), Fill: plain(ink), Alignment: centre}),
		body:    b.style(&excelize.Style{Font: font("000000", false), Alignment: wrap}),
		band:    b.style(&excelize.Style{Font: font("000000", false), Fill: plain(band), Alignment: wrap}),
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
func (b *workbook) sheet(p page) {
	name, last := p.Name, columnName(len(p.widths)-1)
	for i, w := range p.widths {
		b.try(b.file.SetColWidth(name, columnName(i), columnName(i), w))
	}
	if len(p.Rows) > 1 {
		b.try(b.file.SetCellStyle(name, "A2", fmt.Sprintf("%s%d", last, len(p.Rows)), b.dresses.body))
	}
	b.try(b.file.SetCellStyle(name, "A1", last+"1", b.dresses.header))
	b.try(b.file.SetRowHeight(name, 1, 24))
	for i, row := range p.Rows[1:] {
		b.try(b.file.SetRowHeight(name, i+2, 15*lines(row, p.widths)))
	}
	still := p.still()
	b.try(b.file.SetPanes(name, &excelize.Panes{
		Freeze: true, XSplit: still, YSplit: 1, TopLeftCell: columnName(still) + "2", ActivePane: "bottomRight",
	}))
	landscape, one, fit := "landscape", 1, true
	b.try(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &one, FitToHeight: new(int)}))
	b.try(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.try(b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name,
	}))
}

// still is how many columns stay in sight: up to the name of the row, when its
// author put it near the left.
func (p page) still() int {
	if i := slices.Index(p.ids, "name"); i >= 0 && i < 3 {
		return i + 1
	}
	return 0
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
func (b *workbook) sections(p page) {
	kind := slices.Index(p.ids, "type")
	for i, row := range p.Rows {
		if kind < 0 || kind >= len(row) {
			continue
		}
		switch t := parseType(tidyWord(row[kind])); {
		case t.end:
			b.rowStyle(p, i, b.dresses.end)
		case t.kind.Section():
			b.rowStyle(p, i, b.dresses.section)
		}
	}
}

// bands tells lists apart: every other one has a ground of its own.
func (b *workbook) bands(p page) {
	list, before, odd := slices.Index(p.ids, "list_name"), "", false
	for i, row := range p.Rows[1:] {
		if list < 0 || list >= len(row) || row[list] == "" {
			continue
		}
		if row[list] != before {
			before, odd = row[list], !odd
		}
		if !odd {
			b.rowStyle(p, i+1, b.dresses.band)
		}
	}
}

func (b *workbook) rowStyle(p page, row, style int) {
	from, to := fmt.Sprintf("A%d", row+1), fmt.Sprintf("%s%d", columnName(len(p.ids)-1), row+1)
	b.try(b.file.SetCellStyle(p.Name, from, to, style))
}
