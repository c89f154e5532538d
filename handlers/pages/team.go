package pages

import (
	"html/template"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// A TeamFrame is what every page of the team shares: who reads, which
// diagnostic, in which view.
type TeamFrame struct {
	Layout
	Person string // who signed in, "" before
	CSRF   string

	// The diagnostic; all empty outside one.
	ID         string
	Diagnostic string
	Territory  string
	Edition    string
	Moments    []TeamMoment

	View      report.View // "" when the page shows no number
	MayWork   bool        // may see the working view
	OtherView string      // address of this page in the other view
	Made      string      // when the numbers were made
	Until     string      // when the answers of a release stop
}

// A TeamMoment is the pages of one moment of a diagnostic: those of the moment
// the reader is in are listed, the others a step away.
type TeamMoment struct {
	Label   string
	Tabs    []TeamTab // at least one
	Current bool
}

// A TeamTab is one page in a diagnostic's navigation.
type TeamTab struct {
	Label    string
	Address  string
	Audience surveys.Audience
	Current  bool
}

// dress gives the layout what the team's pages have in common.
func (f *TeamFrame) dress() {
	f.Wide = true
	f.Styles, f.Scripts = []string{"team.css"}, []string{"team.js"}
}

// teamFuncs are the few words and forms the templates ask for.
var teamFuncs = template.FuncMap{
	"count":      thousands,
	"answered":   answered,
	"cellCount":  func(c report.Cell) string { return drawCell(report.Column{Kind: report.Count}, c).Text },
	"stateLabel": stateLabel,
	"inc":        func(i int) int { return i + 1 },
	"place":      func(i int) int { return 24 * i }, // of a person among ten
	"last":       func(i, n int) bool { return i == n-1 },
	"demoNotice": func() string { return report.DemoNotice },
}

// answered is how many people of an audience answered, as far as it may be
// told.
func answered(a report.AudienceCount) string {
	if a.State == report.Hidden {
		return "1 à 10"
	}
	return thousands(a.N)
}

func stateLabel(s surveys.State) string {
	switch s {
	case surveys.Draft:
		return "En préparation"
	case surveys.Open:
		return "Collecte ouverte"
	case surveys.Closed:
		return "Collecte close"
	case surveys.Archived:
		return "Archivé"
	}
	return string(s)
}

// Dates writes the days of a collection: « du 5 octobre 2026 au 18 décembre
// 2026 »; "" when neither is known.
func Dates(opens, closes time.Time) string {
	from, to := frenchDay(opens), frenchDay(closes)
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return "à partir du " + from
	case from == "":
		return "jusqu’au " + to
	}
	return "du " + from + " au " + to
}

// teamPage parses one page inside the layout, with the team's header.
func teamPage(file string) *template.Template {
	return template.Must(template.New("layout.html").Funcs(functions).Funcs(teamFuncs).
		ParseFS(templates, "layout.html", "team_frame.html", "team_tables.html", "team_writing_frame.html", file))
}
