package pages

import (
	"io"

	"diapason/surveys"
)

// TeamBeginning is the page that begins a survey: for whom, its title and
// address, and what its questionnaire starts from.
type TeamBeginning struct {
	TeamFrame
	Action string
	Site   string // what stands before a survey's address
	Others []SurveyChoice
	Limit  int // of a file, in megabytes

	// What was typed.
	Audience    surveys.Audience
	SurveyTitle string
	Address     string
	Start, From string
	// Faults are what is wrong, by field.
	Faults map[string]string
	// The workbook that was sent, with what is wrong in it.
	Workbook           string
	Refusals, Warnings []CellFault
}

// A SurveyChoice is a survey whose questionnaire may be taken.
type SurveyChoice struct{ ID, Label string }

var teamBeginning = writingPage("team_questionnaires_new.html", "team_excel_faults.html")

// Render writes the page.
func (p TeamBeginning) Render(w io.Writer) error {
	p.Title = "Nouvelle enquête"
	p.dress()
	p.Styles = append(p.Styles, "writing.css")
	p.Scripts = append(p.Scripts, "questionnaires.js")
	return draw(w, teamBeginning, struct {
		TeamBeginning
		Audiences []audienceChoice
		Summary   []summaryLine
	}{p, audienceChoices(), p.summary()})
}

type audienceChoice struct {
	Audience surveys.Audience
	Label    string
	Note     string
}

func audienceChoices() []audienceChoice {
	notes := map[surveys.Audience]string{
		surveys.Habitants:      "Les personnes qui vivent ici.",
		surveys.Professionnels: "Celles et ceux qui soignent et accompagnent.",
		surveys.Associations:   "Les associations du territoire.",
	}
	var choices []audienceChoice
	for _, a := range surveys.Audiences() {
		choices = append(choices, audienceChoice{a, a.Label(), notes[a]})
	}
	return choices
}

// summary gathers the faults in the order of the fields.
func (p TeamBeginning) summary() []summaryLine {
	var lines []summaryLine
	for _, f := range []struct{ field, target string }{
		{"audience", "public"}, {"title", "titre"}, {"id", "adresse"}, {"depart", "depart"}, {"enquete", "enquete"}, {"classeur", "classeur"},
	} {
		if message := p.Faults[f.field]; message != "" {
			lines = append(lines, summaryLine{f.target, message})
		}
	}
	return lines
}
