package pages

import (
	"io"

	"diapason/surveys/report"
)

// RestitutionSummary is the first public page of a diagnostic.
type RestitutionSummary struct{ Restitution }

// A Conclusion is one of the team's findings with what shows it.
type Conclusion struct{ Text, Kind, Theme, Proof, Source string }

// A readingGroup is what the audiences say together, or apart.
type readingGroup struct {
	Title, Says    string
	Verdict, Class string
	Readings       []Reading
}

var restitutionSummary = restitutionPage("restitution_summary.html")

// Render writes the page.
func (p RestitutionSummary) Render(w io.Writer) error {
	r := p.Report
	chapter, _ := r.Chapter(report.ChapterSummary)
	if chapter == nil {
		chapter = &report.Chapter{}
	}
	return draw(w, restitutionSummary, struct {
		restitutionFrame
		Lead       string
		Answers    []report.AudienceCount
		Dates      string
		Numbers    []KeyNumber
		Firsts     []FirstPlaces
		Readings   []readingGroup
		Fragile    []shownTable
		Findings   []Conclusion
		Retained   []Retained
		Reasons    []string
		Axes       []Axis
		Controller string
	}{
		p.dress(r.Title, "", about(chapter.Lead, r)), chapter.Lead, r.Answers, Dates(r.Opens, r.Closes),
		KeyNumbers(r), Priorities(r), readings(r), p.show(rowed(tableOf(r, report.ChapterSummary, "publics"))),
		conclusions(r), retained(r), reasons(r), axes(r), r.Controller,
	})
}

// rowed is a table when it has rows.
func rowed(t report.Table) []report.Table {
	if len(t.Rows) == 0 {
		return nil
	}
	return []report.Table{t}
}

// readings are what the audiences share, what sets them apart, what some do not
// see; a group without a subject is left out.
func readings(r *report.Report) []readingGroup {
	var all []readingGroup
	for _, g := range []struct{ verdict, title, says string }{
		{report.Convergence, "Ce que tout le monde dit", "Tous les publics le mettent en avant, presque autant."},
		{report.Divergence, "Ce qui nous sépare", "Un grand écart entre les publics, qui n’est pas dû au hasard."},
		{report.BlindSpot, "Ce que certains ne voient pas", "Un public le met en avant, un autre ne le voit presque pas."},
	} {
		if found := readingsOf(r, g.verdict); len(found) > 0 {
			all = append(all, readingGroup{g.title, g.says, g.verdict, verdictClass(g.verdict), found})
		}
	}
	return all
}

// conclusions are what the team writes.
func conclusions(r *report.Report) []Conclusion {
	t := tableOf(r, report.ChapterSummary, "constats")
	var all []Conclusion
	for _, row := range t.Rows {
		all = append(all, Conclusion{wordsOf(t, row, "text"), wordsOf(t, row, "kind"), wordsOf(t, row, "theme"), wordsOf(t, row, "proof"), wordsOf(t, row, "source")})
	}
	return all
}
