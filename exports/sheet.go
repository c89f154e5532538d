package exports

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

// A4 in landscape, between the margins, in pixels of 1/96 inch.
const (
	pageWidth  = 1045
	pageHeight = 678
	rowPixels  = 20 // of an ordinary row

	maxRowPixels = 545 // 409 points, the limit of the format
)

// sheet is a presentation sheet, written from top to bottom. Every row is
// given its height, so that the place of a chart is known to the pixel.
type sheet struct {
	*book
	name   string
	widths []float64 // in characters, first column first
	row    int       // next row
	y      int       // its top, in pixels
	drawn  int       // the same as the library counts it, for charts
	page   int       // y where the current printed page begins
	head   int       // height of the rows repeated on every page
	frozen int
}

// addSheet makes an empty sheet with these column widths. The title becomes a
// name Excel accepts that no other sheet has.
func (b *book) addSheet(title, tab string, widths []float64) *sheet {
	s := &sheet{book: b, name: b.sheetName(title), widths: widths, row: 1}
	b.keep1(b.file.NewSheet(s.name))
	for i, w := range widths {
		c := column(i + 1)
		b.keep(b.file.SetColWidth(s.name, c, c, w))
	}
	s.hideGrid()
	b.keep(b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{TabColorRGB: &tab}))
	return s
}

func (s *sheet) hideGrid() {
	grid := false
	s.keep(s.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
}

// sheetName is title within Excel's rules: 31 UTF-16 units, none of []:*?/\,
// no apostrophe at either end, unlike any other name.
func (b *book) sheetName(title string) string {
	clean := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' || r > 0xffff {
			return -1
		}
		return r
	}, title), "' ")
	if clean == "" {
		clean = "Feuille"
	}
	name := cut(clean, 31)
	for i := 2; b.sheets[strings.ToLower(name)]; i++ {
		suffix := fmt.Sprintf(" (%d)", i)
		name = cut(clean, 31-len(suffix)) + suffix
	}
	b.sheets[strings.ToLower(name)] = true
	return name
}

// quoted is a sheet's name as references spell it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// cut keeps the first n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:n]), " ")
}

func column(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err) // callers stay within Excel's columns
	}
	return name
}

func cell(col, row int) string { return fmt.Sprint(column(col), row) }

// put writes a value in a column of the current row. Strings stay strings,
// whatever they begin with.
func (s *sheet) put(col int, value any, l look) {
	at := cell(col, s.row)
	switch v := value.(type) {
	case string:
		if v != "" {
			s.keep(s.file.SetCellStr(s.name, at, literal(cleanText(v))))
		}
	case float64:
		s.keep(s.file.SetCellFloat(s.name, at, v, -1, 64))
	default:
		s.keep(s.file.SetCellValue(s.name, at, v))
	}
	s.keep(s.file.SetCellStyle(s.name, at, at, s.style(l)))
}

// next ends the row, which is that many pixels high.
func (s *sheet) next(pixels int) {
	pixels = min(pixels, maxRowPixels)
	s.keep(s.file.SetRowHeight(s.name, s.row, float64(pixels)*0.75))
	s.row++
	s.y += pixels
	// The library takes an inch for 84.7 pixels when it anchors a chart.
	s.drawn += int(math.Ceil(float64(pixels) * 0.75 * 4 / 3.4))
}

// line writes a text across the first cols columns, as high as it needs.
func (s *sheet) line(text string, cols int, l look) {
	l.wrap = true
	s.put(1, text, l)
	s.span(1, cols, l)
	s.next(textPixels(text, s.width(1, cols), l.size))
}

// span merges columns of the current row under one look.
func (s *sheet) span(from, to int, l look) {
	if to <= from {
		return
	}
	s.keep(s.file.SetCellStyle(s.name, cell(from, s.row), cell(to, s.row), s.style(l)))
	s.keep(s.file.MergeCell(s.name, cell(from, s.row), cell(to, s.row)))
}

// width of columns from to to, in characters.
func (s *sheet) width(from, to int) float64 {
	total := 0.0
	for i := from; i <= to && i <= len(s.widths); i++ {
		total += s.widths[i-1]
	}
	return total
}

// textPixels is the height of a text wrapped in so many characters of ten
// points. It errs on the large side: a clipped word is worse than air.
func textPixels(text string, chars, size float64) int {
	if size == 0 {
		size = sizeText
	}
	perLine, lines := math.Max(1, chars*sizeText/size*1.1), 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines += wrapped(paragraph, perLine)
	}
	return max(rowPixels, int(math.Ceil(float64(lines)*size*1.66))+4)
}

// wrapped is how many lines of so many letters a paragraph takes when no word
// is broken that fits on one.
func wrapped(paragraph string, perLine float64) int {
	lines, used := 1, 0.0
	for word := range strings.FieldsSeq(paragraph) {
		long := float64(utf8.RuneCountInString(word))
		if used > 0 && used+1+long > perLine {
			lines, used = lines+1, 0
		} else if used > 0 {
			used++
		}
		for used += long; used > perLine; used -= perLine {
			lines++
		}
	}
	return lines
}

// heading writes the band every presentation sheet begins with: what it is,
// which diagnostic it belongs to, how to go back, and whether it is a
// demonstration; then freezes it.
func (s *sheet) heading(title, tint string) {
	cols := len(s.widths)
	s.put(1, title, look{size: sizeTitle, bold: true, ink: tint})
	s.next(36)
	s.put(1, s.subtitle(), look{ink: muted, under: true})
	for c := 2; c <= cols; c++ {
		s.put(c, "", look{under: true})
	}
	s.next(24)
	s.put(1, "← Sommaire", look{ink: link, underline: true})
	s.hyperlink(1, coverName)
	if notice := s.notice(); notice != "" {
		l := s.noticeLook()
		s.put(2, notice, l)
		s.span(2, cols, l)
	}
	s.next(22)
	s.freeze()
	s.next(10)
}

// freeze keeps the rows written so far in sight, on screen and on paper.
func (s *sheet) freeze() {
	s.frozen = s.row - 1
	s.head = s.y
	s.keep(s.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: s.frozen, TopLeftCell: cell(1, s.row), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: cell(1, s.row), ActiveCell: cell(1, s.row), Pane: "bottomLeft"}},
	}))
}

func (s *sheet) hyperlink(col int, to string) {
	s.keep(s.file.SetCellHyperLink(s.name, cell(col, s.row), quoted(to)+"!A1", "Location"))
}

func (b *book) subtitle() string {
	parts := []string{b.report.Title, b.report.Territory, b.report.Edition}
	return strings.Join(parts, " · ")
}

// notice is what nobody may miss: invented answers, restricted circulation.
func (b *book) notice() string {
	var parts []string
	if b.report.Demo {
		parts = append(parts, report.DemoNotice)
	}
	if b.report.View == report.Work {
		parts = append(parts, viewLabel(report.Work)+b.issuedTo())
	}
	return strings.Join(parts, " · ")
}

// issuedTo says whose copy a restricted workbook is.
func (b *book) issuedTo() string {
	if b.report.For == "" {
		return ""
	}
	return " – remis à " + b.report.For + " le " + frenchDate(b.report.Made)
}

func (b *book) noticeLook() look {
	if b.report.View == report.Work {
		return look{bold: true, ink: limitInk, fill: limitFill, across: "center"}
	}
	return look{bold: true, ink: demoInk, fill: demoFill, across: "center"}
}

// breakBefore starts a new printed page at a row when what was written since
// does not fit on the current one: no table and no chart is cut in two.
func (s *sheet) breakBefore(row, top int) {
	room := s.room()
	if s.page == 0 {
		room += s.head // the first page has the head once
	}
	if s.y-rowPixels-s.page > room && top > s.page {
		s.keep(s.file.InsertPageBreak(s.name, cell(1, row)))
		s.page = top
	}
}

// room is how many pixels of rows a printed page holds under the repeated head.
func (s *sheet) room() int {
	scale := math.Min(1, pageWidth/float64(s.pixels()))
	return int(pageHeight/scale) - s.head
}

// pixels is the width of the sheet.
func (s *sheet) pixels() int { return int(s.width(1, len(s.widths))*7) + 5*len(s.widths) }

// print sets the sheet for A4, one page wide and that many high, 0 for as many
// as it takes.
func (s *sheet) print(orientation string, pages int) {
	s.pageSetup(s.name, orientation, pages)
	area := fmt.Sprintf("%s!$A$1:$%s$%d", quoted(s.name), column(len(s.widths)), max(s.row-1, 1))
	s.define("_xlnm.Print_Area", area, s.name)
	if s.frozen > 0 {
		s.define("_xlnm.Print_Titles", fmt.Sprintf("%s!$1:$%d", quoted(s.name), s.frozen), s.name)
	}
}

func (b *book) define(name, refersTo, scope string) {
	b.keep(b.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo, Scope: scope}))
}

// pageSetup prepares any sheet, presentation or raw, for the printer.
func (b *book) pageSetup(name, orientation string, tall int) {
	size, wide := 9, 1 // 9 is A4
	fit, side, foot := true, 0.4, 0.3
	top, bottom := 0.45, 0.65
	b.keep(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.keep(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}))
	b.keep(b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Horizontally: &fit, Top: &top, Bottom: &bottom, Header: &foot, Footer: &foot,
	}))
	footer := "&L&8" + footerText(b.report.Territory, 60) + "&C&8" + footerText(b.notice(), 120) + "&R&8Page &P / &N"
	b.keep(b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: footer}))
}

// footerText protects a text from the footer's own codes. A leading space
// keeps a digit from joining the size code before it.
func footerText(s string, n int) string {
	if s == "" {
		return ""
	}
	return " " + strings.ReplaceAll(cut(s, n), "&", "&&")
}
