package report

import (
	"fmt"
	"math"
	"strings"

	"diapason/surveys"
)

// A proof is a cell of a table that tells what justifies a finding: it is
// written when every number has gone through disclosure control.
type proof struct {
	row, column int
	finding     surveys.Finding
}

// prove writes the proofs of all chapters from the cells that may be told.
func (b *builder) prove(chapters []Chapter, drafts []draft) {
	for _, d := range drafts {
		for _, s := range d.sheets {
			for _, p := range s.proofs {
				if told := b.proofText(chapters, p.finding); told != "" {
					*s.cell(p.row, p.column) = text(typeset(told))
				}
			}
		}
	}
}

// proofText is what the cells and the figures of a finding say. Those that may
// not be told, or are there no longer, are left out.
func (b *builder) proofText(chapters []Chapter, f surveys.Finding) string {
	var parts []string
	for _, ref := range f.Cells {
		if told := cellText(chapters, ref); told != "" {
			parts = append(parts, told)
		}
	}
	for _, id := range f.Figures {
		for _, figure := range b.Dossier.Figures {
			if v, known := figure.Value(surveys.OfTerritory); figure.ID == id && known {
				parts = append(parts, figureText(figure, v))
			}
		}
	}
	return strings.Join(parts, " ; ")
}

func figureText(f surveys.Figure, v float64) string {
	told := f.Label + " : " + quantity(v)
	if f.Unit != "" {
		told += " " + f.Unit
	}
	if f.Demo {
		told += " (démonstration)"
	}
	return told
}

// quantity writes a published statistic as French does.
func quantity(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return whole(int(v))
	}
	return decimal(math.Round(v*10) / 10)
}

// cellText is a shown cell as a sentence cites it: "Habitants – Un dentiste :
// 72 % (n = 540)".
func cellText(chapters []Chapter, ref surveys.CellRef) string {
	for _, c := range chapters {
		if c.ID != ref.Chapter {
			continue
		}
		for _, t := range c.Tables {
			if t.ID != ref.Table {
				continue
			}
			for _, row := range t.Rows {
				if row.Key == ref.Row {
					return t.cite(row, ref.Column)
				}
			}
		}
	}
	return ""
}

func (t Table) cite(row Row, column string) string {
	for i, c := range t.Columns {
		if c.Key != column || i >= len(row.Cells) || row.Cells[i].State != Shown {
			continue
		}
		told := row.Cells[0].Text
		if c.Audience != "" {
			told = c.Audience.Label() + ", " + told
		}
		return t.asked() + told + " : " + t.numberText(row, i)
	}
	return ""
}

// asked is the question that the rows of a table answer, "" when each row says
// what it is about.
func (t Table) asked() string {
	switch t.Columns[0].Title {
	case answerTitle:
		return t.Title + " "
	case subjectTitle:
		return t.Title + " : "
	}
	return ""
}

func (t Table) numberText(row Row, at int) string {
	n := row.Cells[at].Number
	switch t.Columns[at].Kind {
	case Share:
		told := fmt.Sprintf("%d %%", int(math.Round(n*100)))
		for i, c := range t.Columns {
			if c.Kind == Base && c.Audience == t.Columns[at].Audience && row.Cells[i].State == Shown {
				told += " (base " + whole(int(row.Cells[i].Number)) + ")"
				break
			}
		}
		return told
	case Mean:
		return decimal(math.Round(n*10) / 10)
	case Label, Verdict:
		return row.Cells[at].Text
	}
	return quantity(math.Round(n))
}
