package pages

import (
	"html/template"
	"strings"

	"diapason/surveys"
)

// A WritingFrame is what the pages about one questionnaire share: whose it is,
// and the way from writing to publishing.
type WritingFrame struct {
	TeamFrame
	Survey surveys.Survey
	// Base is the address of the questionnaire's pages.
	Base string
	// Revision is that of the manuscript shown.
	Revision int64
	Steps    []TeamTab
}

// dress gives the layout what the pages of a questionnaire have in common.
func (f *WritingFrame) dress() {
	f.TeamFrame.dress()
	f.Styles = append(f.Styles, "writing.css")
}

// writingPage parses a page about questionnaires inside the layout, with the
// team's header and the pieces it shares with others.
func writingPage(files ...string) *template.Template {
	common := []string{"layout.html", "team_frame.html", "team_tables.html", "team_writing_frame.html"}
	return template.Must(template.New("layout.html").Funcs(functions).Funcs(teamFuncs).Funcs(writingFuncs).
		ParseFS(templates, append(common, files...)...))
}

// writingFuncs are the words these templates ask for.
var writingFuncs = template.FuncMap{
	"printed": printed,
	"mini":    func(drawing string, choices []string) mini { return mini{drawing, choices} },
	"add":     func(a, b int) int { return a + b },
}

// printed sets the spaces of a sentence as French printers do: no line begins
// with a sign.
func printed(s string) string {
	return strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!", "« ", "«\u00a0", " »", "\u00a0»").Replace(s)
}
