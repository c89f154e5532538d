package pages

import (
	"fmt"
	"html/template"
	"io"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// TeamPaper is a questionnaire to print on A4 sheets, in one language, with
// numbered questions: the numbers lead people from one to the next, and whoever
// types the answers in later.
type TeamPaper struct {
	Layout
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Form       *surveys.Form
	Version    int // 0 is the manuscript, not to be handed out
	Versions   []VersionLine
	Language   string // code
	Large      bool   // large print
	// Conditions of the items, by name; one without is for everybody.
	Conditions map[string]PaperCondition
	// Offered are the choices of a question before anything is answered.
	Offered func(*surveys.Question) []surveys.Choice
	Address string // of this page
	Back    string
	Web     string // where the same questionnaire is answered on the web
}

// A PaperCondition says to whom an item is asked: all of its clauses hold, or
// any. Unsaid is one that no sentence can say.
type PaperCondition struct {
	Any     bool
	Clauses []PaperClause
	Unsaid  bool
}

// A PaperClause compares the answer of a question with each of some values.
type PaperClause struct {
	Question string
	Is       authoring.Comparison
	Values   []string
}

// PaperRefused is shown in the place of a questionnaire that cannot be drawn.
type PaperRefused struct {
	WritingFrame
	Mend []QuestionFault
}

var (
	teamPaper = template.Must(template.New("layout.html").Funcs(functions).Funcs(teamFuncs).
			ParseFS(templates, "layout.html", "team_paper.html", "team_paper_blocks.html"))
	paperRefused = writingPage("team_paper_refused.html", "team_publication_changes.html")
)

// Render writes the page.
func (p TeamPaper) Render(w io.Writer) error {
	tongues := Tongues(p.Form.Questionnaire)
	t := tongue(tongues, p.Language)
	p.Title, p.Wide, p.Bare = "Version papier – "+p.Survey.Title, true, true
	p.Styles, p.Scripts = []string{"team.css", "paper.css"}, []string{"team.js"}
	sheet := newPaperSheet(p, t)
	return draw(w, teamPaper, paperView{TeamPaper: p, Tongues: tongues, Tongue: t, Blocks: sheet.blocks(), Minutes: minutes(p.Form)})
}

// paperView is the sheet as its template draws it.
type paperView struct {
	TeamPaper
	Tongues []Tongue
	Tongue  Tongue
	Blocks  []paperBlock
	Minutes int
}

// Say is an interface text in the language of the sheet, not of the page.
func (v paperView) Say(key string, args ...any) string { return Translate(v.Tongue.Code, key, args...) }

// Direction is how the language of the sheet is written.
func (v paperView) Direction() string { return Direction(v.Tongue.Code) }

// Link is this page with another language, version or print.
func (v paperView) Link(language string, large bool) string {
	link := fmt.Sprintf("%s?version=%d&langue=%s", v.Address, v.Version, language)
	if large {
		link += "&grand=1"
	}
	return link
}

// ShortWeb is the public address as it is typed.
func (v paperView) ShortWeb() string { return shortAddress(v.Web) }

// Heading is the title of the questionnaire.
func (v paperView) Heading() string { return v.Survey.Title }

// Render writes the page.
func (p PaperRefused) Render(w io.Writer) error {
	p.Title = "Version papier"
	p.dress()
	return draw(w, paperRefused, p)
}
