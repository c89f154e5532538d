package pages

import (
	"io"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamMethod says how the numbers were made, what was hidden, and who opened
// what was restricted.
type TeamMethod struct {
	TeamFrame
	Report *report.Report
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
		Events       []journalLine
	}{p, chapter, tables, p.Report.Suppressions, journal(p.Events)})
}

func journal(events []surveys.Event) []journalLine {
	lines := make([]journalLine, len(events))
	for i, e := range events {
		lines[i] = journalLine{Clock(e.At), e.Login, e.Action, e.Detail}
	}
	return lines
}
