package exports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

// maxCategories is how many categories a chart shows before it stops being
// read; a timeline has a column a day.
const (
	maxCategories = 20
	maxDays       = 200
)

// block is a table of the report on its sheet, with its notes below, and its
// chart beside or, where tables are wide, under them.
type block struct {
	*sheet
	chapter  *report.Chapter
	table    *report.Table
	cols     int          // columns of the widest table
	startRow int          // sheet row of the block, its section's heading included
	startY   int          // and its place in pixels
	rows     []report.Row // ordinary rows first
	ordinary int
	plotted  int    // rows the chart shows, the first ones
	header   int    // sheet row of the column titles
	bandRow  int    // of the audiences above them, 0 without
	marked   []bool // columns with a number to read with care
}

func newBlock(s *sheet, c *report.Chapter, t *report.Table, cols int) *block {
	b := &block{sheet: s, chapter: c, table: verdictFirst(oneLabel(t)), cols: cols}
	if b.table.Chart.Kind == report.Heat { // its cells are tinted: they are the chart
		tinted := *b.table
		tinted.Chart = report.Chart{}
		b.table = &tinted
	}
	b.arrange()
	b.marked = make([]bool, len(b.table.Columns))
	for _, r := range b.table.Rows {
		for i, c := range r.Cells {
			b.marked[i] = b.marked[i] || c.Caution && c.State == report.Shown
		}
	}
	return b
}

// arrange puts what is outside the base and totals last, and finds the rows
// the chart shows. The report's order stays, because it means something: the
// greatest first, or the steps of a scale. Only when hidden rows would leave a
// chart of holes, or a stack incomplete, do they go after the others.
func (b *block) arrange() {
	b.rows = slices.Clone(b.table.Rows)
	slices.SortStableFunc(b.rows, func(x, y report.Row) int { return cmp.Compare(x.Role, y.Role) })
	b.ordinary = len(b.rows)
	if i := slices.IndexFunc(b.rows, func(r report.Row) bool { return r.Role != report.Ordinary }); i >= 0 {
		b.ordinary = i
	}
	kind := b.table.Chart.Kind
	if kind == report.NoChart {
		return
	}
	rows := b.rows[:b.ordinary]
	holes := b.holes(rows)
	if kind == report.Stacked || kind == report.Bars && 3*holes > len(rows) {
		slices.SortStableFunc(rows, func(x, y report.Row) int { return boolOrder(b.drawable(x), b.drawable(y)) })
	}
	b.plotted = b.plottable(rows, holes)
}

// plottable is how many of the first rows the chart shows; none when it would
// compare nothing.
func (b *block) plottable(rows []report.Row, holes int) int {
	kind, limit := b.table.Chart.Kind, maxCategories
	if kind == report.Timeline {
		limit = maxDays
	}
	least := 2
	if slices.Contains([]report.ChartKind{report.Stacked, report.Clustered, report.Dumbbell}, kind) {
		least = 1
	}
	if len(rows)-holes < least {
		return 0
	}
	last := len(rows)
	for !b.drawable(rows[last-1]) {
		last--
	}
	return min(last, limit)
}

// holes counts rows a chart cannot show.
func (b *block) holes(rows []report.Row) int {
	n := 0
	for _, r := range rows {
		if !b.drawable(r) {
			n++
		}
	}
	return n
}

func boolOrder(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// drawable reports whether a chart can show a row: one value is enough beside
// others, all are needed to stack to 100 % or to place a point.
func (b *block) drawable(r report.Row) bool {
	c, shown := b.table.Chart, 0
	for _, s := range c.Series {
		if r.Cells[s].State == report.Shown {
			shown++
		}
	}
	switch c.Kind {
	case report.Stacked, report.Bubble:
		return shown == len(c.Series)
	case report.Forest:
		return r.Cells[c.Series[0]].State == report.Shown
	}
	return shown > 0
}

func (b *block) draw() {
	top, topY, drawn := b.row, b.y, b.drawn
	b.title()
	if b.laid() {
		b.drawWords()
		b.next(rowPixels)
		return
	}
	b.columnTitles()
	for _, r := range b.rows {
		b.line(r)
	}
	b.nameTable()
	b.marks()
	b.notes()
	switch {
	case b.plotted == 0:
	case len(b.widths) > b.cols:
		height := b.chartHeight()
		for b.y < topY+height+rowPixels {
			b.next(rowPixels)
		}
		b.addChart(cell(b.cols+2, top), chartColumns*(chartWidth*7+5)-10, height*(b.drawn-drawn)/(b.y-topY))
	default:
		b.chartBelow()
	}
	b.next(rowPixels)
}

// chartBelow sets the chart under the table, as wide as it, on a page of its
// own when the rest of this one is too short.
func (b *block) chartBelow() {
	b.breakBefore(b.startRow, b.startY)
	row, top, drawn := b.row, b.y, b.drawn
	height := min(b.chartHeight(), b.room()-2*rowPixels)
	for b.y < top+height {
		b.next(rowPixels)
	}
	b.addChart(cell(1, row), b.pixels()-10, height*(b.drawn-drawn)/(b.y-top))
	b.breakBefore(row, top)
}

func (b *block) title() {
	b.sheet.line(b.table.Title, b.cols, look{size: sizeTable, bold: true})
	var about []string
	if b.table.ID != "" {
		about = append(about, "Code : "+b.table.ID)
	}
	if b.table.Theme != "" {
		about = append(about, "thème "+b.table.Theme)
	}
	if len(about) > 0 {
		b.sheet.line(strings.Join(about, " · "), b.cols, look{size: sizeSmall, ink: muted})
	}
}

// columnTitles writes the header of the table: under the name of their audience when
// several columns belong to one.
func (b *block) columnTitles() {
	if banded(b.table) {
		b.band()
	}
	b.header = b.row
	height := rowPixels
	for i, title := range columnTitles(b.table) {
		c := b.table.Columns[i]
		l := look{size: 9, bold: true, fill: headFill, wrap: true, under: true, across: "right"}
		if c.Kind == report.Label || c.Kind == report.Verdict {
			l.across, l.indent = "left", min(i, 1)
		}
		if c.Audience != "" {
			l.ink = colour(c.Audience)
		}
		b.put(i+1, title, l)
		height = max(height, textPixels(title, b.widths[i]*0.9, 9))
	}
	b.next(height + 4)
}

// band writes the audiences over their columns.
func (b *block) band() {
	columns := b.table.Columns
	for from := 0; from < len(columns); {
		to := from + 1
		for to < len(columns) && columns[to].Audience == columns[from].Audience && columns[from].Audience != "" {
			to++
		}
		l := look{size: 9, bold: true, fill: headFill, across: "center", ink: colour(columns[from].Audience)}
		b.put(from+1, bandTitle(columns[from]), l)
		b.span(from+1, to, l)
		from = to
	}
	b.bandRow = b.row
	b.next(rowPixels)
}

// indented is what the indent of a text takes of its line, and the words that do
// not fit where it ends, in characters.
const indented = 4

func (b *block) line(r report.Row) {
	height := rowPixels
	for i, c := range r.Cells {
		kind := b.table.Columns[i].Kind
		value, l := b.shown(c, i)
		if text, ok := value.(string); ok && kind == report.Label {
			height = max(height, textPixels(text, b.widths[i]-float64(min(i, 1)*indented), sizeText))
		}
		if l.across == "left" {
			l.indent = min(i, 1)
		}
		b.put(i+1, value, byRole(l, r.Role))
		b.compute(r, i)
	}
	b.next(height)
}

// shown is what a cell of the workbook holds for a cell of the report, and
// how it looks.
func (b *block) shown(c report.Cell, col int) (any, look) {
	kind := b.table.Columns[col].Kind
	text := kind == report.Label || kind == report.Verdict
	switch {
	case c.State == report.Empty:
		return "", look{grid: true}
	case c.State != report.Shown:
		return visible(c.State), look{grid: true, size: sizeSmall, italic: true, ink: muted, across: "right", shrink: true}
	case text:
		return c.Text, look{grid: true, across: "left", wrap: true}
	}
	number := c.Number
	if kind == report.Gap {
		number = math.Round(number*1e11) / 1e9 // points, without the dust of binary fractions
	}
	return number, look{grid: true, across: "right", format: format(kind, b.mark(c, col))}
}

// mark is the one of a number: in a column where none is careful, nothing.
func (b *block) mark(c report.Cell, col int) mark {
	switch {
	case c.Caution:
		return careful
	case b.marked[col]:
		return aligned
	}
	return bare
}

func byRole(l look, r report.Role) look {
	switch r {
	case report.Outside:
		l.italic, l.ink = true, muted
	case report.Total:
		l.bold, l.fill = true, totalFill
	}
	return l
}

// nameTable makes the ordinary rows an Excel table, so that formulas and
// pivots of the reader's own can name it. Rows outside the base stay out.
func (b *block) nameTable() {
	if b.ordinary == 0 || len(b.table.Columns) == 0 {
		return
	}
	area := cell(1, b.header) + ":" + cell(len(b.table.Columns), b.header+b.ordinary)
	b.excelTable(b.name, area, tablePrefix+b.chapter.ID+"_"+b.table.ID, "")
}

// tablePrefix begins the name of a table on a presentation sheet: it has no
// filter buttons, because a filter would hide the rows its chart stands on.
const tablePrefix = "T_"

// excelTable declares an Excel table under a name made from wish.
func (b *book) excelTable(sheet, area, wish, style string) {
	base := cut(identifier(wish), 200)
	name := base
	for i := 2; b.tables[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	b.tables[strings.ToLower(name)] = true
	stripes := style != ""
	b.keep(b.file.AddTable(sheet, &excelize.Table{Range: area, Name: name, StyleName: style, ShowRowStripes: &stripes}))
}

// identifier is s with what a table's name may not have replaced.
func identifier(s string) string {
	plain := strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a", "ç", "c", "î", "i", "ô", "o").Replace(s)
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, plain)
}

// notes says the base, how to read, what the chart leaves out and the source.
func (b *block) notes() {
	l := look{size: sizeSmall, ink: muted}
	prudence := ""
	if slices.Contains(b.marked, true) {
		prudence = carefulNote
	}
	for _, text := range []string{b.table.Note, prudence, b.leftOut(), b.source()} {
		if text != "" {
			b.sheet.line(text, b.cols, l)
		}
	}
}

func (b *block) source() string {
	if b.table.Source == "" {
		return ""
	}
	return "Source : " + b.table.Source
}

// leftOut tells that the chart does not show every row.
func (b *block) leftOut() string {
	missing := b.ordinary - b.plotted
	if b.table.Chart.Kind != report.NoChart {
		missing += b.holes(b.rows[:b.plotted])
	}
	switch {
	case b.table.Chart.Kind == report.NoChart || missing == 0:
		return ""
	case b.plotted == 0:
		return "Pas de graphique : trop peu de valeurs peuvent être montrées."
	case missing == 1:
		return "Graphique : une ligne du tableau n’y figure pas."
	}
	return fmt.Sprintf("Graphique : %d lignes du tableau n’y figurent pas.", missing)
}

// marks colours what the eye should find: verdicts by their word, and the
// shares of audiences set side by side by a scale. The words stay readable in
// black and white.
func (b *block) marks() {
	first, last := b.header+1, b.header+b.ordinary
	if b.ordinary == 0 {
		return
	}
	shares := []string{}
	for i, c := range b.table.Columns {
		area := cell(i+1, first) + ":" + cell(i+1, last)
		switch {
		case c.Kind == report.Verdict:
			b.keep(b.file.SetConditionalFormat(b.name, area, b.verdicts()))
		case c.Kind == report.Share && c.Audience != "" && b.chapter.Audience == "":
			shares = append(shares, area)
		}
	}
	if len(shares) > 1 {
		b.keep(b.file.SetConditionalFormat(b.name, strings.Join(shares, " "), []excelize.ConditionalFormatOptions{{
			Type: "2_color_scale", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max",
			MinColor: "#FFFFFF", MaxColor: "#" + scaleHigh,
		}}))
	}
}

func (b *book) verdicts() []excelize.ConditionalFormatOptions {
	var rules []excelize.ConditionalFormatOptions
	for _, v := range []struct{ word, fill, ink string }{
		{"non significatif", totalFill, muted},
		{"trop faible", totalFill, muted},
		{"convergence", agreeFill, agreeInk},
		{"divergence", differFill, differInk},
		{"angle mort", blindFill, blindInk},
	} {
		id, err := b.file.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Bold: v.ink != muted, Color: v.ink},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{v.fill}},
		})
		b.keep(err)
		rules = append(rules, excelize.ConditionalFormatOptions{
			Type: "text", Criteria: "containing", Value: v.word, Format: &id, StopIfTrue: true,
		})
	}
	return rules
}
