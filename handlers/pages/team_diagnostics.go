package pages

import (
	"io"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamDiagnostics lists the diagnostics an account may open.
type TeamDiagnostics struct {
	TeamFrame
	Diagnostics []TeamDiagnostic
}

// A TeamDiagnostic is one line of the list.
type TeamDiagnostic struct {
	ID        string
	Title     string
	Territory string
	Edition   string
	State     surveys.State
	Dates     string
	Demo      bool
	Answers   []report.AudienceCount
}

var teamDiagnostics = teamPage("team_diagnostics.html")

// Render writes the page.
func (p TeamDiagnostics) Render(w io.Writer) error {
	p.Title = "Diagnostics partagés"
	p.dress()
	return draw(w, teamDiagnostics, p)
}
