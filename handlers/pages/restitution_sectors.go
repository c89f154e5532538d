package pages

import (
	"io"
	"strings"

	"diapason/surveys/report"
)

// RestitutionSectorCards is a card for each sector: the same numbers beside
// those of the territory.
type RestitutionSectorCards struct{ Restitution }

// A sectorCard is what is told of one sector.
type sectorCard struct {
	Name    string
	Figures []sectorNumber
	Hidden  int // how many of its numbers are withheld
}

// A sectorNumber is one number of a sector, with that of the whole territory.
type sectorNumber struct {
	Label, Share, Base, Territory string
	Verdict                       string // only when the sector differs
	Withheld, Care                bool
}

var restitutionSectors = restitutionPage("restitution_sectors.html")

// Render writes the page.
func (p RestitutionSectorCards) Render(w io.Writer) error {
	chapter := report.Chapter{ID: report.ChapterSectors, Title: "Les secteurs"}
	if found, ok := p.Report.Chapter(report.ChapterSectors); ok {
		chapter = *found
	}
	whole := tableOf(p.Report, report.ChapterSectors, "ensemble")
	return draw(w, restitutionSectors, struct {
		restitutionFrame
		Chapter report.Chapter
		Note    string
		Cards   []sectorCard
		Tables  []shownTable
	}{p.dress(chapter.Title, RestitutionSectors, about(chapter.Lead, p.Report)), chapter, whole.Note, sectorCards(p.Report, whole), p.show(chapter.Tables)})
}

// sectorCards are the rows of the table of all sectors, read one by one.
func sectorCards(r *report.Report, t report.Table) []sectorCard {
	total := report.Row{}
	for _, row := range t.Rows {
		if row.Role == report.Total {
			total = row
		}
	}
	var all []sectorCard
	for _, row := range t.Rows {
		if row.Role != report.Ordinary {
			continue
		}
		card := sectorCard{Name: wordsOf(t, row, "label")}
		for i, column := range t.Columns {
			if column.Kind != report.Share || i+1 >= len(row.Cells) {
				continue
			}
			n := sectorNumberOf(column, row.Cells[i], row.Cells[i+1])
			if i < len(total.Cells) {
				n.Territory = drawCell(column, total.Cells[i]).Text
			}
			question, _, _ := strings.Cut(column.Key, ".")
			n.Verdict = differs(tableOf(r, report.ChapterSectors, "secteur."+question), row.Key)
			if n.Withheld {
				card.Hidden++
			}
			card.Figures = append(card.Figures, n)
		}
		all = append(all, card)
	}
	return all
}

func sectorNumberOf(column report.Column, share, base report.Cell) sectorNumber {
	drawn := drawCell(column, share)
	n := sectorNumber{Label: column.Title, Share: drawn.Text, Care: drawn.Care, Withheld: share.State != report.Shown}
	if base.State == report.Shown {
		n.Base = number(report.Base, base.Number)
	}
	return n
}

// differs is the verdict on a sector when it is not like the rest of the
// territory, "" otherwise.
func differs(t report.Table, sector string) string {
	for _, row := range t.Rows {
		if said := wordsOf(t, row, "verdict"); row.Key == sector && (said == report.MoreOften || said == report.LessOften) {
			return said
		}
	}
	return ""
}
