package exports

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"diapason/surveys/report"
)

// whiskers are the ends of the intervals on the bars of a chart, which the
// library has no word for: they are put into the part once it is made. Lengths
// are written as numbers, for cells hold the ends and not the distances.
type whiskers struct{ plus, minus []float64 }

// intervalOf finds the columns of the ends of a chart's only series: those that
// come after it in the table. None has one unless every row drawn does.
func (b *block) intervalOf() (low, high int, ok bool) {
	chart := b.table.Chart
	value := chart.Series[0]
	if chart.Kind == report.Forest {
		return chart.Series[1], chart.Series[2], true
	}
	low = slices.IndexFunc(b.table.Columns, func(c report.Column) bool { return c.Kind == report.Low })
	if chart.Kind != report.Bars || len(chart.Series) != 1 || b.table.Columns[value].Kind != report.Share || low != value+1 || low+1 >= len(b.table.Columns) {
		return 0, 0, false
	}
	return low, low + 1, b.table.Columns[low+1].Kind == report.High
}

// intervals are those of the rows drawn; nil when the table has no intervals, or
// a bar is too short to carry its number at its foot, clear of them.
func (b *block) intervals() *whiskers {
	low, high, ok := b.intervalOf()
	if !ok || b.plotted == 0 {
		return nil
	}
	w := &whiskers{}
	least, most := 0.0, 0.0
	for i, r := range b.rows[:b.plotted] {
		value, from, to := r.Cells[b.table.Chart.Series[0]], r.Cells[low], r.Cells[high]
		if value.State != report.Shown || from.State != report.Shown || to.State != report.Shown {
			w.plus, w.minus = append(w.plus, 0), append(w.minus, 0)
			continue
		}
		w.plus, w.minus = append(w.plus, to.Number-value.Number), append(w.minus, value.Number-from.Number)
		if most = max(most, to.Number); i == 0 || value.Number < least {
			least = value.Number
		}
	}
	if least < shortBar*most {
		return nil
	}
	return w
}

// shortBar is the part of a chart's length that a number needs.
const shortBar = 0.12

// put adds them to the part of a chart, and moves the numbers to the
// foot of the bars.
func (w *whiskers) put(chart []byte) []byte {
	bars := fmt.Sprintf(`<errBars><errBarType val="both"></errBarType><errValType val="cust"></errValType><noEndCap val="0"></noEndCap>`+
		`<plus>%s</plus><minus>%s</minus><spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="%s"></a:srgbClr></a:solidFill></a:ln></spPr></errBars>`,
		literals(w.plus), literals(w.minus), ink)
	chart = bytes.Replace(chart, []byte("<cat>"), []byte(bars+"<cat>"), 1)
	return bytes.Replace(chart, []byte("<showLegendKey"), []byte(`<dLblPos val="inBase"></dLblPos><showLegendKey`), 1)
}

func literals(values []float64) string {
	var s strings.Builder
	fmt.Fprintf(&s, `<numLit><formatCode>General</formatCode><ptCount val="%d"></ptCount>`, len(values))
	for i, v := range values {
		fmt.Fprintf(&s, `<pt idx="%d"><v>%.6g</v></pt>`, i, v)
	}
	s.WriteString("</numLit>")
	return s.String()
}
