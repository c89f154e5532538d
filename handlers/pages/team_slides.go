package pages

import (
	"html/template"
	"io"

	"diapason/surveys/report"
)

// TeamSlides is twenty minutes in front of the committee: one finding a slide,
// from what may be shared.
type TeamSlides struct {
	TeamFrame
	Report  *report.Report
	Picture Picture
}

// A Slide is one of them. Title is a sentence: what to remember if only it is
// read.
type Slide struct {
	Kicker string // where in the talk it stands
	Title  string
	Says   []string // short lines under the title
	Table  *teamTable
	Chart  template.HTML
	// Caption is what the chart counts, where its marks do not say it.
	Caption string
	Source  string
	N       string   // on how many answers
	Minute  int      // when the talk is here, from its beginning
	Say     []string // what may be said
	Avoid   []string // what may not
}

// manyLines is from how many lines words stand beside a chart and not above it.
const manyLines = 3

// Beside reports whether the words of a slide stand beside its chart.
func (s Slide) Beside() bool { return s.Chart != "" && len(s.Says) >= manyLines }

var teamSlides = teamPage("team_slides.html")

// Render writes the page.
func (p TeamSlides) Render(w io.Writer) error {
	p.Title = "Diapos"
	p.dress()
	p.Styles, p.Scripts = append(p.Styles, "slides.css"), append(p.Scripts, "slides.js")
	return draw(w, teamSlides, struct {
		TeamSlides
		Slides []Slide
		AsOf   string
	}{p, talk{p.Report, p.Picture}.slides(), asOf(p.Report)})
}
