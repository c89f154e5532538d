package exports

import (
	"slices"
	"strings"
	"unicode/utf8"

	"diapason/surveys/report"
)

// printed is a table as paper holds it: the two ends of an interval in one
// column, the base and the rank of a share under it, no column that says
// nothing, and every cell in words and figures.
type printed struct {
	heads []printedHead
	rows  []printedRow
	care  bool // some number stands on a small base
	warmth
}

type printedHead struct {
	title  string
	column report.Column
	words  bool // text, read from the left
}

type printedRow struct {
	role  report.Role
	cells []printedCell
}

type printedCell struct {
	text     string
	under    string // second line, smaller
	withheld bool   // a word in the place of a number
	fill     string // RRGGBB, "" for none
	ink      string
}

// newPrinted condenses a table. Ordinary rows come first, as the report orders
// them, then what is outside the base, then totals.
func newPrinted(t *report.Table) *printed {
	t = verdictFirst(t)
	p := &printed{warmth: warmthOf(t)}
	silent := silentColumns(t)
	for i, c := range t.Columns {
		switch {
		case silent[i], closesInterval(t.Columns, i):
		case standsUnder(t.Columns, i):
			p.heads[len(p.heads)-1].title += ", " + underName(c)
		default:
			p.heads = append(p.heads, printedHead{headTitle(t.Columns, i), c, c.Kind == report.Label || c.Kind == report.Verdict})
		}
	}
	b := &block{table: &report.Table{Columns: t.Columns, Rows: t.Rows}}
	b.arrange()
	for _, r := range b.rows {
		p.rows = append(p.rows, p.row(t, r, silent))
	}
	return p
}

func (p *printed) row(t *report.Table, r report.Row, silent []bool) printedRow {
	row := printedRow{role: r.Role}
	for i, c := range r.Cells {
		if silent[i] || closesInterval(t.Columns, i) {
			continue
		}
		column := t.Columns[i]
		if standsUnder(t.Columns, i) {
			last := &row.cells[len(row.cells)-1]
			last.under = strings.TrimPrefix(last.under+" · "+underText(column, c), " · ")
			last.under = strings.TrimSuffix(last.under, " · ")
			continue
		}
		cell := printedCell{text: written(column, c), withheld: c.State != report.Shown && c.State != report.Empty}
		if c.State == report.Shown && c.Caution {
			cell.text += narrow + "*"
			p.care = true
		}
		if i+1 < len(r.Cells) && closesInterval(t.Columns, i+1) {
			cell.text = intervalText(column, c, r.Cells[i+1], cell.text)
		}
		switch {
		case c.State != report.Shown:
		case column.Kind == report.Verdict:
			cell.fill, cell.ink = verdictLook(c.Text)
		case r.Role == report.Ordinary:
			cell.fill = p.fill(i, c.Number)
		}
		row.cells = append(row.cells, cell)
	}
	return row
}

// warmth tints the cells of a table drawn as heat, from its smallest number that
// is shown to its greatest: a tint never tells one that is not.
type warmth struct {
	columns   []int
	low, high float64
}

// warmthOf is without columns for any other table, and where all numbers are
// the same.
func warmthOf(t *report.Table) warmth {
	if t.Chart.Kind != report.Heat {
		return warmth{}
	}
	low, high, differ := t.Extent()
	if !differ {
		return warmth{}
	}
	return warmth{columns: t.Chart.Series, low: low, high: high}
}

// fill is the tint of a number in a column, "" for none.
func (w warmth) fill(column int, v float64) string {
	if !slices.Contains(w.columns, column) {
		return ""
	}
	return tint(scaleHigh, (v-w.low)/(w.high-w.low))
}

// intervalText is « 37 à 47 % »; when one end may not be shown, the word that
// says so stands for both.
func intervalText(c report.Column, low, high report.Cell, otherwise string) string {
	if low.State != report.Shown || high.State != report.Shown {
		return otherwise
	}
	from, _, _ := strings.Cut(figure(c, low.Number), narrow+"%")
	from, _, _ = strings.Cut(from, narrow+"pts")
	return from + " à " + figure(c, high.Number)
}

// silentColumns are the columns of words, but the first, that say nothing in
// any row.
func silentColumns(t *report.Table) []bool {
	silent := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		silent[i] = i > 0 && c.Kind == report.Label
		for _, r := range t.Rows {
			silent[i] = silent[i] && r.Cells[i].State == report.Empty
		}
	}
	return silent
}

// closesInterval reports whether column i is the upper end of the interval the
// one before opens.
func closesInterval(columns []report.Column, i int) bool {
	if i == 0 {
		return false
	}
	low, high := columns[i-1], columns[i]
	return low.Kind == report.Low && high.Kind == report.High ||
		strings.HasSuffix(low.Key, "low") && strings.HasSuffix(high.Key, "high")
}

// standsUnder reports whether column i is the base or the rank of the share
// before it, where several stand side by side.
func standsUnder(columns []report.Column, i int) bool {
	if i == 0 || columns[i].Kind != report.Base && columns[i].Kind != report.Rank {
		return false
	}
	of, _, among := strings.Cut(columns[i].Key, ".")
	before, _, _ := strings.Cut(columns[i-1].Key, ".")
	return among && of == before
}

func underName(c report.Column) string {
	if c.Kind == report.Base {
		return "base"
	}
	return "rang"
}

func underText(column report.Column, c report.Cell) string {
	text := written(column, c)
	switch {
	case text == "":
		return ""
	case c.State != report.Shown:
		return underName(column) + " : " + text
	case column.Kind == report.Base:
		return "sur" + narrow + text
	}
	return "rang" + narrow + text
}

// headTitle is the title of a printed column.
func headTitle(columns []report.Column, i int) string {
	c := columns[i]
	title := strings.Join(strings.Fields(cleanText(c.Title)), " ")
	if i+1 < len(columns) && closesInterval(columns, i+1) {
		if c.Kind == report.Low {
			return "Intervalle indicatif"
		}
		of, _, _ := strings.Cut(title, ",")
		return of + ", intervalle"
	}
	return title
}

// verdictLook is the fill and the ink of a verdict; the word carries the
// meaning.
func verdictLook(text string) (fill, letters string) {
	lower := strings.ToLower(text)
	for _, v := range []struct{ word, fill, ink string }{
		{"non significatif", totalFill, muted}, {"trop faible", totalFill, muted},
		{"convergence", agreeFill, agreeInk}, {"divergence", differFill, differInk}, {"angle mort", blindFill, blindInk},
	} {
		if strings.Contains(lower, v.word) {
			return v.fill, v.ink
		}
	}
	return "", ""
}

// letters is, for each column, how many characters its longest word and its
// longest text have, and its texts on average.
func (p *printed) letters() (least, most, usual []int) {
	least, most, usual = make([]int, len(p.heads)), make([]int, len(p.heads)), make([]int, len(p.heads))
	hold := func(i int, text string, whole bool) {
		for word := range strings.SplitSeq(text, " ") { // other spaces never break
			least[i] = max(least[i], utf8.RuneCountInString(word))
		}
		if whole {
			least[i] = max(least[i], utf8.RuneCountInString(text))
		}
		most[i] = max(most[i], utf8.RuneCountInString(text))
	}
	for i, h := range p.heads {
		hold(i, h.title, false)
	}
	for _, r := range p.rows {
		for i, c := range r.cells {
			hold(i, c.text, !p.heads[i].words && !c.withheld)
			hold(i, c.under, false)
			usual[i] += utf8.RuneCountInString(c.text)
		}
	}
	for i := range usual {
		usual[i] /= max(len(p.rows), 1)
	}
	return least, most, usual
}
