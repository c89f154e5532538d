package pages

import "io"

// TeamDownload explains the workbooks and the files of data, and gives them.
type TeamDownload struct {
	TeamFrame
	Address string // of the workbook, without its view
	// Data are the addresses of the zips, without the mark of decimals.
	Data, PublicData string
}

var teamDownload = teamPage("team_download.html")

// Render writes the page.
func (p TeamDownload) Render(w io.Writer) error {
	p.Title = "Télécharger"
	p.dress()
	return draw(w, teamDownload, p)
}
