package exports

import (
	"diapason/surveys/report"
)

// method says how the numbers were made and logs what was hidden.
func (b *book) method() {
	c, ok := b.report.Chapter(report.ChapterMethod)
	if !ok {
		c = &report.Chapter{ID: report.ChapterMethod, Title: "Méthode et secret statistique"}
	}
	s := b.addSheet("Méthode et secret", neutral, []float64{26, 44, 28, 24, 60})
	s.heading(c.Title, neutral)
	if c.Lead != "" {
		s.line(c.Lead, len(s.widths), look{size: sizeTable, italic: true, ink: muted})
		s.next(6)
	}
	for _, p := range c.Paragraphs {
		s.line(p, len(s.widths), look{top: true})
		s.next(4)
	}
	for i := range c.Tables {
		t := c.Tables[i]
		t.Chart = report.Chart{} // the columns here are made for reading
		newBlock(s, c, &t, min(len(t.Columns), len(s.widths))).draw()
	}
	s.suppressions()
	s.print("landscape", 0)
	b.list(s.name, "Comment les chiffres sont faits ; ce qui a été caché, où et pourquoi.")
	b.step(1)
}

func (s *sheet) suppressions() {
	s.section("Journal du secret", neutral)
	log := s.report.Suppressions
	if len(log) == 0 {
		says := "Aucune case n’a dû être cachée."
		if s.report.View == report.Work {
			says = "Vue de travail : le secret n’est pas appliqué. Ne diffusez pas ce classeur."
		}
		s.line(says, len(s.widths), look{})
		return
	}
	s.line("Les cases cachées, où elles sont et la règle qui l’a voulu. Leur valeur n’est écrite nulle part.", len(s.widths), look{ink: muted})
	header := s.row
	for i, title := range []string{"Feuille", "Tableau", "Ligne", "Colonnes", "Règle"} {
		s.put(i+1, title, look{size: 9, bold: true, fill: headFill, under: true, across: "left"})
	}
	s.next(24)
	for _, x := range s.gathered(log) {
		s.tableRow([]any{x.Chapter, x.Table, x.Row, x.Column, x.Rule})
	}
	s.closeTable(header, "Journal_du_secret")
}

// gathered is the log as its reader finds the cells: by their titles, the
// columns of one row and rule together.
func (b *book) gathered(log []report.Suppression) []report.Suppression {
	var lines []report.Suppression
	for _, x := range log {
		line := b.named(x)
		if n := len(lines) - 1; n >= 0 {
			last, columns := line, lines[n].Column
			last.Column = columns
			if last == lines[n] {
				lines[n].Column = columns + ", " + line.Column
				continue
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// named puts titles in the place of identifiers; what has none stays.
func (b *book) named(x report.Suppression) report.Suppression {
	c, ok := b.report.Chapter(x.Chapter)
	if !ok {
		return x
	}
	x.Chapter = chapterTitle(c)
	for i := range c.Tables {
		if t := &c.Tables[i]; t.ID == x.Table {
			x.Table, x.Row, x.Column = t.Title, rowNamed(t, x.Row), columnNamed(t, x.Column)
			break
		}
	}
	return x
}

func rowNamed(t *report.Table, key string) string {
	for _, r := range t.Rows {
		if r.Key == key && len(r.Cells) > 0 && r.Cells[0].Text != "" {
			return r.Cells[0].Text
		}
	}
	return key
}

func columnNamed(t *report.Table, key string) string {
	for _, c := range t.Columns {
		if c.Key == key && c.Title != "" {
			return c.Title
		}
	}
	return key
}
