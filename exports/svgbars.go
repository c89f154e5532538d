package exports

import (
	"fmt"
	"math"

	"diapason/surveys/report"
)

// A lane is where lying marks go: names on the left, or above where the
// drawing is narrow, and a scale beside them.
type lane struct {
	names       float64 // width of a name
	left, right float64 // ends of the scale
	low, high   float64 // numbers there
	above       bool
}

func (l lane) x(v float64) float64 {
	if l.high <= l.low {
		return l.left
	}
	return l.left + (v-l.low)/(l.high-l.low)*(l.right-l.left)
}

// newLane leaves so many pixels on the right for what follows the marks.
func (p *picture) newLane(low, high, after float64) lane {
	l := lane{low: low, high: high, right: p.width - after}
	if p.width < svgNarrow {
		l.above, l.names, l.left = true, p.width, 2
		return l
	}
	widest := 0.0
	for _, r := range p.rows {
		widest = max(widest, textWide(p.name(r), svgText))
	}
	l.names = min(widest+2, p.width*0.42)
	l.left = l.names + 10
	return l
}

// named writes the name of a row whose marks are so high, and returns where
// these begin and where the row ends.
func (p *picture) named(l lane, r report.Row, marks float64) (top, end float64) {
	lines := wrapText(p.name(r), l.names, svgText, 4)
	block := float64(len(lines)) * svgLine
	if l.above {
		for i, s := range lines {
			p.text(0, p.y+12+float64(i)*svgLine, "start", "", s)
		}
		return p.y + block + 2, p.y + block + marks + 14
	}
	height := max(block, marks)
	for i, s := range lines {
		p.text(l.names, p.y+(height-block)/2+12+float64(i)*svgLine, "end", "", s)
	}
	return p.y + (height-marks)/2, p.y + height + 9
}

// reach is how far the numbers that are shown go, from zero.
func (p *picture) reach() (low, high float64) {
	for _, r := range p.rows {
		for _, s := range p.series {
			if v, ok := p.value(r, s); ok {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	return low, high
}

// widestLabel is the room that the longest number or word asks for.
func (p *picture) widestLabel() float64 {
	w := 0.0
	for _, r := range p.rows {
		for _, s := range p.series {
			w = max(w, textWide(written(s.column, r.Cells[s.at]), svgText))
		}
	}
	return w
}

// bars are horizontal: one a row, or one a row and an audience. With a single
// series of shares, a thin line shows the interval.
func (p *picture) bars() {
	p.patterns()
	p.legend(false)
	low, high := p.reach()
	thick := 20.0
	if len(p.series) > 1 {
		thick = 14
	}
	ends := p.intervals()
	for _, r := range p.rows {
		if _, to, ok := interval(r, ends); ok {
			high = max(high, to)
		}
	}
	l := p.newLane(low, high, p.widestLabel()+12)
	if low < 0 {
		l.left += p.widestLabel() + 8
	}
	for _, r := range p.rows {
		top, end := p.named(l, r, float64(len(p.series))*(thick+2)-2)
		for i, s := range p.series {
			p.bar(l, r, s, top+float64(i)*(thick+2), thick, ends)
		}
		p.line(l.x(0), top-2, l.x(0), top+float64(len(p.series))*(thick+2), svgAxis)
		p.y = end
	}
}

func (p *picture) bar(l lane, r report.Row, s svgSeries, y, thick float64, ends [2]int) {
	zero, base := l.x(0), y+thick/2+4.5
	v, ok := p.value(r, s)
	if !ok {
		p.text(zero+6, base, "start", svgWord, written(s.column, r.Cells[s.at]))
		return
	}
	at := l.x(v)
	p.rect(min(zero, at), y, math.Abs(at-zero), thick, s.fill, "")
	after := at
	if from, to, ok := interval(r, ends); ok {
		p.line(l.x(from), y+thick/2, l.x(to), y+thick/2, ` stroke="#fff" stroke-width="4" stroke-opacity=".8"`)
		p.line(l.x(from), y+thick/2, l.x(to), y+thick/2, ` stroke="#`+ink+`" stroke-width="1.5"`)
		after = max(after, l.x(to))
	}
	label := written(s.column, r.Cells[s.at])
	if r.Cells[s.at].Caution {
		label += " *"
	}
	if v < 0 {
		p.text(at-6, base, "end", "", label)
		return
	}
	p.text(after+6, base, "start", "", label)
}

// intervals are the columns with the two ends of the interval of the only
// series, 0 where there are none: the first column is always words.
func (p *picture) intervals() (ends [2]int) {
	if len(p.series) != 1 || p.series[0].column.Kind != report.Share {
		return ends
	}
	at, columns := p.series[0].at, p.table.Columns
	if at+2 < len(columns) && columns[at+1].Kind == report.Low && columns[at+2].Kind == report.High {
		return [2]int{at + 1, at + 2}
	}
	return ends
}

func interval(r report.Row, ends [2]int) (low, high float64, ok bool) {
	if ends[0] == 0 || r.Cells[ends[0]].State != report.Shown || r.Cells[ends[1]].State != report.Shown {
		return 0, 0, false
	}
	return r.Cells[ends[0]].Number, r.Cells[ends[1]].Number, true
}

// stacked are bars to 100 %, one part an answer of the scale. A number stays
// inside its part or is left to the table.
func (p *picture) stacked() {
	p.legend(false)
	l := p.newLane(0, 1, 2)
	for _, r := range p.rows {
		top, end := p.named(l, r, 24)
		if p.drawable(r) {
			p.parts(l, r, top)
		} else {
			p.text(l.left+4, top+16, "start", svgWord, p.withheld(r))
		}
		p.y = end
	}
}

func (p *picture) parts(l lane, r report.Row, top float64) {
	sum, from := 0.0, 0.0
	for _, s := range p.series {
		v, _ := p.value(r, s)
		sum += max(v, 0)
	}
	if sum == 0 {
		return
	}
	for _, s := range p.series {
		v, _ := p.value(r, s)
		x, to := l.x(from/sum), l.x((from+max(v, 0))/sum)
		p.rect(x, top, to-x, 24, s.fill, ` stroke="#fff"`)
		label := written(s.column, r.Cells[s.at])
		if textWide(label, svgText)+6 < to-x {
			p.text((x+to)/2, top+16.5, "middle", ` fill="#`+inkOn(s.colour)+`"`, label)
		}
		from += max(v, 0)
	}
}

// withheld is the word of the first cell of a row that has one.
func (p *picture) withheld(r report.Row) string {
	for _, s := range p.series {
		if c := r.Cells[s.at]; c.State != report.Shown && c.State != report.Empty {
			return written(s.column, c)
		}
	}
	return ""
}

// inkOn is the ink that reads best on a colour (relative luminance of WCAG 2).
func inkOn(hex string) string {
	light := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		var part int
		if _, err := fmt.Sscanf(hex[2*i:2*i+2], "%02x", &part); err != nil {
			return ink
		}
		c := float64(part) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		light += weight * c
	}
	if light > 0.18 {
		return "111111"
	}
	return "FFFFFF"
}

// columns stand in order: a distribution. Where one is too thin for its number
// or its word, they lie down.
func (p *picture) columns() {
	slot := p.width / float64(len(p.rows))
	if p.widestLabel()*svgSmall/svgText > slot/float64(len(p.series)) {
		p.says = "Barres horizontales"
		p.bars()
		return
	}
	p.patterns()
	p.legend(false)
	_, high := p.reach()
	top, floor := p.y+16, p.y+196
	for i, r := range p.rows {
		wide := min(slot*0.72, 64*float64(len(p.series))) / float64(len(p.series))
		x := (float64(i)+0.5)*slot - wide*float64(len(p.series))/2
		for j, s := range p.series {
			p.column(r, s, x+float64(j)*wide, wide-1, top, floor, high)
		}
	}
	p.line(0, floor, p.width, floor, svgAxis)
	p.under(slot, floor)
}

func (p *picture) column(r report.Row, s svgSeries, x, wide, top, floor, high float64) {
	v, ok := p.value(r, s)
	label := written(s.column, r.Cells[s.at])
	if !ok {
		p.text(x+wide/2, floor-6, "middle", svgWord+` font-size="`+px(svgSmall)+`"`, label)
		return
	}
	y := floor
	if high > 0 {
		y = floor - max(v, 0)/high*(floor-top)
	}
	p.rect(x, y, wide, floor-y, s.fill, "")
	p.text(x+wide/2, y-5, "middle", ` font-size="`+px(svgSmall)+`"`, label)
}

// under writes the names below columns.
func (p *picture) under(slot, floor float64) {
	deepest := 1
	for i, r := range p.rows {
		lines := wrapText(p.name(r), slot-6, svgSmall, 4)
		for n, s := range lines {
			p.text((float64(i)+0.5)*slot, floor+16+float64(n)*14, "middle", ` font-size="`+px(svgSmall)+`"`, s)
		}
		deepest = max(deepest, len(lines))
	}
	p.y = floor + 10 + float64(deepest)*14 + 4
}

// timeline has a column a day or a week, stacked by audience.
func (p *picture) timeline() {
	p.patterns()
	p.legend(false)
	high := 0.0
	for _, r := range p.rows {
		sum := 0.0
		for _, s := range p.series {
			if v, ok := p.value(r, s); ok {
				sum += v
			}
		}
		high = max(high, sum)
	}
	step := niceStep(high, 4)
	high = max(step, math.Ceil(high/step)*step)
	left := textWide(signed(high), svgSmall) + 8
	top, floor := p.y+10, p.y+200
	for v := 0.0; v <= high+step/2; v += step {
		y := floor - v/high*(floor-top)
		p.line(left, y, p.width, y, svgGrid)
		p.text(left-6, y+4, "end", svgSoft+` font-size="`+px(svgSmall)+`"`, signed(v))
	}
	slot := (p.width - left) / float64(len(p.rows))
	for i, r := range p.rows {
		y := floor
		for _, s := range p.series {
			if v, ok := p.value(r, s); ok && v > 0 {
				y -= v / high * (floor - top)
				p.rect(left+(float64(i)+0.12)*slot, y, slot*0.76, v/high*(floor-top), s.fill, "")
			}
		}
	}
	p.days(left, slot, floor)
}

// days names as many columns as can be read.
func (p *picture) days(left, slot, floor float64) {
	widest := 0.0
	for _, r := range p.rows {
		widest = max(widest, textWide(p.name(r), svgSmall))
	}
	step := max(1, int(math.Ceil((widest+12)/slot)))
	for i := 0; i < len(p.rows); i += step {
		name := p.name(p.rows[i])
		half := textWide(name, svgSmall) / 2
		x := max(half, min(left+(float64(i)+0.5)*slot, p.width-half))
		p.text(x, floor+16, "middle", ` font-size="`+px(svgSmall)+`"`, name)
	}
	p.y = floor + 24
}

// niceStep is a round step that cuts a length in about so many.
func niceStep(length float64, parts int) float64 {
	if length <= 0 {
		return 1
	}
	rough := length / float64(parts)
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 5} {
		if m*unit >= rough {
			return m * unit
		}
	}
	return 10 * unit
}
