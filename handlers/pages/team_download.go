package pages

import "io"

// TeamDownload explains the workbooks and the documents, and gives them.
type TeamDownload struct {
	TeamFrame
	// Addresses, without their view.
	Address  string // of the workbook
	Document string // of the Word document
	Print    string // of the report to print
	// WorkDocument tells that the reader may have the document of the team.
	WorkDocument bool
}

var teamDownload = teamPage("team_download.html")

// Render writes the page.
func (p TeamDownload) Render(w io.Writer) error {
	p.Title = "Télécharger"
	p.dress()
	return draw(w, teamDownload, p)
}
