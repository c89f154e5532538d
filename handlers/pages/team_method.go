package pages

import (
	"cmp"
	"io"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamMethod says how the numbers were made, what was hidden, and who opened
// what was restricted.
type TeamMethod struct {
	TeamFrame
	Report *report.Report
	// Releases are what was published, the newest first.
	Releases []report.ReleaseNote
	// Events are shown to those who may see the working view.
	Events []surveys.Event
}

type journalLine struct {
	When                  string
	Login, Action, Detail string
}

var teamMethod = teamPage("team_method.html")

// Render writes the page.
func (p TeamMethod) Render(w io.Writer) error {
	p.Title = "Méthode"
	chapter := chapterOf(p.Report, report.ChapterMethod)
	if chapter.Title == "" {
		chapter.Title = p.Title
	}
	tables := drawTables(chapter)
	for i := range tables {
		tables[i].Chart = ""
	}
	p.dress()
	return draw(w, teamMethod, struct {
		TeamMethod
		Chapter      report.Chapter
		Tables       []teamTable
		Suppressions []report.Suppression
		Releases     []releaseLine
		Events       []journalLine
	}{p, chapter, tables, named(p.Report), released(p.Releases), journal(p.Events)})
}

// A releaseLine is a publication in the list of them.
type releaseLine struct {
	Number int
	When   string
	People []string // by audience
	Hidden int
}

func released(releases []report.ReleaseNote) []releaseLine {
	lines := make([]releaseLine, len(releases))
	for i, r := range releases {
		lines[i] = releaseLine{Number: r.Number, When: Clock(r.At), Hidden: r.Hidden}
		for _, a := range r.Answers {
			n := "masqué"
			if a.State != report.Hidden {
				n = thousands(a.N)
			}
			lines[i].People = append(lines[i].People, a.Label+"\u00a0: "+n)
		}
	}
	return lines
}

func journal(events []surveys.Event) []journalLine {
	lines := make([]journalLine, len(events))
	for i, e := range events {
		lines[i] = journalLine{Clock(e.At), e.Login, e.Action, e.Detail}
	}
	return lines
}

// named is the log of hidden cells in the words of the pages: a suppression
// holds the keys of its chapter, table, row and column.
func named(r *report.Report) []report.Suppression {
	chapters := map[string]string{}
	tables := map[[2]string]report.Table{}
	for _, chapter := range r.Chapters {
		chapters[chapter.ID] = chapter.Title
		for _, t := range chapter.Tables {
			tables[[2]string{chapter.ID, t.ID}] = t
		}
	}
	lines := make([]report.Suppression, len(r.Suppressions))
	for i, hidden := range r.Suppressions {
		t := tables[[2]string{hidden.Chapter, hidden.Table}]
		lines[i] = report.Suppression{
			Chapter: cmp.Or(chapters[hidden.Chapter], hidden.Chapter), Table: cmp.Or(t.Title, hidden.Table),
			Row: cmp.Or(rowName(t, hidden.Row), hidden.Row), Column: cmp.Or(columnName(t, hidden.Column), hidden.Column), Rule: hidden.Rule,
		}
	}
	return lines
}

func rowName(t report.Table, key string) string {
	for _, row := range t.Rows {
		if row.Key == key && len(row.Cells) > 0 {
			return row.Cells[0].Text
		}
	}
	return ""
}

func columnName(t report.Table, key string) string {
	for _, column := range t.Columns {
		if column.Key == key {
			return column.Title
		}
	}
	return ""
}
