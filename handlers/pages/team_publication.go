package pages

import (
	"io"
	"time"

	"diapason/surveys"
)

// TeamPublication is where a questionnaire is read again before it is
// published: what changes, what must be mended, what to know, and the versions
// there were.
type TeamPublication struct {
	WritingFrame
	Next      int       // number of the version that would be published
	Published time.Time // of the version served
	Changed   bool      // there is something to publish
	Seen      string    // digest of the manuscript
	By        string    // who wrote last
	When      time.Time
	Now       time.Time
	// Behind means that somebody published since the manuscript was begun, from
	// version BegunFrom.
	Behind    bool
	BegunFrom int

	// What is told of what was just done.
	Refused   string
	Done      int // the version just published, 0 for none
	Abandoned bool

	Questions, Minutes int
	Changes            []ChangeGroup
	Mend, Warnings     []QuestionFault
	Hints              int
	Untranslated       []MissingTexts
	Companions         []Companion
	// Solved means that publishing with the companions that solve something
	// leaves nothing to mend.
	Solved bool

	Versions []VersionLine
	From, To int // the versions to compare
	Compared bool
	Between  []ChangeGroup
}

// A ChangeGroup is what changed in one section.
type ChangeGroup struct {
	Title   string
	Changes []*Change
}

// A Change is one difference, in words.
type Change struct {
	Sentence, Before, After string
	Breaks                  bool
	Consequence             string
	// Within says what came or went with a section.
	Within []string
}

// A QuestionFault is a problem with the way to its question.
type QuestionFault struct {
	QuestionLink
	Message string
	// Way is how it disagrees with another survey, "" for any other problem;
	// Also are the questions that disagree in the same way.
	Way  string
	Also []QuestionLink
}

// A QuestionLink leads to where a question is written; Address is "" when it
// is nowhere.
type QuestionLink struct{ Label, Address string }

// MissingTexts is how many texts a language lacks.
type MissingTexts struct {
	Language string
	Count    int
}

// A Companion is another survey that waits to be published.
type Companion struct {
	surveys.Survey
	Revision int64
	Changes  []ChangeGroup
	Address  string // where it is read again
	Solves   bool   // a disagreement goes when it is published too
}

// Next is the number its version would have.
func (c Companion) Next() int { return c.Current + 1 }

// A VersionLine is one version of the history.
type VersionLine struct {
	Number    int
	Published time.Time
	Questions int
	Languages []Tongue
	Served    bool
}

// Clock writes when it was published.
func (v VersionLine) Clock() string { return Clock(v.Published) }

var teamPublication = writingPage("team_publication.html", "team_publication_changes.html")

// Render writes the page.
func (p TeamPublication) Render(w io.Writer) error {
	p.Title = "Relire et publier"
	p.dress()
	return draw(w, teamPublication, p)
}

// Ago writes when the manuscript was last changed.
func (p TeamPublication) Ago() string { return ago(p.When, p.Now) }

// Day writes the day the served version was published.
func (p TeamPublication) Day() string { return frenchDay(p.Published) }

// Breaks counts the changes after which answers are no longer counted
// together.
func (p TeamPublication) Breaks() int {
	n := 0
	for _, group := range p.Changes {
		for _, change := range group.Changes {
			if change.Breaks {
				n++
			}
		}
	}
	return n
}

// Previous is the number of the version served.
func (p TeamPublication) Previous() int { return p.Survey.Current }

// Ready reports whether the button to publish is offered.
func (p TeamPublication) Ready() bool { return p.Changed && (len(p.Mend) == 0 || p.Solved) }

// PlainLabel is the label of an item in the main language of its questionnaire,
// on one line; its name when it has none.
func PlainLabel(q *surveys.Questionnaire, item *surveys.Item) string {
	if text := unmarked(newReader(q, Tongues(q)[0]).read(item.Label)); text != "" {
		return text
	}
	return item.Name
}
