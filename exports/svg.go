package exports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/report"
)

// SVGOptions say where a picture goes.
type SVGOptions struct {
	// ID begins the identifiers inside the picture. Two pictures of one page
	// need two; it may hold letters, digits, "-", "_" and ".".
	ID string
	// Width is that of the drawing in pixels, 0 for 640. Under 480 the names
	// stand above their bars: a page that serves phones gives two drawings and
	// lets its style sheet choose.
	Width int
	// Audience colours the series that belong to none: that of the chapter.
	Audience surveys.Audience
	// Demo says in the description that the answers are invented.
	Demo bool
}

// svgWidths: of a drawing, unless asked otherwise, and the least.
const (
	svgWidth  = 640
	svgNarrow = 480
	svgLeast  = 240
)

// svgForms are the ways to draw. A table drawn as heat is not among them: its
// own cells, tinted, are the picture.
var svgForms = map[report.ChartKind]struct {
	says string
	draw func(*picture)
}{
	report.Bars:      {"Barres horizontales", (*picture).bars},
	report.Clustered: {"Barres horizontales, une par public", (*picture).bars},
	report.Stacked:   {"Barres empilées à 100 %", (*picture).stacked},
	report.Columns:   {"Colonnes", (*picture).columns},
	report.Timeline:  {"Colonnes empilées, dans l’ordre du temps", (*picture).timeline},
	report.Dumbbell:  {"Points sur une ligne, un par public", (*picture).dumbbell},
	report.Forest:    {"Points avec leur intervalle", (*picture).forest},
	report.Bubble:    {"Nuage de points", (*picture).bubble},
}

// SVG draws the chart of a table as an SVG element to be put inside a page, and
// reports whether there is one: not where the table asks for none, nor where
// too few numbers are shown to be compared.
//
// It draws what the cells show and nothing else; a number that is withheld is
// a word in its place. Text is escaped. There is no style and no script inside,
// so that a strict policy lets it in; letters are in the current colour and
// typeface of the page; every mark has its number or its pattern beside its
// colour, and title and desc say it to those who do not see it.
func SVG(t *report.Table, o SVGOptions) (string, bool) {
	form, known := svgForms[t.Chart.Kind]
	if !known || len(t.Chart.Series) == 0 {
		return "", false
	}
	p := newPicture(oneLabel(t), o)
	if p.told() < p.least() {
		return "", false
	}
	p.says = form.says
	form.draw(p)
	return p.element(), true
}

// A picture is a chart being drawn from top to bottom.
type picture struct {
	table  *report.Table
	says   string // what form it has
	o      SVGOptions
	rows   []report.Row // ordinary ones, as many as are read
	series []svgSeries
	width  float64
	y      float64 // where the next thing goes
	defs   strings.Builder
	out    strings.Builder
}

// svgSeries is one column of values.
type svgSeries struct {
	at     int // its column
	column report.Column
	name   string
	colour string // RRGGBB
	fill   string // the colour, or a pattern over it
	shape  string
}

func newPicture(t *report.Table, o SVGOptions) *picture {
	if o.Width == 0 {
		o.Width = svgWidth
	}
	p := &picture{table: t, o: o, width: float64(max(o.Width, svgLeast))}
	most := maxCategories
	if t.Chart.Kind == report.Timeline {
		most = maxDays
	}
	for _, r := range t.Rows {
		if r.Role == report.Ordinary && len(p.rows) < most {
			p.rows = append(p.rows, r)
		}
	}
	for i, at := range t.Chart.Series {
		p.series = append(p.series, p.newSeries(i, at))
	}
	return p
}

func (p *picture) newSeries(i, at int) svgSeries {
	c := p.table.Columns[at]
	s := svgSeries{at: at, column: c, name: cleanText(c.Title)}
	audience := c.Audience
	switch {
	case audience == "":
		audience = p.o.Audience
	case !p.shared(audience):
		s.name = audience.Label()
	}
	s.colour = colour(audience)
	n, lightest := len(p.table.Chart.Series), 0.6 // still seen on white
	if p.table.Chart.Kind == report.Stacked {
		lightest = 0.15 // parts touch, and hold their number
	}
	if n > 1 && (c.Audience == "" || p.shared(c.Audience)) && p.table.Chart.Kind != report.Forest && p.table.Chart.Kind != report.Bubble {
		s.colour = tint(s.colour, lightest+(1-lightest)*float64(i)/float64(n-1))
	}
	s.fill, s.shape = "#"+s.colour, svgShapes[i%len(svgShapes)]
	if at := slices.Index(surveys.Audiences(), c.Audience); at >= 0 && !p.shared(c.Audience) {
		s.shape = svgShapes[at]
	}
	return s
}

// svgShapes are the marks of the audiences, in their order, and of other series
// in theirs.
var svgShapes = [...]string{"circle", "diamond", "triangle"}

// shared reports whether several series belong to this audience.
func (p *picture) shared(a surveys.Audience) bool {
	n := 0
	for _, at := range p.table.Chart.Series {
		if p.table.Columns[at].Audience == a {
			n++
		}
	}
	return n > 1
}

// told counts the rows that have something to draw.
func (p *picture) told() int {
	n := 0
	for _, r := range p.rows {
		if p.drawable(r) {
			n++
		}
	}
	return n
}

// drawable is as for the charts of the workbook.
func (p *picture) drawable(r report.Row) bool { return (&block{table: p.table}).drawable(r) }

// least is how many rows it takes to compare something.
func (p *picture) least() int {
	if slices.Contains([]report.ChartKind{report.Stacked, report.Clustered, report.Dumbbell, report.Forest}, p.table.Chart.Kind) {
		return 1
	}
	return 2
}

// name is what a row is called.
func (p *picture) name(r report.Row) string { return cleanText(r.Cells[p.table.Chart.Label].Text) }

// value is the number of a series in a row, if it is shown.
func (p *picture) value(r report.Row, s svgSeries) (float64, bool) {
	c := r.Cells[s.at]
	return c.Number, c.State == report.Shown && !math.IsNaN(c.Number) && !math.IsInf(c.Number, 0)
}

// element closes the drawing: an image with a name and a description.
func (p *picture) element() string {
	id := escapeXML(p.o.ID)
	defs := ""
	if p.defs.Len() > 0 {
		defs = "<defs>" + p.defs.String() + "</defs>"
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="drawn" role="img" aria-labelledby="%[1]s-title %[1]s-desc" viewBox="0 0 %[2]s %[3]s" width="%[2]s" height="%[3]s" font-size="%[4]s" fill="currentColor"><title id="%[1]s-title">%[5]s</title><desc id="%[1]s-desc">%[6]s</desc>%[7]s%[8]s</svg>`,
		id, px(p.width), px(math.Ceil(p.y)), px(svgText), escapeXML(p.table.Title), escapeXML(p.description()), defs, p.out.String())
}

// description tells the picture to whoever does not see it: its form and its
// first rows.
func (p *picture) description() string {
	var s strings.Builder
	s.WriteString(p.says)
	sep := ". "
	for _, r := range p.rows[:min(len(p.rows), 3)] {
		fmt.Fprintf(&s, "%s%s : %s", sep, p.name(r), p.spoken(r))
		sep = " ; "
	}
	switch more := len(p.rows) - 3; {
	case more == 1:
		s.WriteString(" ; et une autre ligne")
	case more > 1:
		fmt.Fprintf(&s, " ; et %d autres lignes", more)
	}
	s.WriteString(". Les valeurs sont dans le tableau.")
	if p.o.Demo {
		s.WriteString(" " + report.DemoNotice + ".")
	}
	return cutWords(s.String(), 1000)
}

func (p *picture) spoken(r report.Row) string {
	parts := make([]string, len(p.series))
	for i, s := range p.series {
		parts[i] = written(s.column, r.Cells[s.at])
		if len(p.series) > 1 {
			parts[i] = s.name + " " + parts[i]
		}
	}
	return strings.Join(parts, ", ")
}

// text writes a line; anchor is start, middle or end.
func (p *picture) text(x, y float64, anchor, attributes, s string) {
	if s == "" {
		return
	}
	if anchor != "start" {
		attributes += ` text-anchor="` + anchor + `"`
	}
	fmt.Fprintf(&p.out, `<text x="%s" y="%s"%s>%s</text>`, px(x), px(y), attributes, escapeXML(s))
}

func (p *picture) rect(x, y, w, h float64, fill, attributes string) {
	fmt.Fprintf(&p.out, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"%s/>`, px(x), px(y), px(max(w, 0)), px(h), fill, attributes)
}

func (p *picture) line(x1, y1, x2, y2 float64, attributes string) {
	fmt.Fprintf(&p.out, `<path d="M%s %sL%s %s"%s/>`, px(x1), px(y1), px(x2), px(y2), attributes)
}

// Ways to write: in the background, and in place of a number.
const (
	svgSoft = ` fill-opacity=".78"`
	svgWord = ` font-style="italic" fill-opacity=".78"`
	svgGrid = ` stroke="currentColor" stroke-opacity=".18"`
	svgAxis = ` stroke="currentColor" stroke-opacity=".5"`
)

// shapeAt draws a mark about a point.
func (p *picture) shapeAt(s svgSeries, x, y float64) {
	d := fmt.Sprintf("M%s %sa6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0z", px(x-6.5), px(y))
	switch s.shape {
	case "diamond":
		d = fmt.Sprintf("M%s %sl8 8l-8 8l-8 -8z", px(x), px(y-8))
	case "triangle":
		d = fmt.Sprintf("M%s %sl8 14h-16z", px(x), px(y-8))
	}
	fmt.Fprintf(&p.out, `<path d="%s" fill="#%s" stroke="#fff" stroke-width="1.5"/>`, d, s.colour)
}

// patterns lays stripes and dots over the colours from the second series on,
// so that bars are told apart without their colours.
func (p *picture) patterns() {
	if len(p.series) < 2 {
		return
	}
	marks := []string{
		`<path d="M-2 8L8 -2M4 10L10 4" stroke="#fff" stroke-opacity=".55" stroke-width="1.6"/>`,
		`<circle cx="2" cy="2" r="1.2" fill="#fff" fill-opacity=".7"/><circle cx="6" cy="6" r="1.2" fill="#fff" fill-opacity=".7"/>`,
		`<path d="M-2 0L8 10M-2 6L2 10M4 -2L10 4" stroke="#fff" stroke-opacity=".55" stroke-width="1.6"/>`,
	}
	for i := 1; i < len(p.series); i++ {
		id := fmt.Sprintf("%s-p%d", escapeXML(p.o.ID), i)
		fmt.Fprintf(&p.defs, `<pattern id="%s" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#%s"/>%s</pattern>`,
			id, p.series[i].colour, marks[(i-1)%len(marks)])
		p.series[i].fill = "url(#" + id + ")"
	}
}

// legend names the series above the drawing, when there are several.
func (p *picture) legend(shapes bool) {
	if len(p.series) < 2 {
		p.y += 4
		return
	}
	x, y := 0.0, p.y+14
	for _, s := range p.series {
		name := strings.Join(wrapText(s.name, p.width-30, svgText, 1), "")
		if wide := 24 + textWide(name, svgText) + 16; x > 0 && x+wide > p.width {
			x, y = 0, y+22
		}
		if shapes {
			p.shapeAt(s, x+9, y-5)
		} else {
			p.rect(x, y-11, 16, 13, s.fill, ` stroke="currentColor" stroke-opacity=".35"`)
		}
		p.text(x+22, y, "start", "", name)
		x += 24 + textWide(name, svgText) + 16
	}
	p.y = y + 14
}
