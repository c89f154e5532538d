package exports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys/report"
)

// wordChart is a native chart of the document: its drawing, and the little
// workbook that Word opens to change its numbers.
type wordChart struct{ drawing, data []byte }

// Lengths of drawings, in English metric units.
const (
	emuPixel   = 9525
	emuTwip    = 635
	widestLong = 10_200 // twips, of a chart on a page that lies
)

// chart sets the chart of a table in the text, when enough of it is shown.
func (d *document) chart(c *report.Chapter, t *report.Table) {
	if t.Chart.Kind == report.NoChart || t.Chart.Kind == report.Heat || len(t.Chart.Series) == 0 {
		return // a table drawn as heat is its own picture
	}
	p := newPlot(c, t)
	if p.plotted == 0 {
		if left := p.leftOut(); left != "" {
			d.here().paragraph("Note", `<w:keepNext/>`, phrase{text: left})
		}
		return
	}
	d.charts = append(d.charts, wordChart{p.drawing(), p.data()})
	d.drawings++
	width := min(d.here().room(), widestLong) * emuTwip
	height := p.height(d.here().wide) * emuPixel
	d.here().paragraph("Graphique", `<w:keepNext/>`, phrase{raw: fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="%d" name="Graphique %[3]d" descr="%s"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rIdC%[5]d"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		width, height, d.drawings, escapeXML(p.alt(d.report.Demo)), len(d.charts))})
	for _, note := range []string{p.key(), p.leftOut()} {
		if note != "" {
			d.here().paragraph("Note", `<w:keepNext/>`, phrase{text: note})
		}
	}
}

// plot is the chart of a table as Word draws it natively, with the rows and the
// forms of the workbook's.
type plot struct{ *block }

func newPlot(c *report.Chapter, t *report.Table) plot {
	b := &block{chapter: c, table: verdictFirst(oneLabel(t))}
	b.arrange()
	return plot{b}
}

// height is in pixels: a chart leaves room on its page for a part of its table.
func (p plot) height(wide bool) int {
	switch {
	case p.table.Chart.Kind == report.Bubble:
		return 340
	case wide:
		return min(p.chartHeight(), 340)
	}
	return min(p.chartHeight(), 520)
}

// key names the points of a cloud, which carry numbers: names would cover each
// other. "" for any other chart.
func (p plot) key() string {
	if p.table.Chart.Kind != report.Bubble {
		return ""
	}
	var names []string
	for i, r := range p.rows[:p.plotted] {
		names = append(names, fmt.Sprintf("%d. %s", i+1, r.Cells[p.table.Chart.Label].Text))
	}
	return strings.Join(names, " ; ")
}

func (p plot) form() drawing {
	return drawingOf(p.table.Chart.Kind, len(p.drawnColumns()))
}

// alt tells the chart to whoever does not see it.
func (p plot) alt(demo bool) string {
	told := newPicture(p.table, SVGOptions{Audience: p.chapter.Audience, Demo: demo})
	told.says = p.form().says + " : " + told.table.Title
	told.rows = p.rows[:p.plotted]
	return told.description()
}

// drawing is the chart part.
func (p plot) drawing() []byte {
	var w strings.Builder
	w.WriteString(xmlHead + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:date1904 val="0"/><c:lang val="fr-FR"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>`)
	if p.table.Chart.Kind == report.Bubble {
		p.cloud(&w)
	} else {
		p.barsXML(&w)
	}
	w.WriteString(`</c:plotArea>`)
	if len(p.drawnColumns()) > 1 {
		w.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>`)
	}
	w.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="` + ink + `"/></a:solidFill><a:latin typeface="` + typeface + `"/></a:defRPr></a:pPr><a:endParaRPr lang="fr-FR"/></a:p></c:txPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`)
	return []byte(w.String())
}

func (p plot) barsXML(w *strings.Builder) {
	form, kind := p.form(), p.table.Chart.Kind
	direction, grouping := "col", "clustered"
	if form.lying {
		direction = "bar"
	}
	switch kind {
	case report.Stacked:
		grouping = "percentStacked"
	case report.Timeline:
		grouping = "stacked"
	}
	fmt.Fprintf(w, `<c:barChart><c:barDir val="%s"/><c:grouping val="%s"/><c:varyColors val="0"/>`, direction, grouping)
	for i, at := range p.drawnColumns() {
		p.serie(w, i, at)
	}
	fmt.Fprintf(w, `<c:gapWidth val="%d"/><c:overlap val="%d"/><c:axId val="1"/><c:axId val="2"/></c:barChart>`, form.gap, form.overlap)
	p.axes(w, form)
}

// serie is one column of values.
func (p plot) serie(w *strings.Builder, i, at int) {
	column := p.table.Columns[at]
	fill, letters := p.seriesColour(i, at)
	if n := len(p.drawnColumns()); n > 1 && p.table.Chart.Kind != report.Stacked && column.Audience == "" {
		fill = tint(colour(p.chapter.Audience), 0.6+0.4*float64(i)/float64(n-1)) // still seen on white
	}
	fmt.Fprintf(w, `<c:ser><c:idx val="%d"/><c:order val="%[1]d"/>`, i)
	p.textRef(w, "c:tx", i+2, p.seriesTitle(at))
	p.fill(w, i, fill)
	w.WriteString(`<c:invertIfNegative val="0"/>`)
	if p.table.Chart.Kind == report.Timeline {
		w.WriteString(noLabels)
	} else {
		fmt.Fprintf(w, `<c:dLbls><c:numFmt formatCode="%s" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="fr-FR"/></a:p></c:txPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`, chartFormat(column.Kind), letters)
	}
	p.names(w)
	p.numbers(w, "c:val", i+2, at)
	w.WriteString(`</c:ser>`)
}

const noLabels = `<c:dLbls><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`

// fill paints a series; where several audiences stand side by side, those after
// the first are hatched, so that they are told apart in black and white.
func (p plot) fill(w *strings.Builder, i int, hex string) {
	hatches := []string{"wdUpDiag", "smCheck", "wdDnDiag"}
	if i == 0 || p.table.Chart.Kind == report.Stacked {
		fmt.Fprintf(w, `<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill></c:spPr>`, hex)
		return
	}
	fmt.Fprintf(w, `<c:spPr><a:pattFill prst="%s"><a:fgClr><a:srgbClr val="%s"/></a:fgClr><a:bgClr><a:srgbClr val="%s"/></a:bgClr></a:pattFill><a:ln w="6350"><a:solidFill><a:srgbClr val="%[3]s"/></a:solidFill></a:ln></c:spPr>`,
		hatches[(i-1)%len(hatches)], tint(hex, 0.45), hex)
}

func (p plot) axes(w *strings.Builder, form drawing) {
	kind := p.table.Columns[p.table.Chart.Series[0]].Kind
	order, names, values := "minMax", "b", "l"
	if form.lying {
		order, names, values = "maxMin", "l", "b"
	}
	title := ""
	if t := p.table.Columns[p.table.Chart.Label].Title; !form.lying && t != "" {
		title = axisName(t)
	}
	skip := ""
	if p.table.Chart.Kind == report.Timeline {
		skip = fmt.Sprintf(`<c:tickLblSkip val="%d"/>`, p.plotted/8+1)
	}
	fmt.Fprintf(w, `<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr><c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>%s<c:noMultiLvlLbl val="1"/></c:catAx>`,
		order, names, title, rule, skip)
	crosses, least, unit := "autoZero", `<c:min val="0"/>`, ""
	if form.lying {
		crosses = "max"
	}
	if p.least() < 0 {
		least = ""
	}
	if p.table.Chart.Kind == report.Stacked {
		least, unit = `<c:max val="1"/><c:min val="0"/>`, `<c:majorUnit val="0.25"/>`
	}
	name := axisTitle(kind)
	if p.table.Chart.Kind == report.Forest {
		name = p.table.Columns[p.drawnColumns()[0]].Title
	}
	fmt.Fprintf(w, `<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>%s</c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>%s<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="1"/><c:crosses val="%s"/><c:crossBetween val="between"/>%s</c:valAx>`,
		least, values, hairline, axisName(name), chartFormat(kind), crosses, unit)
}

// least is the smallest number drawn.
func (p plot) least() float64 {
	least := 0.0
	for _, r := range p.rows[:p.plotted] {
		for _, at := range p.drawnColumns() {
			if r.Cells[at].State == report.Shown {
				least = min(least, r.Cells[at].Number)
			}
		}
	}
	return least
}

// cloud is a point a row, with its number on it.
func (p plot) cloud(w *strings.Builder) {
	x, y := p.table.Chart.Series[0], p.table.Chart.Series[1]
	fill := colour(p.chapter.Audience)
	w.WriteString(`<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>`)
	p.textRef(w, "c:tx", 3, p.table.Columns[y].Title)
	fmt.Fprintf(w, `<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="18"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill></c:spPr></c:marker><c:dLbls>`, fill)
	for i := range p.plotted {
		fmt.Fprintf(w, `<c:dLbl><c:idx val="%d"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="fr-FR" sz="900" b="1"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr><a:t>%d</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>`, i, i+1)
	}
	w.WriteString(`<c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
	p.numbers(w, "c:xVal", 2, x)
	p.numbers(w, "c:yVal", 3, y)
	w.WriteString(`<c:smooth val="0"/></c:ser><c:axId val="1"/><c:axId val="2"/></c:scatterChart>`)
	for i, at := range []int{x, y} {
		column := p.table.Columns[at]
		low, high := p.span(at)
		fmt.Fprintf(w, `<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/><c:max val="%s"/><c:min val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>%s<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="%d"/><c:crosses val="min"/><c:crossBetween val="midCat"/></c:valAx>`,
			i+1, decimalXML(high), decimalXML(low), [...]string{"b", "l"}[i], hairline, axisName(column.Title), chartFormat(column.Kind), 2-i)
	}
}

// span is how far an axis of a cloud goes.
func (p plot) span(at int) (low, high float64) {
	column := report.Table{Columns: p.table.Columns, Rows: p.rows[:p.plotted], Chart: p.table.Chart}
	values := newPicture(&column, SVGOptions{}).spread(svgSeries{at: at, column: p.table.Columns[at]})
	return values[0], values[len(values)-1]
}

// seriesTitle names a series in the legend.
func (p plot) seriesTitle(at int) string {
	column := p.table.Columns[at]
	same := 0
	for _, other := range p.drawnColumns() {
		if p.table.Columns[other].Audience == column.Audience {
			same++
		}
	}
	if column.Audience != "" && same == 1 && len(p.drawnColumns()) > 1 {
		return column.Audience.Label()
	}
	return orDash(column.Title)
}

// The data of a chart, in its little workbook: names in A, series from B on,
// titles in row 1.

func (p plot) textRef(w *strings.Builder, tag string, col int, text string) {
	fmt.Fprintf(w, `<%s><c:strRef><c:f>Feuil1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></%[1]s>`, tag, column(col), escapeXML(text))
}

func (p plot) names(w *strings.Builder) {
	fmt.Fprintf(w, `<c:cat><c:strRef><c:f>Feuil1!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, p.plotted+1, p.plotted)
	for i, r := range p.rows[:p.plotted] {
		fmt.Fprintf(w, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escapeXML(r.Cells[p.table.Chart.Label].Text))
	}
	w.WriteString(`</c:strCache></c:strRef></c:cat>`)
}

// numbers are those that are shown; the others are gaps.
func (p plot) numbers(w *strings.Builder, tag string, col, at int) {
	fmt.Fprintf(w, `<%s><c:numRef><c:f>Feuil1!$%s$2:$%[2]s$%d</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, tag, column(col), p.plotted+1, p.plotted)
	for i, r := range p.rows[:p.plotted] {
		if v, ok := plain(r.Cells[at]); ok {
			fmt.Fprintf(w, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, decimalXML(v))
		}
	}
	fmt.Fprintf(w, `</c:numCache></c:numRef></%s>`, tag)
}

// plain is the number of a cell that shows one.
func plain(c report.Cell) (float64, bool) {
	return c.Number, c.State == report.Shown && !math.IsNaN(c.Number) && !math.IsInf(c.Number, 0)
}

func decimalXML(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func axisName(text string) string {
	return fmt.Sprintf(`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800" b="0"/></a:pPr><a:r><a:rPr lang="fr-FR" sz="800" b="0"/><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`, escapeXML(text))
}

// chartFormat is the number format of a kind of column in a chart.
func chartFormat(k report.ColumnKind) string {
	if k == report.Gap {
		return `0%`
	}
	return axisFormat(k)
}

// data is the little workbook: what the chart draws, a word where a number is
// withheld, and nothing else.
func (p plot) data() []byte {
	columns := p.drawnColumns()
	if p.table.Chart.Kind == report.Bubble {
		columns = p.table.Chart.Series[:2]
	}
	x := rowXML{}
	for i := range len(columns) + 1 {
		x.refs = append(x.refs, column(i+1))
	}
	x.begin(1, 0)
	x.text(p.table.Columns[p.table.Chart.Label].Title, 0)
	for _, at := range columns {
		x.text(p.seriesTitle(at), 0)
	}
	x.end()
	for i, r := range p.rows[:p.plotted] {
		x.begin(i+2, 0)
		x.text(r.Cells[p.table.Chart.Label].Text, 0)
		for _, at := range columns {
			if v, ok := plain(r.Cells[at]); ok {
				x.number(v, 0)
			} else {
				x.text(visible(r.Cells[at].State), 0)
			}
		}
		x.end()
	}
	var out bytes.Buffer
	_ = writeZip(&out, slices.Concat(littleWorkbook, []entryXML{{"xl/worksheets/sheet1.xml",
		[]byte(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + string(x.buf) + `</sheetData></worksheet>`)}}))
	return out.Bytes() // a buffer takes whatever is written
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// littleWorkbook is what any workbook of one sheet has.
var littleWorkbook = []entryXML{
	{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`)},
	{"_rels/.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
	{"xl/workbook.xml", []byte(xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
	{"xl/_rels/workbook.xml.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)},
}

// entryXML is a part of a package.
type entryXML struct {
	name    string
	content []byte
}

// writeZip writes parts in their order. No entry has a date: the same parts
// make the same file.
func writeZip(w io.Writer, parts []entryXML) error {
	z := zip.NewWriter(w)
	for _, part := range parts {
		e, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := e.Write(part.content); err != nil {
			return err
		}
	}
	return z.Close()
}
