package pages

import (
	"math"
	"strconv"

	"diapason/surveys/report"
)

// heatSteps is how many tints a heat table has: more are not told apart.
const heatSteps = 7

// A heatScale tints the cells of a table's series from its smallest number to
// its greatest, in equal steps. It is made from the numbers that are shown: a
// tint never tells one that is not.
type heatScale struct {
	columns   []int
	low, high float64
	kind      report.ColumnKind
}

// scaleOf is the scale of a table drawn as dots or as heat; without columns for
// any other, and where all the numbers are the same.
func scaleOf(t report.Table) heatScale {
	s := heatScale{low: math.Inf(1), high: math.Inf(-1)}
	if t.Chart.Kind != report.Heat && t.Chart.Kind != report.Dumbbell || len(t.Chart.Series) == 0 {
		return s
	}
	for _, row := range t.Rows {
		for _, at := range t.Chart.Series {
			if row.Role == report.Ordinary && row.Cells[at].State == report.Shown {
				s.low, s.high = min(s.low, row.Cells[at].Number), max(s.high, row.Cells[at].Number)
			}
		}
	}
	if s.low < s.high {
		s.columns, s.kind = t.Chart.Series, t.Columns[t.Chart.Series[0]].Kind
	}
	return s
}

// step is the tint of a number, "0" the lightest.
func (s heatScale) step(v float64) string {
	return strconv.Itoa(min(heatSteps-1, int(heatSteps*(v-s.low)/(s.high-s.low))))
}

// legend says what the lightest and the darkest tint are.
func (s heatScale) legend() string {
	if len(s.columns) == 0 {
		return ""
	}
	return "Teintes : de la plus légère (" + number(s.kind, s.low) + ") à la plus forte (" + number(s.kind, s.high) + ")."
}
