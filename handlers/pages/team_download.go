package pages

import "io"

// TeamDownload explains the workbooks, the documents and the files of data, and
// gives them.
type TeamDownload struct {
	TeamFrame
	// Addresses, without their view or the mark of decimals.
	Address  string // of the workbook
	Document string // of the Word document
	Print    string // of the report to print
	// Data are the addresses of the zips.
	Data, PublicData string
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
