package pages

import (
	"io"
	"time"

	"diapason/surveys"
)

// Home is the front page: the surveys that take answers now.
type Home struct {
	Open []HomeDiagnostic
	// Told are the diagnostics whose restitution is open to everybody.
	Told []surveys.Diagnostic
}

// HomeDiagnostic is a diagnostic with its open surveys.
type HomeDiagnostic struct {
	Diagnostic surveys.Diagnostic
	Surveys    []surveys.Survey
}

// Until is the last day of collection as it is said, "" when it is not known.
func (d HomeDiagnostic) Until() string {
	if d.Diagnostic.Closes.IsZero() {
		return ""
	}
	day, err := time.Parse(time.DateOnly, string(surveys.DayOf(d.Diagnostic.Closes)))
	if err != nil {
		return ""
	}
	return frenchDay(day)
}

var homePage = parse("home.html")

// Render draws the page.
func (h Home) Render(w io.Writer) error {
	demo := false
	for _, d := range h.Open {
		demo = demo || d.Diagnostic.Demo
	}
	for _, d := range h.Told {
		demo = demo || d.Demo
	}
	return draw(w, homePage, struct {
		Layout
		Home
	}{Layout{Title: Translate(DefaultLanguage, "home.title"), Demo: demo, Styles: []string{"form.css"}}, h})
}
