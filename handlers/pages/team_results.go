package pages

import (
	"io"

	"diapason/surveys/report"
)

// TeamResults shows what one audience answered, question by question.
type TeamResults struct {
	TeamFrame
	Chapter report.Chapter
}

var teamResults = teamPage("team_results.html")

// Render writes the page.
func (p TeamResults) Render(w io.Writer) error {
	p.Title = p.Chapter.Title
	p.dress()
	return draw(w, teamResults, struct {
		TeamResults
		Tables []teamTable
	}{p, drawTables(p.Chapter)})
}
