package pages

import (
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
	s := heatScale{}
	if t.Chart.Kind != report.Heat && t.Chart.Kind != report.Dumbbell {
		return s
	}
	low, high, differ := t.Extent()
	if differ {
		s = heatScale{columns: t.Chart.Series, low: low, high: high, kind: t.Columns[t.Chart.Series[0]].Kind}
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
