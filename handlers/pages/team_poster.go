package pages

import (
	"html/template"
	"io"
	"strings"

	"diapason/surveys"
)

// TeamPoster is an A4 sheet to hang in a pharmacy or a town hall. The audience
// of its Layout chooses the words and the colour.
type TeamPoster struct {
	Layout
	Survey     string // title
	Territory  string
	Address    string // public address of the questionnaire
	QR         string // address of the SVG
	Back       string
	Dates      string
	Controller string
	Contact    string
}

var teamPoster = template.Must(template.New("layout.html").Funcs(functions).Funcs(teamFuncs).
	ParseFS(templates, "layout.html", "team_poster.html"))

// Render writes the page.
func (p TeamPoster) Render(w io.Writer) error {
	headline, pitch := invitation(surveys.Audience(p.Audience))
	p.Title, p.Wide, p.Bare = "Affiche", true, true
	p.Styles, p.Scripts = []string{"team.css"}, []string{"team.js"}
	return draw(w, teamPoster, struct {
		TeamPoster
		Headline, Pitch, ShortAddress string
	}{p, headline, pitch, shortAddress(p.Address)})
}

// invitation is what a poster says to an audience.
func invitation(a surveys.Audience) (headline, pitch string) {
	switch a {
	case surveys.Professionnels:
		return "Votre regard de professionnel compte",
			"Huit minutes pour dire ce que vous voyez, ce qui manque et ce qui marche : vos réponses aideront à choisir les priorités de santé du territoire."
	case surveys.Associations:
		return "Votre association connaît le terrain",
			"Huit minutes pour dire ce que vivent les personnes que vous accompagnez, et ce que vous faites pour elles."
	}
	return "Votre santé, votre avis",
		"Qu’est-ce qui va bien près de chez vous ? Qu’est-ce qui manque ? Dix minutes pour le dire, et peser sur les priorités de santé du territoire."
}

// shortAddress is what a person types: browsers add the rest.
func shortAddress(address string) string {
	address = strings.TrimPrefix(address, "https://")
	return strings.TrimPrefix(address, "http://")
}
