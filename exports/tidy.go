package exports

import (
	"io"
	"math"
	"slices"

	"diapason/surveys/report"
)

// tidyTitles are the columns of the report as rows of one value each.
var tidyTitles = []string{
	"chapitre", "tableau", "titre", "ligne", "libelle", "role", "colonne", "mesure", "public", "valeur", "texte", "etat", "prudence", "base", "unite",
}

// ReportCSV writes every table of a report as rows of one value each, which
// spreadsheets and statistical programs read and refresh: chapter, table, row,
// column, value, state, base and unit. What a view hides has a state and no
// value. Two reports that show the same are the same bytes.
func ReportCSV(w io.Writer, r *report.Report, decimal Decimal) error {
	c := newCSV(w, decimal, tidyTitles...)
	for i := range r.Chapters {
		for j := range r.Chapters[i].Tables {
			c.tidy(&r.Chapters[i], &r.Chapters[i].Tables[j])
		}
	}
	return c.flush()
}

// tidy writes the cells of a table, all but its labels and those that have
// nothing to say.
func (c *csvWriter) tidy(chapter *report.Chapter, t *report.Table) {
	at := labelColumn(t)
	for _, r := range t.Rows {
		for i, cell := range r.Cells {
			if i == at || cell.State == report.Empty {
				continue
			}
			column := t.Columns[i]
			text := column.Kind == report.Label || column.Kind == report.Verdict
			c.text(chapter.ID)
			c.text(t.ID)
			c.text(t.Title)
			c.text(r.Key)
			if at >= 0 {
				c.text(r.Cells[at].Text)
			} else {
				c.blanks(1)
			}
			c.text(roleWord(r.Role))
			c.text(column.Key)
			c.text(column.Title)
			c.text(string(column.Audience))
			switch {
			case cell.State != report.Shown:
				c.blanks(2)
			case text:
				c.blanks(1)
				c.text(cell.Text)
			default:
				c.number(undusted(cell.Number))
				c.blanks(1)
			}
			c.text(stateWord(cell.State))
			c.text(careWord(cell))
			c.base(t, r, i)
			c.text(unit(column.Kind))
			c.end()
		}
	}
}

// base writes the people that the value of a column is a share of, when they
// are told; nothing for a count.
func (c *csvWriter) base(t *report.Table, r report.Row, column int) {
	if i := baseColumn(t, column); i >= 0 && r.Cells[i].State == report.Shown {
		c.number(undusted(r.Cells[i].Number))
		return
	}
	c.blanks(1)
}

// baseColumn is the column that holds the base of another: that of its
// audience, or the only one; -1 when there is none.
func baseColumn(t *report.Table, column int) int {
	switch t.Columns[column].Kind {
	case report.Share, report.Low, report.High, report.Mean, report.Score:
	default:
		return -1
	}
	found, bases := -1, 0
	for i, c := range t.Columns {
		if c.Kind != report.Base {
			continue
		}
		if bases++; c.Audience == t.Columns[column].Audience {
			return i
		}
		found = i
	}
	if bases != 1 {
		return -1
	}
	return found
}

// labelColumn is the column that names the rows, -1 without one.
func labelColumn(t *report.Table) int {
	return slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Kind == report.Label })
}

// undusted is a number without the dust of binary fractions.
func undusted(f float64) float64 {
	if math.Abs(f) > 1e4 {
		return f
	}
	return math.Round(f*1e10) / 1e10
}

func roleWord(r report.Role) string {
	switch r {
	case report.Outside:
		return "hors base"
	case report.Total:
		return "total"
	}
	return ""
}

func stateWord(s report.State) string {
	switch s {
	case report.Shown:
		return "montré"
	case report.Hidden:
		return "masqué"
	case report.TooFew:
		return "base trop faible"
	case report.BlurLow:
		return "moins de 5 %"
	case report.BlurHigh:
		return "plus de 95 %"
	}
	return "vide"
}

func careWord(c report.Cell) string {
	if c.Caution && c.State == report.Shown {
		return "oui"
	}
	return ""
}

// unit is what the numbers of a column are counted in.
func unit(k report.ColumnKind) string {
	switch k {
	case report.Count, report.Base:
		return "effectif"
	case report.Share, report.Low, report.High:
		return "part (0 à 1)"
	case report.Gap:
		return "écart de parts (-1 à 1)"
	case report.Mean:
		return "unité de la question"
	case report.Score:
		return "score (0 à 100)"
	case report.Rank:
		return "rang"
	case report.Rate:
		return "pour 1 000 habitants"
	case report.Quantity:
		return "voir la ligne"
	}
	return "texte"
}
