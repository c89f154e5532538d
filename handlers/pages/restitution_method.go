package pages

import (
	"io"

	"diapason/surveys/report"
)

// RestitutionMethodPage says how the numbers were made and what is hidden.
type RestitutionMethodPage struct{ Restitution }

var restitutionMethod = restitutionPage("restitution_method.html")

// Render writes the page.
func (p RestitutionMethodPage) Render(w io.Writer) error {
	chapter := report.Chapter{ID: report.ChapterMethod, Title: "Méthode"}
	if found, ok := p.Report.Chapter(report.ChapterMethod); ok {
		chapter = *found
	}
	shown, hidden := p.Report.Told()
	return draw(w, restitutionMethod, struct {
		restitutionFrame
		Chapter       report.Chapter
		Tables        []shownTable
		Shown, Hidden int
		Rules         []string
		Contact       string
	}{p.dress("Méthode", RestitutionMethod, about(chapter.Lead, p.Report)), chapter, p.show(chapter.Tables), shown, hidden, rules(p.Report), p.Report.Contact})
}

// rules are the reasons why numbers are hidden, each once.
func rules(r *report.Report) []string {
	var all []string
	seen := map[string]bool{}
	for _, s := range r.Suppressions {
		if !seen[s.Rule] {
			seen[s.Rule], all = true, append(all, s.Rule)
		}
	}
	return all
}
