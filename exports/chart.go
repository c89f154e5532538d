package exports

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

// drawing says how a chart of the report is drawn natively.
type drawing struct {
	kind    excelize.ChartType
	says    string // first words of the alternative text
	lying   bool   // horizontal bars: first category on top
	overlap int
	gap     uint
	bar     int // height of a category in pixels, when it lies
}

func drawingOf(k report.ChartKind, series int) drawing {
	switch k {
	case report.Clustered, report.Dumbbell:
		return drawing{excelize.Bar, "Barres horizontales, une par public", true, -5, 45, 12 + 12*series}
	case report.Stacked:
		return drawing{excelize.BarPercentStacked, "Barres empilées à 100 %", true, 100, 40, 30}
	case report.Columns:
		return drawing{excelize.Col, "Colonnes", false, 0, 50, 0}
	case report.Timeline:
		return drawing{excelize.ColStacked, "Colonnes empilées, une par jour", false, 100, 20, 0}
	}
	if k == report.Bubble {
		return drawing{excelize.Scatter, "Nuage de points", false, 0, 0, 0}
	}
	return drawing{excelize.Bar, "Barres horizontales", true, 0, 45, 26}
}

// drawnColumns are the columns with a series of their own. The ends of an
// interval stay in the table; the axes of a cloud make one series.
func (b *block) drawnColumns() []int {
	chart := b.table.Chart
	if chart.Kind == report.Forest || chart.Kind == report.Bubble {
		return chart.Series[:1]
	}
	return chart.Series
}

// chartHeight is in pixels.
func (b *block) chartHeight() int {
	columns := b.drawnColumns()
	d := drawingOf(b.table.Chart.Kind, len(columns))
	if !d.lying {
		return 250
	}
	around := 115 // title, axis and its title
	if len(columns) > 1 {
		around += 30 // legend
	}
	return around + b.plotted*max(d.bar, b.nameHeight())
}

// labelLine is the height in pixels of a line of a category's name, which takes
// mostLines; lettersBeside and lettersBelow are how many letters one has in a
// chart beside its table, and below.
const (
	labelLine     = 13
	mostLines     = 4
	lettersBeside = 34
	lettersBelow  = 70
)

// nameHeight is what a category needs so that the names of two neighbours do
// not run into each other.
func (b *block) nameHeight() int {
	letters := float64(lettersBelow)
	if b.sheet == nil || len(b.widths) > b.cols { // a page of text is narrow too
		letters = lettersBeside
	}
	most, before := 0, 0
	for _, r := range b.rows[:b.plotted] {
		lines := min(wrapped(r.Cells[b.table.Chart.Label].Text, letters), mostLines)
		most, before = max(most, lines+before), lines
	}
	return most*labelLine/2 + 4
}

// addChart sets the chart with its corner in a cell, so many pixels wide and
// high.
func (b *block) addChart(at string, width, height int) {
	chart, columns := b.table.Chart, b.drawnColumns()
	d := drawingOf(chart.Kind, len(columns))
	zero, plain := 0.0, false
	kind := b.table.Columns[chart.Series[0]].Kind
	c := &excelize.Chart{
		Type: d.kind, Series: b.series(), VaryColors: &plain,
		Dimension: excelize.ChartDimension{Width: uint(width), Height: uint(height)},
		Format:    excelize.GraphicOptions{AltText: b.altText(d), Name: "Graphique " + cut(b.table.ID, 100)},
		Title:     chartTitle(cutWords(b.table.Title, 110), 11, true),
		Legend:    excelize.ChartLegend{Position: "none"},
		XAxis:     excelize.ChartAxis{ReverseOrder: d.lying, Font: axisFont()},
		YAxis: excelize.ChartAxis{
			Minimum: &zero, MajorGridLines: true, Font: axisFont(),
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: axisFormat(kind)},
			Title:  chartTitle(axisTitle(kind), 9, false),
		},
		PlotArea: excelize.ChartPlotArea{ShowVal: chart.Kind != report.Timeline,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: labelFormat(kind)}},
		GapWidth: &d.gap, Overlap: &d.overlap, ShowBlanksAs: "gap",
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
	if title := b.table.Columns[chart.Label].Title; !d.lying && title != "" {
		c.XAxis.Title = chartTitle(title, 9, false)
	}
	if chart.Kind == report.Timeline {
		c.XAxis.TickLabelSkip = b.plotted/8 + 1
		c.XAxis.Alignment.TextRotation = -45
	}
	if chart.Kind == report.Stacked {
		c.YAxis.MajorUnit = 0.25
	}
	if chart.Kind == report.Forest {
		c.YAxis.Title = chartTitle(b.table.Columns[columns[0]].Title, 9, false)
	}
	if chart.Kind == report.Bubble {
		b.scatter(c)
	}
	if len(columns) > 1 {
		c.Legend = excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Family: typeface, Size: 9, Color: ink}}
	}
	w := b.intervals()
	if w != nil {
		c.Series[0].DataLabel.Font.Color = "FFFFFF" // it stands on the bar
	}
	b.keep(b.file.AddChart(b.name, at, c))
	b.charts++
	if w != nil {
		b.book.whiskers[fmt.Sprintf("xl/charts/chart%d.xml", b.charts)] = w
	}
}

func axisFont() excelize.Font { return excelize.Font{Family: typeface, Size: 9, Color: ink} }

func chartTitle(text string, size float64, bold bool) excelize.ChartTitle {
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
		Text: cleanText(text), Font: &excelize.Font{Family: typeface, Size: size, Bold: bold, Color: ink},
	}}}
}

// scatter sets the first two series against each other, a point a row.
func (b *block) scatter(c *excelize.Chart) {
	x, y := b.table.Chart.Series[0], b.table.Chart.Series[1]
	c.Series[0].Name = b.seriesName(y)
	c.Series[0].Categories = b.reference(x, b.header+1, b.header+b.plotted)
	c.Series[0].Values = b.reference(y, b.header+1, b.header+b.plotted)
	c.Series[0].Marker = excelize.ChartMarker{Symbol: "circle", Size: 8, Fill: c.Series[0].Fill}
	c.Series[0].Line = excelize.LineOptions{Type: excelize.LineNone}
	c.PlotArea.ShowVal = false
	c.XAxis.Title = chartTitle(b.table.Columns[x].Title, 9, false)
	c.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: axisFormat(b.table.Columns[x].Kind)}
	c.YAxis.Title = chartTitle(b.table.Columns[y].Title, 9, false)
	c.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: axisFormat(b.table.Columns[y].Kind)}
}

func (b *block) series() []excelize.ChartSeries {
	columns := b.drawnColumns()
	all := make([]excelize.ChartSeries, len(columns))
	for i, col := range columns {
		fill, text := b.seriesColour(i, col)
		all[i] = excelize.ChartSeries{
			Name:       b.seriesName(col),
			Categories: b.reference(b.table.Chart.Label, b.header+1, b.header+b.plotted),
			Values:     b.reference(col, b.header+1, b.header+b.plotted),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
			DataLabel:  excelize.ChartDataLabel{Font: excelize.Font{Family: typeface, Size: 9, Color: text}},
		}
	}
	return all
}

// seriesName refers to the cell that names a series in the legend: the title
// of its column, or its audience above.
func (b *block) seriesName(col int) string {
	if b.bandRow == 0 || b.table.Columns[col].Audience == "" {
		return b.reference(col, b.header, b.header)
	}
	for col > 0 && b.table.Columns[col-1].Audience == b.table.Columns[col].Audience {
		col-- // the cell that is merged
	}
	return b.reference(col, b.bandRow, b.bandRow)
}

// reference is a range of one column, counted from 0, of the block's sheet.
func (b *block) reference(col, from, to int) string {
	c := column(col + 1)
	at := fmt.Sprintf("%s!$%s$%d", quoted(b.name), c, from)
	if to > from {
		at += fmt.Sprintf(":$%s$%d", c, to)
	}
	return at
}

// seriesColour is the fill of a series and the ink of its values: the colour
// of its audience or, along a scale and for several series of one audience, a
// shade of it.
func (b *block) seriesColour(i, col int) (fill, text string) {
	audience := b.table.Columns[col].Audience
	if audience == "" {
		audience = b.chapter.Audience
	}
	base := colour(audience)
	if b.table.Chart.Kind != report.Stacked && (len(b.table.Chart.Series) == 1 || b.table.Columns[col].Audience != "") {
		return base, ink
	}
	depth := 1.0
	if n := len(b.table.Chart.Series); n > 1 {
		depth = 0.15 + 0.85*float64(i)/float64(n-1)
	}
	if depth > 0.6 && b.table.Chart.Kind == report.Stacked {
		return tint(base, depth), "FFFFFF" // the values stand on the bars
	}
	return tint(base, depth), ink
}

// tint mixes a colour with white; depth 1 is the colour itself.
func tint(hex string, depth float64) string {
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return hex
	}
	out := uint64(0)
	for shift := 16; shift >= 0; shift -= 8 {
		part := float64(n >> shift & 0xff)
		out = out<<8 | uint64(math.Round(255-(255-part)*depth))
	}
	return fmt.Sprintf("%06X", out)
}

func axisTitle(k report.ColumnKind) string {
	switch k {
	case report.Share:
		return "Part des répondants concernés (%)"
	case report.Gap:
		return "Écart (points)"
	case report.Mean:
		return "Moyenne"
	case report.Score:
		return "Score (0 à 100)"
	case report.Rate:
		return "Pour 1 000 habitants"
	}
	return "Nombre de réponses"
}

func axisFormat(k report.ColumnKind) string {
	switch k {
	case report.Share:
		return "0 %"
	case report.Mean, report.Rate:
		return "0.0"
	}
	return "#,##0"
}

// labelFormat shows nothing for a zero: a cell that is a word counts as zero
// in a chart, and "0 %" would be a lie about it.
func labelFormat(k report.ColumnKind) string { return axisFormat(k) + ";;" }

// altText tells the chart to whoever does not see it: its form, its title and
// its greatest values.
func (b *block) altText(d drawing) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s : %s", d.says, b.table.Title)
	for i, r := range b.rows[:min(b.plotted, 3)] {
		sep := " ; "
		if i == 0 {
			sep = ". "
		}
		fmt.Fprintf(&s, "%s%s : %s", sep, r.Cells[b.table.Chart.Label].Text, b.values(r))
	}
	switch more := b.plotted - 3; {
	case more == 1:
		s.WriteString(" ; et une autre ligne")
	case more > 1:
		fmt.Fprintf(&s, " ; et %d autres lignes", more)
	}
	s.WriteString(". Les valeurs sont dans le tableau à gauche.")
	if b.report.Demo {
		s.WriteString(" " + report.DemoNotice + ".")
	}
	return cutWords(cleanText(s.String()), 1000)
}

func (b *block) values(r report.Row) string {
	chart := b.table.Chart
	parts := make([]string, len(chart.Series))
	for i, col := range chart.Series {
		c, column := r.Cells[col], b.table.Columns[col]
		value := visible(c.State)
		if c.State == report.Shown {
			value = spoken(c.Number, column.Kind)
		}
		if len(chart.Series) > 1 {
			value = column.Title + " " + value
		}
		parts[i] = value
	}
	return strings.Join(parts, ", ")
}

// spoken is a number as a sentence says it.
func spoken(n float64, k report.ColumnKind) string {
	switch k {
	case report.Share, report.Low, report.High:
		return fmt.Sprintf("%.0f %%", n*100)
	case report.Gap:
		return fmt.Sprintf("%.0f points", n*100)
	case report.Mean, report.Rate:
		return strings.Replace(fmt.Sprintf("%.1f", n), ".", ",", 1)
	}
	return fmt.Sprintf("%.0f", n)
}

// cutWords cuts at a word when a text is longer than n characters.
func cutWords(s string, n int) string {
	short := cut(s, n)
	if short == s {
		return s
	}
	if i := strings.LastIndex(short, " "); i > n/2 {
		short = short[:i]
	}
	return short + "…"
}

// mendParts mends what the library cannot be asked for: under lying bars the
// axis of values stays below, and its title flat, although the first category
// is on top; titles of axes keep their own rotation; and tables of presentation sheets have no filter buttons.
func (b *book) mendParts() {
	b.file.Pkg.Range(func(key, value any) bool {
		name, content := key.(string), value.([]byte)
		switch {
		case strings.HasPrefix(name, "xl/charts/"):
			content = axisBelow(bytes.ReplaceAll(content, []byte(flatTitle), []byte("</title>")))
			if w := b.whiskers[name]; w != nil {
				content = w.put(content)
			}
			b.file.Pkg.Store(name, content)
		case strings.HasPrefix(name, "xl/tables/") && bytes.Contains(content, []byte(` name="`+tablePrefix)):
			b.file.Pkg.Store(name, withoutFilter(content))
		}
		return true
	})
}

// flatTitle is what the library writes after a title's text, and some readers
// take for its rotation.
const flatTitle = `<txPr><a:bodyPr anchorCtr="false" rot="0" spcFirstLastPara="false"></a:bodyPr><a:p></a:p></txPr></title>`

func axisBelow(chart []byte) []byte {
	if !bytes.Contains(chart, []byte(`"maxMin"`)) {
		return chart
	}
	before, axis, found := bytes.Cut(chart, []byte("<valAx>"))
	if !found {
		return chart
	}
	before = bytes.Replace(before, []byte(`<axPos val="t">`), []byte(`<axPos val="l">`), 1)
	for _, mend := range [][2]string{
		{`<axPos val="l">`, `<axPos val="b">`},
		{`rot="-5400000"`, `rot="0"`},
		{`<crosses val="autoZero">`, `<crosses val="max">`},
	} {
		axis = bytes.Replace(axis, []byte(mend[0]), []byte(mend[1]), 1)
	}
	return bytes.Join([][]byte{before, axis}, []byte("<valAx>"))
}

func withoutFilter(table []byte) []byte {
	before, rest, found := bytes.Cut(table, []byte("<autoFilter"))
	if !found {
		return table
	}
	_, after, found := bytes.Cut(rest, []byte("</autoFilter>"))
	if !found {
		return table
	}
	return append(bytes.Clone(before), after...)
}
