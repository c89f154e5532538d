package pages

import (
	"io"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamResults shows one chapter, table by table: what an audience answered, a
// theme, the sectors.
type TeamResults struct {
	TeamFrame
	Chapter report.Chapter
	Silence string // what to say while there is no table
	Filter  TeamFilter
}

// A TeamFilter narrows the answers to those of one sector; without choices it
// only says why there is none, and without words it is not shown.
type TeamFilter struct {
	Address string // of the page, which takes "secteur"
	Chosen  string
	Choices []surveys.Sector
	Refused string // why there is no filter
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
