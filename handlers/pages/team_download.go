package pages

import "io"

// TeamDownload explains the two workbooks and gives them.
type TeamDownload struct {
	TeamFrame
	Address string // of the workbook, without its view
}

var teamDownload = teamPage("team_download.html")

// Render writes the page.
func (p TeamDownload) Render(w io.Writer) error {
	p.Title = "Télécharger"
	p.dress()
	return draw(w, teamDownload, p)
}
