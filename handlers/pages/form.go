package pages

import (
	"io"
	"net/url"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// NoticeVersion names the information notice that the form shows and that
// people agree to; it goes with each answer. Change it with the words of the
// notice.
const NoticeVersion = "2026-11"

// Names of the fields of a form that are not questions. A question's name
// cannot hold a colon.
const (
	FieldID       = ":id"
	FieldVersion  = ":version"
	FieldLanguage = ":langue"
	FieldMode     = ":mode"
	FieldRelay    = ":relais"
	FieldConsent  = ":consent"
)

// Form is the respondent's page: the notice, the consent, every section and
// every question, usable without a script.
type Form struct {
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Form       *surveys.Form
	Version    int
	ID         string // the response's identifier, for a page without a script
	Language   string // code of the language asked for
	Mode       surveys.Mode
	Relay      string
	// Begun is what the record holds before anybody answers: the defaults.
	Begun surveys.Answers
	// Entries are what was typed, by field; Problems what is wrong with it.
	Entries  url.Values
	Problems surveys.Problems
	// Preview draws the page for the people who write the questionnaire: it
	// leads through the questions and sends nothing.
	Preview bool
}

var formPage = parse("form.html", "form_fields.html", "notice.html")

// formView is the form as its template draws it.
type formView struct {
	Layout
	Form
	Tongues       []Tongue
	Steps         []Step
	Summary       []summaryLine
	Consented     bool
	NoticeVersion string
	Minutes       int
	Logic         surveys.Logic
	Texts         map[string]string
	Consent       string // the problem with the consent
}

// summaryLine is a problem told at the head of the page, with the way to it.
type summaryLine struct{ Target, Message string }

// Render draws the page.
func (f Form) Render(w io.Writer) error {
	return draw(w, formPage, f.view())
}

func (f Form) view() formView {
	tongues := Tongues(f.Form.Questionnaire)
	t := tongue(tongues, f.Language)
	f.Language = t.Code
	v := formView{
		Form: f, Tongues: tongues, NoticeVersion: NoticeVersion,
		Consented: f.Entries.Get(FieldConsent) == NoticeVersion,
		Logic:     f.Form.Logic(),
		Layout: Layout{
			Title: f.Survey.Title, Lang: t.Code, Audience: string(f.Survey.Audience), Place: f.Diagnostic.Territory.Name,
			Demo: f.Diagnostic.Demo, Bare: true, Styles: []string{"form.css"},
		},
	}
	v.Scripts, v.Texts = []string{script(v.Logic)}, v.scriptTexts()
	v.Minutes = minutes(f.Form)
	b := newBuilder(f, newReader(f.Form.Questionnaire, t), t.Code, v.Logic)
	v.Steps = b.steps()
	v.Consent = b.consent
	v.Summary = b.summary
	return v
}

// TitleLanguage is the language of the survey's title where it is not that of
// the page: a title is written once.
func (v formView) TitleLanguage() string {
	if own := v.Tongues[0].Code; own != v.Lang {
		return own
	}
	return ""
}

// TextLanguage is the language of the interface around the questions.
func (v formView) TextLanguage() string { return textLanguage(v.Lang) }

// ProblemText says a problem in a language: the author's own words where there
// are some, else the interface's.
func ProblemText(q *surveys.Questionnaire, language string, p surveys.Problem) string {
	if !p.Text.Empty() {
		return unmarked(newReader(q, tongue(Tongues(q), language)).read(p.Text))
	}
	key := "problem." + p.Code
	if text := Translate(language, key, p.Args...); text != key {
		return text
	}
	return p.Message
}

// minutes is how long answering takes, told before it begins; never one, as the
// sentence is in the plural.
func minutes(form *surveys.Form) int { return max(2, authoring.Minutes(form.Questionnaire)) }
