package exports

import (
	"math"
	"strconv"
	"strings"

	"diapason/surveys/report"
)

// axis writes the values of a lane under rows that begin at top, over thin
// lines already behind them.
func (p *picture) axis(l lane, c report.Column, top float64, values []float64) {
	for _, v := range values {
		p.line(l.x(v), top, l.x(v), p.y, svgGrid)
		p.text(l.x(v), p.y+14, "middle", svgSoft+` font-size="`+px(svgSmall)+`"`, figure(c, v))
	}
	p.y += 22
}

// roundValues are about five round numbers that cover low to high.
func roundValues(low, high float64) []float64 {
	step := niceStep(high-low, 5)
	var all []float64
	for v := math.Floor(low/step+1e-9) * step; v < high+step*0.999; v += step {
		all = append(all, math.Round(v/step)*step)
	}
	return all
}

// svgNear is how close two marks hide each other, svgRoom what a number needs
// beside its mark.
const svgNear, svgRoom = 13.0, 48.0

// dumbbell has one line a row, one mark an audience, and a bar between the
// furthest; these two carry their number.
func (p *picture) dumbbell() {
	p.legend(true)
	low, high := p.reach()
	values := roundValues(low, high)
	l := p.newLane(values[0], values[len(values)-1], svgRoom)
	l.left += svgRoom / 2
	top := p.y
	for _, r := range p.rows {
		y, end := p.named(l, r, 26)
		p.dumbbellRow(l, r, y+13)
		p.y = end
	}
	p.axis(l, p.series[0].column, top, values)
}

func (p *picture) dumbbellRow(l lane, r report.Row, y float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range p.series {
		if v, ok := p.value(r, s); ok {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		p.text(l.left, y+4.5, "start", svgWord, p.withheld(r))
		return
	}
	p.line(l.x(low), y, l.x(high), y, ` stroke="currentColor" stroke-opacity=".35" stroke-width="5"`)
	apart := l.x(high)-l.x(low) > svgNear
	var places []float64
	for _, s := range p.series {
		v, ok := p.value(r, s)
		if !ok {
			continue
		}
		x := l.x(v)
		p.shapeAt(s, x, y+aside(places, x))
		places = append(places, x)
	}
	at := p.series[0].column
	p.text(l.x(high)+12, y+4.5, "start", "", figure(at, high))
	if apart {
		p.text(l.x(low)-12, y+4.5, "end", "", figure(at, low))
	}
}

// aside moves a mark off the line when another stands at its place.
func aside(places []float64, x float64) float64 {
	under := 0.0
	for _, other := range places {
		if math.Abs(other-x) < svgNear {
			under++
		}
	}
	if int(under)%2 == 0 {
		return -under * 4
	}
	return under * 8
}

// forest has a point and its interval a row, beside a line that says where
// there is no difference: 1 for ratios, drawn so that twice and half stand as
// far, 0 for differences.
func (p *picture) forest() {
	value := p.series[0]
	p.series = p.series[:1]
	ratio := value.column.Kind == report.Mean && strings.HasPrefix(value.column.Key, "ratio")
	place := func(v float64) float64 { return v }
	if ratio {
		place = math.Log2
	}
	low, high := p.forestReach(ratio, place)
	none := 0.0
	if ratio {
		none = 1
	}
	var values, marks []float64
	if ratio {
		for e := math.Min(-1, math.Floor(low)); e <= math.Max(1, math.Ceil(high)); e++ {
			values, marks = append(values, math.Exp2(e)), append(marks, e)
		}
	} else {
		values = roundValues(low, high)
		marks = values
	}
	after := p.widestInterval() + 16
	p.y += 4
	l := p.newLane(marks[0], marks[len(marks)-1], after)
	l.left += 10
	top := p.y
	for _, r := range p.rows {
		y, end := p.named(l, r, 22)
		p.forestRow(l, r, y+11, place)
		p.y = end
	}
	if ratio || value.column.Kind == report.Gap {
		p.line(l.x(place(none)), top, l.x(place(none)), p.y, svgAxis+` stroke-dasharray="5 4" stroke-width="1.5"`)
	}
	for i, v := range values {
		p.line(l.x(marks[i]), top, l.x(marks[i]), p.y, svgGrid)
		p.text(l.x(marks[i]), p.y+14, "middle", svgSoft+` font-size="`+px(svgSmall)+`"`, axisFigure(value.column, v, ratio))
	}
	p.y += 22
}

func axisFigure(c report.Column, v float64, ratio bool) string {
	switch {
	case !ratio:
		return figure(c, v)
	case v == 1:
		return "autant"
	case v < 1:
		return "÷" + narrow + strconv.Itoa(int(math.Round(1/v)))
	}
	return "×" + narrow + strconv.Itoa(int(math.Round(v)))
}

// forestReach is how far intervals go.
func (p *picture) forestReach(ratio bool, place func(float64) float64) (low, high float64) {
	for _, r := range p.rows {
		for _, at := range p.table.Chart.Series {
			c := r.Cells[at]
			if c.State == report.Shown && (!ratio || c.Number > 0) {
				low, high = min(low, place(c.Number)), max(high, place(c.Number))
			}
		}
	}
	return low, high
}

func (p *picture) forestRow(l lane, r report.Row, y float64, place func(float64) float64) {
	s := p.series[0]
	v, ok := p.value(r, s)
	if !ok || math.IsInf(place(v), 0) || math.IsNaN(place(v)) {
		p.text(l.left, y+4.5, "start", svgWord, written(s.column, r.Cells[s.at]))
		return
	}
	if from, to, ok := p.ends(r); ok {
		x1, x2 := l.x(max(place(from), l.low)), l.x(min(place(to), l.high))
		p.line(x1, y, x2, y, ` stroke="#`+s.colour+`" stroke-width="3" stroke-linecap="round"`)
	}
	p.shapeAt(s, l.x(place(v)), y)
	p.text(p.width, y+4.5, "end", "", p.intervalText(r))
}

// ends are the two ends of the interval of a row, if shown.
func (p *picture) ends(r report.Row) (low, high float64, ok bool) {
	series := p.table.Chart.Series
	if len(series) < 3 {
		return 0, 0, false
	}
	return interval(r, [2]int{series[1], series[2]})
}

// intervalText is « 1,8 [1,2 à 2,6] ».
func (p *picture) intervalText(r report.Row) string {
	s := p.series[0]
	text := written(s.column, r.Cells[s.at])
	if low, high, ok := p.ends(r); ok {
		text += " [" + figure(s.column, low) + " à " + figure(s.column, high) + "]"
	}
	return text
}

func (p *picture) widestInterval() float64 {
	w := 0.0
	for _, r := range p.rows {
		if p.drawable(r) {
			w = max(w, textWide(p.intervalText(r), svgText))
		}
	}
	return w
}

// bubble sets two numbers of each row against each other. Points carry the
// number of their row in the list below: names would cover each other.
func (p *picture) bubble() {
	if len(p.series) < 2 {
		p.bars()
		return
	}
	x, y := p.series[0], p.series[1]
	xs, ys := p.spread(x), p.spread(y)
	left := 26 + max(textWide(figure(y.column, ys[0]), svgSmall), textWide(figure(y.column, ys[len(ys)-1]), svgSmall))
	across := lane{left: left, right: p.width - 18, low: xs[0], high: xs[len(xs)-1]}
	top, floor := p.y+24, p.y+330
	up := lane{left: floor, right: top, low: ys[0], high: ys[len(ys)-1]}
	p.text(0, p.y+12, "start", svgSoft+` font-size="`+px(svgSmall)+`"`, "↑ "+y.name)
	for _, v := range ys {
		p.line(left, up.x(v), p.width, up.x(v), svgGrid)
		p.text(left-6, up.x(v)+4, "end", svgSoft+` font-size="`+px(svgSmall)+`"`, figure(y.column, v))
	}
	for _, v := range xs {
		p.line(across.x(v), top, across.x(v), floor, svgGrid)
		p.text(across.x(v), floor+16, "middle", svgSoft+` font-size="`+px(svgSmall)+`"`, figure(x.column, v))
	}
	p.text(p.width, floor+34, "end", svgSoft+` font-size="`+px(svgSmall)+`"`, x.name+" →")
	p.y = floor + 50
	most := 0.0
	for _, r := range p.rows {
		if len(p.series) > 2 {
			v, _ := p.value(r, p.series[2])
			most = max(most, v)
		}
	}
	n := 0
	for _, r := range p.rows {
		if !p.drawable(r) {
			continue
		}
		n++
		vx, _ := p.value(r, x)
		vy, _ := p.value(r, y)
		radius := 10.0
		if most > 0 {
			v, _ := p.value(r, p.series[2])
			radius += 12 * math.Sqrt(max(v, 0)/most)
		}
		p.out.WriteString(`<circle cx="` + px(across.x(vx)) + `" cy="` + px(up.x(vy)) + `" r="` + px(radius) + `" fill="#` + x.colour + `" fill-opacity=".85" stroke="#fff" stroke-width="1.5"/>`)
		p.text(across.x(vx), up.x(vy)+4.5, "middle", ` font-weight="bold" fill="#`+inkOn(x.colour)+`"`, strconv.Itoa(n))
	}
	p.key()
}

// spread is the axis of one of the two numbers, with room around.
func (p *picture) spread(s svgSeries) []float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range p.rows {
		if v, ok := p.value(r, s); ok {
			low, high = min(low, v), max(high, v)
		}
	}
	if low >= high {
		return []float64{low - 1, low, low + 1}
	}
	room := (high - low) * 0.08
	return roundValues(low-room, high+room)
}

// key names the numbered points, in two columns where there is room.
func (p *picture) key() {
	columns := 2
	if p.width < svgNarrow {
		columns = 1
	}
	wide, n := p.width/float64(columns), 0
	var named []string
	for _, r := range p.rows {
		if p.drawable(r) {
			n++
			named = append(named, strconv.Itoa(n)+". "+p.name(r))
		}
	}
	lines := (len(named) + columns - 1) / columns
	for i, name := range named {
		at := strings.Join(wrapText(name, wide-10, svgText, 1), "")
		p.text(float64(i/lines)*wide, p.y+14+float64(i%lines)*19, "start", "", at)
	}
	p.y += float64(lines)*19 + 4
}
