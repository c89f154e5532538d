package exports

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/report"
)

// columnTitles are the titles of a table's columns: Excel wants one in each,
// and no two the same. Under a band that names the audience they only say what
// the number is.
func columnTitles(t *report.Table) []string {
	titles := make([]string, len(t.Columns))
	taken := map[string]bool{}
	short := banded(t)
	for i, c := range t.Columns {
		title := strings.Join(strings.Fields(cleanText(c.Title)), " ")
		switch {
		case title == "":
			title = "Modalité"
		case short && c.Audience != "":
			title = shortTitle(title, c)
		case taken[strings.ToLower(title)] && c.Audience != "":
			title += " – " + c.Audience.Label()
		}
		titles[i] = unlike(taken, cut(title, 200))
	}
	return titles
}

// unlike is title, numbered when it is taken, and takes it.
func unlike(taken map[string]bool, title string) string {
	base := title
	for n := 2; taken[strings.ToLower(title)]; n++ {
		title = fmt.Sprintf("%s (%d)", base, n)
	}
	taken[strings.ToLower(title)] = true
	return title
}

// shortTitle is what a column says under the name of its audience, which it
// keeps the initial of: « Part H », « base P ».
func shortTitle(title string, c report.Column) string {
	label := c.Audience.Label()
	rest := strings.Trim(strings.TrimPrefix(title, label), " ,–-:")
	if rest == "" {
		rest = "Part"
		if c.Kind != report.Share {
			rest = "Valeur"
		}
	}
	return rest + " " + cut(label, 1)
}

// banded reports whether several audiences have several columns each, which is
// also the room their names need.
func banded(t *report.Table) bool {
	columns := map[surveys.Audience]int{}
	for _, c := range t.Columns {
		if c.Audience != "" {
			columns[c.Audience]++
		}
	}
	for _, n := range columns {
		if n < 2 {
			return false
		}
	}
	return len(columns) > 1
}

// bandTitle names the audience of a band, "" where there is none.
func bandTitle(c report.Column) string {
	if c.Audience == "" {
		return ""
	}
	return c.Audience.Label()
}

// verdictFirst puts the verdicts and gaps of a table beside its labels: read
// first, and in the same place whatever the number of audiences compared.
func verdictFirst(t *report.Table) *report.Table {
	if !slices.ContainsFunc(t.Columns, func(c report.Column) bool { return c.Kind == report.Verdict }) {
		return t
	}
	order := make([]int, len(t.Columns)) // old place by new place
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return early(t.Columns, x) - early(t.Columns, y) })
	moved := *t
	moved.Columns = reorder(t.Columns, order)
	moved.Rows = slices.Clone(t.Rows)
	for i := range moved.Rows {
		moved.Rows[i].Cells = reorder(moved.Rows[i].Cells, order)
	}
	moved.Chart.Label = slices.Index(order, t.Chart.Label)
	if t.Chart.Of > 0 {
		moved.Chart.Of = slices.Index(order, t.Chart.Of)
	}
	moved.Chart.Series = nil
	for _, s := range t.Chart.Series {
		moved.Chart.Series = append(moved.Chart.Series, slices.Index(order, s))
	}
	return &moved
}

// oneLabel joins the words that name a row in its first column when a chart
// needs both: Excel writes a second level of names sideways.
func oneLabel(t *report.Table) *report.Table {
	of := t.Chart.Of
	if of == 0 {
		return t
	}
	joined := *t
	joined.Columns = slices.Delete(slices.Clone(t.Columns), of, of+1)
	joined.Rows = slices.Clone(t.Rows)
	for i, row := range t.Rows {
		cells := slices.Clone(row.Cells)
		cells[t.Chart.Label].Text += ", " + strings.ToLower(cells[of].Text)
		joined.Rows[i].Cells = slices.Delete(cells, of, of+1)
	}
	joined.Chart.Of, joined.Chart.Series = 0, nil
	for _, s := range t.Chart.Series {
		if s > of {
			s--
		}
		joined.Chart.Series = append(joined.Chart.Series, s)
	}
	return &joined
}

// early ranks a column: labels, verdicts, gaps, then the rest.
func early(columns []report.Column, i int) int {
	switch columns[i].Kind {
	case report.Label:
		return 0
	case report.Verdict:
		return 1
	case report.Gap:
		return 2
	}
	return 3
}

func reorder[T any](of []T, order []int) []T {
	moved := make([]T, len(of))
	for i, old := range order {
		moved[i] = of[old]
	}
	return moved
}
