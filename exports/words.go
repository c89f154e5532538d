package exports

import (
	"math"
	"slices"
	"unicode/utf8"

	"diapason/surveys/report"
)

// toRead reports whether a table holds nothing but text.
func toRead(t *report.Table) bool {
	return !slices.ContainsFunc(t.Columns, func(c report.Column) bool { return c.Kind != report.Label && c.Kind != report.Verdict })
}

// fits reports whether a table to read can be laid on a sheet's columns: it
// takes two of them for each of its own.
func fits(t *report.Table, widths []float64) bool { return 2*len(t.Columns) <= len(widths) }

// laid reports whether the sheet's columns were made for the numbers of other
// tables than this one.
func (b *block) laid() bool {
	others := slices.ContainsFunc(b.chapter.Tables, func(t report.Table) bool { return !toRead(&t) })
	return others && toRead(b.table) && fits(b.table, b.widths)
}

// lay gives each column of a table of words as many of the sheet's as its text
// asks for, and returns the last of each. Excel's own tables have no merged
// cells: such a table is to be read, not filtered.
func (b *block) lay() []int {
	columns := b.table.Columns
	asks, all := make([]float64, len(columns)), 0.0
	for i, c := range columns {
		asks[i] = max(float64(utf8.RuneCountInString(c.Title)), math.Sqrt(longestText(b.table, i))*4)
		all += asks[i]
	}
	last := make([]int, len(columns))
	room, taken, at := b.width(1, len(b.widths)), 0.0, 0
	for i := range columns {
		taken += asks[i]
		end := at + 1 // at least one each, and one left for each that follows
		for end < len(b.widths)-(len(columns)-1-i) && b.width(1, end)+b.widths[end]/2 < room*taken/all {
			end++
		}
		last[i], at = end, end
	}
	last[len(last)-1] = len(b.widths)
	return last
}

// drawWords writes a table of words.
func (b *block) drawWords() {
	last := b.lay()
	head := look{size: 9, bold: true, fill: headFill, wrap: true, under: true, across: "left"}
	b.layRow(last, func(i int) (string, look) { return columnTitles(b.table)[i], head })
	for _, r := range b.rows {
		b.layRow(last, func(i int) (string, look) {
			value, l := b.shown(r.Cells[i], i)
			text, _ := value.(string)
			return text, byRole(l, r.Role)
		})
	}
	b.notes()
}

// layRow writes a row of words, each over its columns.
func (b *block) layRow(last []int, cell func(i int) (string, look)) {
	height, from := rowPixels, 1
	for i, to := range last {
		text, l := cell(i)
		if l.across == "left" {
			l.indent = min(i, 1)
		}
		b.put(from, text, l)
		b.span(from, to, l)
		height = max(height, textPixels(text, b.width(from, to)*0.95, sizeText))
		from = to + 1
	}
	b.next(height)
}
