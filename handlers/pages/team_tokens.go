package pages

import (
	"io"
	"time"

	"diapason/surveys"
)

// TeamTokens is the page of one's own tokens: those there are, one just made,
// and a form for another.
type TeamTokens struct {
	TeamFrame
	Action string // of the form
	List   string // address of the list of all that a token opens
	// Results are where the numbers of each diagnostic are, as CSV.
	Results []TeamResultsAddress
	Tokens  []TeamToken
	Scopes  []surveys.Scope // those the account may give

	Secret, SecretLabel string // of the token just made, "" otherwise
	Deleted             bool   // one was just deleted

	// What was typed, and what is wrong by field: label, scope, days.
	Label  string
	Scope  surveys.Scope
	Days   int
	Faults map[string]string
}

// A TeamResultsAddress is a diagnostic and where its numbers are.
type TeamResultsAddress struct{ Title, Address string }

// A TeamToken is one line of the list; Used is "" before its first use.
type TeamToken struct {
	ID      string
	Label   string
	Scope   surveys.Scope
	Created surveys.Day
	Expires surveys.Day
	Used    surveys.Day
	Over    bool
}

// Made, Ends and Last are days in words.
func (t TeamToken) Made() string { return dayInWords(t.Created) }

// Ends is the day from which it opens nothing.
func (t TeamToken) Ends() string { return dayInWords(t.Expires) }

// Last is the day it was last used, "" before.
func (t TeamToken) Last() string { return dayInWords(t.Used) }

func dayInWords(d surveys.Day) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return frenchDay(t)
}

// Reads says what the token may read.
func (t TeamToken) Reads() string { return scopeLabel(t.Scope) }

func scopeLabel(s surveys.Scope) string {
	if s == surveys.ScopeWork {
		return "Travail et réponses"
	}
	return "Restitution"
}

// A tokenLife is a life that the form offers.
type tokenLife struct {
	Days  int
	Label string
}

var tokenLives = []tokenLife{{30, "un mois"}, {90, "trois mois"}, {180, "six mois"}, {365, "un an"}}

// A scopeChoice is a scope that the form offers.
type scopeChoice struct {
	Scope surveys.Scope
	Label string
	Note  string
}

var scopeNotes = map[surveys.Scope]string{
	surveys.ScopeProtected: "Les résultats protégés : ils peuvent être partagés.",
	surveys.ScopeWork:      "Les nombres exacts et les réponses une à une : pour l’équipe seulement. Leur lecture est notée au journal.",
}

var teamTokens = teamPage("team_tokens.html")

// Render writes the page.
func (p TeamTokens) Render(w io.Writer) error {
	p.Title = "Mes jetons d’accès"
	p.dress()
	p.Styles = append(p.Styles, "writing.css")
	var choices []scopeChoice
	for _, s := range p.Scopes {
		choices = append(choices, scopeChoice{s, scopeLabel(s), scopeNotes[s]})
	}
	return draw(w, teamTokens, struct {
		TeamTokens
		Choices []scopeChoice
		Lives   []tokenLife
		Summary []summaryLine
	}{p, choices, tokenLives, p.summary()})
}

// summary lists what is wrong, in the order of the form.
func (p TeamTokens) summary() []summaryLine {
	var lines []summaryLine
	for _, f := range []struct{ field, target string }{{"label", "nom"}, {"scope", "portee"}, {"days", "jours"}} {
		if message := p.Faults[f.field]; message != "" {
			lines = append(lines, summaryLine{Target: f.target, Message: message})
		}
	}
	return lines
}
