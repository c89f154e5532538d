package exports

import (
	"slices"
	"strings"
	"unicode/utf8"

	"diapason/surveys/report"
)

// Widths in characters of the columns of a chapter.
const (
	labelWidth   = 42
	textWidth    = 14  // at least
	secondText   = 34  // at most, of the column after the labels
	widestText   = 26  // at most, of the others
	linesOfText  = 3   // a long text may take, as far as its column allows
	numberWidth  = 8.5 // at least
	gutterWidth  = 2
	chartColumns = 8
	chartWidth   = 9 // of each column under a chart
	// besideAt is how wide tables may be for the charts to stand beside: a page as
	// wide as both prints too small to read when they are wider.
	besideAt = 130
)

// chapters draws every chapter of the report but the method, one sheet each,
// in the report's order. One that has no table yet gets no sheet: the cover says
// why.
func (b *book) chapters() {
	for i := range b.report.Chapters {
		c := &b.report.Chapters[i]
		switch {
		case c.ID == report.ChapterMethod:
		case len(c.Tables) == 0:
			b.absent = append(b.absent, entry{chapterTitle(c), c.Lead})
		default:
			b.chapter(c)
		}
		b.step(1)
	}
}

func (b *book) chapter(c *report.Chapter) {
	widths, cols := chapterWidths(c.Tables)
	s := b.addSheet(chapterTitle(c), colour(c.Audience), widths)
	s.heading(c.Title, colour(c.Audience))
	if c.Lead != "" {
		s.line(c.Lead, len(widths), look{size: sizeTable, italic: true, ink: muted})
		s.next(8)
	}
	for _, p := range c.Paragraphs {
		s.line(p, len(widths), look{})
	}
	s.tablesOf(c, cols)
	s.print("landscape", 0)
	b.list(s.name, oneLine(c))
}

// tablesOf draws the tables one under another, under the headings they share.
func (s *sheet) tablesOf(c *report.Chapter, cols int) {
	section := ""
	for i := range c.Tables {
		t := &c.Tables[i]
		row, top := s.row, s.y
		if t.Section != "" && t.Section != section {
			section = t.Section
			s.section(section, colour(c.Audience))
		}
		b := newBlock(s, c, t, cols)
		b.startRow, b.startY = row, top
		b.draw()
		s.breakBefore(row, top)
	}
}

func (s *sheet) section(title, tint string) {
	s.next(8)
	for col := 1; col <= len(s.widths); col++ {
		s.put(col, "", look{under: true})
	}
	s.put(1, title, look{size: sizeSection, bold: true, ink: tint, under: true})
	s.next(28)
	s.next(10)
}

// tabs are the names of the chapters' sheets, short enough for Excel, and what
// the contents say of each.
var tabs = map[string]entry{
	report.ChapterSummary:        {"Synthèse", "L’essentiel en deux pages : les chiffres, les lectures, les constats."},
	report.ChapterApproach:       {"Démarche", "Comment le diagnostic est mené, et ce qui a été demandé à qui."},
	report.ChapterTerritory:      {"Territoire et indicateurs", "La population et les données de cadrage, avec leurs sources."},
	report.ChapterParticipation:  {"Participation", "Qui a répondu, où et quand."},
	report.ChapterRepresentation: {"Profil des réponses", "Les personnes qui ont répondu à côté de la population, et le redressement."},
	report.ChapterAccess:         {"Accès et renoncement", "Ce qui est difficile, qui renonce et pourquoi."},
	report.ChapterFragile:        {"Publics fragiles", "Pour qui c’est plus fréquent, et de combien."},
	report.ChapterCrossed:        {"Regards croisés", "Ce que les publics disent ensemble, ce qui les sépare, ce que l’un voit seul."},
	report.ChapterSectors:        {"Secteurs", "Les mêmes chiffres pour chaque secteur."},
	report.ChapterEvolution:      {"Évolutions", "Ce qui a changé depuis l’édition précédente."},
	report.ChapterVerbatims:      {"Paroles", "De quoi parlent les textes libres, et des citations relues."},
	report.ChapterPriorities:     {"Priorités", "Les sujets, leurs scores et les votes."},
	report.ChapterActions:        {"Fiches-actions", "Du constat à la fiche-action."},
}

// chapterTitle is the name of a chapter's tab.
func chapterTitle(c *report.Chapter) string {
	switch tab, known := tabs[c.ID]; {
	case known:
		return tab.sheet
	case c.Theme != "":
		return themeTab(c)
	case c.Audience != "" && c.ID == string(c.Audience):
		return c.Audience.Label()
	}
	return c.Title
}

// themeTab is "T01 Accès aux soins de premier": the code, then whole words of the
// name.
func themeTab(c *report.Chapter) string {
	name := c.Theme
	for word := range strings.FieldsSeq(c.Title) {
		if utf8.RuneCountInString(name)+1+utf8.RuneCountInString(word) > 31 {
			break
		}
		name += " " + word
	}
	return strings.TrimRight(name, ",")
}

// oneLine is what the contents say of a chapter.
func oneLine(c *report.Chapter) string {
	switch tab, known := tabs[c.ID]; {
	case known:
		return tab.says
	case c.Audience != "":
		return "Toutes les questions posées à ce public, tableau et graphique côte à côte."
	case c.Theme != "":
		return c.Title + " : ce que dit chaque public, les données, les ressources, les constats."
	}
	first, _, _ := strings.Cut(c.Lead, ". ")
	return first
}

// chapterWidths are those of a sheet's columns, and how many of them the widest
// table has; a chart may stand on the others. Tables to read are laid on the
// columns of the tables of numbers, where these leave room enough.
func chapterWidths(tables []report.Table) (widths []float64, cols int) {
	toCount := slices.DeleteFunc(slices.Clone(tables), func(t report.Table) bool { return toRead(&t) })
	if len(toCount) > 0 {
		widths, cols = withCharts(toCount)
		if !slices.ContainsFunc(tables, func(t report.Table) bool { return toRead(&t) && !fits(&t, widths) }) {
			return widths, cols
		}
	}
	return withCharts(tables)
}

func withCharts(tables []report.Table) (widths []float64, cols int) {
	widths = tableWidths(tables)
	cols = len(widths)
	if hasChart(tables) && total(widths) <= besideAt {
		widths = append(widths, gutterWidth)
		for range chartColumns {
			widths = append(widths, chartWidth)
		}
	}
	return widths, cols
}

// tableWidths is the width of each column, wide enough for every table.
func tableWidths(tables []report.Table) []float64 {
	widths := []float64{labelWidth}
	for n := range tables {
		t := verdictFirst(oneLabel(&tables[n]))
		titles := columnTitles(t)
		for i, c := range t.Columns {
			w := max(numberWidth, wordWidth(titles[i]))
			if c.Kind == report.Label || c.Kind == report.Verdict {
				w = textColumn(i, longestText(t, i))
			}
			if i == len(widths) {
				widths = append(widths, w)
			}
			widths[i] = max(widths[i], w)
		}
	}
	for len(widths) < 5 {
		widths = append(widths, numberWidth)
	}
	return widths
}

// textColumn is the width of a column whose longest text has so many letters.
func textColumn(i int, letters float64) float64 {
	most := float64(widestText)
	if i == 1 {
		most = secondText
	}
	return min(max(textWidth, min(letters+2, letters/linesOfText+textWidth)), most)
}

func total(widths []float64) float64 {
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	return sum
}

// longestText is the length of the longest text of a column.
func longestText(t *report.Table, column int) float64 {
	longest := 0
	for _, row := range t.Rows {
		if column < len(row.Cells) {
			longest = max(longest, utf8.RuneCountInString(row.Cells[column].Text))
		}
	}
	return float64(longest)
}

// wordWidth is the width of the longest word of a column title: words are not
// broken.
func wordWidth(title string) float64 {
	longest := 0
	for word := range strings.FieldsSeq(title) {
		longest = max(longest, utf8.RuneCountInString(word))
	}
	return float64(longest)*0.95 + 2
}

func hasChart(tables []report.Table) bool {
	for _, t := range tables {
		if t.Chart.Kind != report.NoChart && t.Chart.Kind != report.Heat {
			return true
		}
	}
	return false
}
