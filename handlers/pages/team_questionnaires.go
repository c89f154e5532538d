package pages

import (
	"io"
	"time"

	"diapason/surveys"
)

// TeamQuestionnaires lists the surveys of a diagnostic and where the
// questionnaire of each is.
type TeamQuestionnaires struct {
	TeamFrame
	Surveys []TeamQuestionnaire
	New     string // address of the page that begins a survey
	Now     time.Time
}

// A TeamQuestionnaire is one survey of the list.
type TeamQuestionnaire struct {
	surveys.Survey
	Base      string // address of its pages
	Poster    string
	Address   string // public
	Published time.Time
	Questions int
	Minutes   int
	Languages []Tongue
	// Changed means that the manuscript is not what is served: By and When
	// tell who wrote last.
	Changed bool
	By      string
	When    time.Time
}

// Label is the audience as a card shows it.
func (q TeamQuestionnaire) Label() string { return q.Audience.Label() }

var teamQuestionnaires = teamPage("team_questionnaires.html")

// Render writes the page.
func (p TeamQuestionnaires) Render(w io.Writer) error {
	p.Title = "Questionnaires"
	p.dress()
	p.Styles = append(p.Styles, "writing.css")
	return draw(w, teamQuestionnaires, p)
}

// Day writes the day of a moment: « 22 novembre 2026 ».
func (p TeamQuestionnaires) Day(t time.Time) string { return frenchDay(t) }

// Ago writes a moment as people say it.
func (p TeamQuestionnaires) Ago(t time.Time) string { return ago(t, p.Now) }

// ago writes a moment as people say it: « aujourd’hui à 9 h 12 », « hier à
// 18 h 40 », « le 3 mars 2026 ».
func ago(t, now time.Time) string {
	t, now = t.In(france), now.In(france)
	switch t.Format(time.DateOnly) {
	case now.Format(time.DateOnly):
		return "aujourd’hui à " + hourMinute(t)
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return "hier à " + hourMinute(t)
	}
	return "le " + frenchDay(t)
}

// NamedTongues are the languages of a questionnaire as people name them: one
// that is written without a name is French.
func NamedTongues(q *surveys.Questionnaire) []Tongue {
	all := Tongues(q)
	for i := range all {
		if all[i].Name == surveys.NoLanguage {
			all[i].Name = "Français"
		}
	}
	return all
}

// CountQuestions is how many questions a questionnaire asks; a line of a
// matrix is one.
func CountQuestions(q *surveys.Questionnaire) int {
	asked := 0
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if item.Kind.Asked() {
			asked++
		}
	})
	return asked
}
