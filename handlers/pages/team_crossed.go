package pages

import (
	"io"

	"diapason/surveys/report"
)

// TeamCrossed sets the audiences side by side.
type TeamCrossed struct {
	TeamFrame
	Report *report.Report
}

var teamCrossed = teamPage("team_crossed.html")

// Render writes the page.
func (p TeamCrossed) Render(w io.Writer) error {
	p.Title = "Regards croisés"
	chapter := chapterOf(p.Report, report.ChapterCrossed)
	if chapter.Title == "" {
		chapter.Title = p.Title
	}
	p.dress()
	return draw(w, teamCrossed, struct {
		TeamCrossed
		Chapter   report.Chapter
		Tables    []teamTable
		Audiences []report.AudienceCount
	}{p, chapter, drawTables(chapter), p.Report.Answers})
}
