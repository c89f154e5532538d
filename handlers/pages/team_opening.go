package pages

import (
	"io"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamOpening is where the team opens the restitution to everybody, and takes
// it back.
type TeamOpening struct {
	TeamFrame
	Report  *report.Report
	Opening *surveys.Opening // nil while only the team reads it
	By      string           // who opened it
	Unready []string         // what keeps it from being opened
	// Collecting means that answers still come.
	Collecting bool
	Here       string // address of this page
	Preview    string
	Public     string // whole address, to hand on

	Confirm bool   // the step before everybody may read
	Refused string // why nothing was done
	Done    string // "publiee" or "retiree"
}

// A publicLine is one page that becomes public.
type publicLine struct{ Label, Says, Address string }

var teamOpening = teamPage("team_opening.html")

// Render writes the page.
func (p TeamOpening) Render(w io.Writer) error {
	p.Title = "Restitution publique"
	p.dress()
	shown, hidden := p.Report.Told()
	since := ""
	if p.Opening != nil {
		since = Clock(p.Opening.Since)
	}
	says := []string{
		"qui a répondu, les chiffres à retenir, les priorités de chaque public, les constats, les priorités retenues, les actions",
		"la même chose en phrases courtes, avec « 3 personnes sur 10 »",
		"une page par thème, avec ses tableaux et ses graphiques",
		"convergences, divergences et angles morts, question par question",
		"une carte par secteur, à côté du territoire",
		"comment les chiffres sont faits, ce qui est masqué et pourquoi",
	}
	lines := make([]publicLine, len(restitutionPlaces))
	for i, place := range restitutionPlaces {
		lines[i] = publicLine{place.label, says[i], p.Preview + place.path}
	}
	return draw(w, teamOpening, struct {
		TeamOpening
		Lines         []publicLine
		Answers       []report.AudienceCount
		Shown, Hidden int
		Rules         []string
		Since         string
	}{p, lines, p.Report.Answers, shown, hidden, rules(p.Report), since})
}
