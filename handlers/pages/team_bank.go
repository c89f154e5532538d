package pages

import (
	"io"
	"net/url"
	"strings"

	"diapason/surveys"
)

// TeamBank is where questions that others have asked are searched and taken.
type TeamBank struct {
	WritingFrame
	// Query leads to the page as it is shown.
	Query       url.Values
	Words       string
	ForAudience surveys.Audience
	// Mine shows the questions of other surveys, not those of the library.
	Mine   bool
	Themes []BankTheme
	// Places are where a question may go, and Place the one chosen.
	Places    []BankPlaces
	Place     string
	Questions []BankCard
	Done      *LastStep
	Told      []string
	Problems  surveys.Problems
}

// A BankTheme is a theme with how many of the questions found are about it.
type BankTheme struct {
	Code    string // in the address, "" for all themes
	Shown   string // T01…, "" when there is nothing to show
	Name    string
	Count   int
	Current bool
	Address string
}

// BankPlaces are the places of one section.
type BankPlaces struct {
	Title  string
	Places []BankPlace
}

// A BankPlace is a place where a question may go.
type BankPlace struct{ Value, Label string }

// MatrixCard is the kind of a card that shows a question of several lines.
const MatrixCard = "matrix"

// A BankCard is a question as it is shown before it is taken.
type BankCard struct {
	ID, Name         string
	Theme, ThemeName string
	Lang             string
	Label, Hint      string
	Kind             string
	Lines            []string // of a matrix
	Choices          []string
	Low, High        string // ends of a scale
	Audiences        []surveys.Audience
	Surveys          []string // that ask it
	Sensitive        bool
	Crosses          string // why it makes the views cross
	Also             string // which other survey asks it
	Here             bool   // the questionnaire has it
	Needs            []string
	Notes            bool // messages come with it
}

// Dir is the direction the question is written in.
func (c BankCard) Dir() string { return TranslationLanguage{Code: c.Lang}.Dir() }

// shownChoices is how many choices, or lines, a card shows at once.
const shownChoices = 6

// First are the choices shown at once.
func (c BankCard) First() []string { return c.Choices[:min(len(c.Choices), shownChoices)] }

// More are the choices that are folded.
func (c BankCard) More() []string { return c.Choices[min(len(c.Choices), shownChoices):] }

// Free are the questions that may be taken.
func (p TeamBank) Free() []BankCard { return p.here(false) }

// Had are the questions the questionnaire has already.
func (p TeamBank) Had() []BankCard { return p.here(true) }

func (p TeamBank) here(here bool) []BankCard {
	var cards []BankCard
	for _, c := range p.Questions {
		if c.Here == here {
			cards = append(cards, c)
		}
	}
	return cards
}

// address is the page with something else in its query.
func (p TeamBank) address(change map[string]string) string {
	values := url.Values{}
	for name, value := range p.Query {
		values[name] = value
	}
	for name, value := range change {
		values.Del(name)
		if value != "" {
			values.Set(name, value)
		}
	}
	return strings.TrimSuffix(p.Base+"/bibliotheque?"+values.Encode(), "?")
}

// Library is the address of the library's questions.
func (p TeamBank) Library() string { return p.address(map[string]string{"source": "", "theme": ""}) }

// Own is the address of the questions of the other surveys.
func (p TeamBank) Own() string {
	return p.address(map[string]string{"source": "enquetes", "theme": ""})
}

// Back is the query that a form carries, to come back to the same page.
func (p TeamBank) Back() string { return p.Query.Encode() }

// Theme is the theme in the address.
func (p TeamBank) Theme() string { return p.Query.Get("theme") }

// AudienceChoices are the audiences one may search for.
func (p TeamBank) AudienceChoices() []surveys.Audience { return surveys.Audiences() }

var teamBank = writingPage("team_bank.html", "team_writing_undo.html")

// Render writes the page.
func (p TeamBank) Render(w io.Writer) error {
	p.Title = "Bibliothèque de questions"
	p.dress()
	p.Styles = append(p.Styles, "bank.css")
	p.Scripts = append(p.Scripts, "bank.js")
	for i := range p.Themes {
		p.Themes[i].Address = p.address(map[string]string{"theme": p.Themes[i].Code})
	}
	return draw(w, teamBank, p)
}
