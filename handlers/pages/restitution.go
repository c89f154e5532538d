package pages

import (
	"html/template"
	"io"
	"strings"

	"diapason/surveys"
	"diapason/surveys/report"
)

// A Restitution is what the public pages of a diagnostic share. Its report is
// always in the restitution view.
type Restitution struct {
	Layout
	Report *report.Report
	Frame  surveys.Frame
	// Base is the address the pages are under, without a slash at its end.
	Base string
	// Site is the address of the site, for what is read elsewhere: previews of
	// shared links want whole addresses.
	Site string
	// Team is where a preview leads back to; "" for everybody's pages.
	Team string
	// Data is the address of the open data, "" for none.
	Data    string
	Picture Picture
}

// A Picture draws the chart of a table as inline SVG, "" for none. The ID begins
// the identifiers inside, and is the only one of its page. The table always
// stands beside the picture.
type Picture func(t report.Table, id string) template.HTML

// Paths of the public pages after their base.
const (
	RestitutionThemes  = "/themes"
	RestitutionCrossed = "/regards-croises"
	RestitutionSectors = "/secteurs"
	RestitutionMethod  = "/methode"
	RestitutionSimple  = "/simple"
	RestitutionImages  = "/image/"
)

// restitutionPlaces is the navigation of the public pages.
var restitutionPlaces = []struct{ label, path string }{
	{"Synthèse", ""},
	{"En mots simples", RestitutionSimple},
	{"Thèmes", RestitutionThemes},
	{"Regards croisés", RestitutionCrossed},
	{"Secteurs", RestitutionSectors},
	{"Méthode", RestitutionMethod},
}

// dress gives a public page its title, its address and its navigation.
func (r Restitution) dress(title, path, about string) restitutionFrame {
	r.Title, r.About, r.Wide, r.Place, r.Demo = title, about, true, r.Report.Territory, r.Report.Demo
	r.Styles = []string{"team.css", "restitution.css"}
	f := restitutionFrame{Restitution: r, Address: r.Base + path, AsOf: asOf(r.Report)}
	for _, p := range restitutionPlaces {
		here := p.path == path || p.path != "" && strings.HasPrefix(path, p.path+"/")
		f.Tabs = append(f.Tabs, TeamTab{Label: p.label, Address: r.Base + p.path, Current: here})
	}
	if keys := KeyNumbers(r.Report); len(keys) > 0 {
		f.Image = r.Site + r.Base + RestitutionImages + keys[0].Key + ".png"
	}
	return f
}

// A restitutionFrame is a public page ready for its template.
type restitutionFrame struct {
	Restitution
	Tabs    []TeamTab
	Address string // of this page, after the site's
	Image   string // that previews of shared links show, "" for none
	AsOf    string // the day the numbers stop at
}

// A shownTable is a table with its picture.
type shownTable struct {
	teamTable
	Picture template.HTML
}

// show prepares tables for a public page: no script draws there.
func (r Restitution) show(tables []report.Table) []shownTable {
	shown := make([]shownTable, len(tables))
	for i, t := range drawTables(report.Chapter{Tables: tables}) {
		t.Long = false // a page that prints well has no frames that scroll
		shown[i] = shownTable{t, r.Picture.draw(tables[i])}
	}
	return shown
}

func (p Picture) draw(t report.Table) template.HTML {
	if p == nil {
		return ""
	}
	return p(t, "p-"+slug(t.ID))
}

// restitutionPage parses one public page.
func restitutionPage(file string) *template.Template {
	return template.Must(template.New("layout.html").Funcs(functions).Funcs(teamFuncs).
		ParseFS(templates, "layout.html", "restitution_frame.html", "team_tables.html", file))
}

// RestitutionChapter shows one chapter of the report: a theme, the crossed
// views.
type RestitutionChapter struct {
	Restitution
	Chapter report.Chapter
	Path    string // after the base
	Silence string // what to say while there is no table
}

var restitutionChapter = restitutionPage("restitution_chapter.html")

// Render writes the page.
func (p RestitutionChapter) Render(w io.Writer) error {
	return draw(w, restitutionChapter, struct {
		restitutionFrame
		Chapter report.Chapter
		Tables  []shownTable
		Crossed bool
		Silence string
	}{p.dress(p.Chapter.Title, p.Path, about(p.Chapter.Lead, p.Report)), p.Chapter, p.show(p.Chapter.Tables), p.Chapter.ID == report.ChapterCrossed, p.Silence})
}

// about is the description of a page: its lead, and whose it is.
func about(lead string, r *report.Report) string {
	return strings.TrimSpace(lead + " " + r.Title + ".")
}
