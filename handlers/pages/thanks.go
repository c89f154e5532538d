package pages

import (
	"io"

	"diapason/surveys"
)

// Thanks ends a questionnaire that was sent, with the code that takes it back.
type Thanks struct {
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Language   string
	Withdrawal string
}

// Ended ends a questionnaire that is not for this person: nothing was kept.
type Ended struct {
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Form       *surveys.Form
	Note       *surveys.Question
	Language   string
}

// Goodbye answers somebody who would rather not take part.
type Goodbye struct {
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Language   string
}

// Closed answers somebody who comes after the collection.
type Closed struct {
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Language   string
}

var (
	closedPage  = parse("closed.html")
	thanksPage  = parse("thanks.html")
	endedPage   = parse("ended.html")
	goodbyePage = parse("goodbye.html")
)

// besides is the layout of the pages around a survey's form.
func besides(s surveys.Survey, d surveys.Diagnostic, language, titleKey string) Layout {
	if !Spoken(language) {
		language = DefaultLanguage
	}
	return Layout{
		Title: Translate(language, titleKey), Lang: language, Audience: string(s.Audience),
		Place: d.Territory.Name, Demo: d.Demo, Bare: true, Styles: []string{"form.css"},
	}
}

// Render draws the page.
func (t Thanks) Render(w io.Writer) error {
	return draw(w, thanksPage, struct {
		Layout
		Thanks
	}{besides(t.Survey, t.Diagnostic, t.Language, "thanks.title"), t})
}

// Render draws the page.
func (e Ended) Render(w io.Writer) error {
	return draw(w, endedPage, struct {
		Layout
		Message any
	}{besides(e.Survey, e.Diagnostic, e.Language, "ended.title"), rich(EndedText(e.Form, e.Note, e.Language))})
}

// Render draws the page.
func (c Closed) Render(w io.Writer) error {
	return draw(w, closedPage, struct {
		Layout
		Closed
	}{besides(c.Survey, c.Diagnostic, c.Language, "closed.title"), c})
}

// EndedText is what the note that ended a questionnaire says, in a language.
func EndedText(form *surveys.Form, note *surveys.Question, language string) string {
	t := tongue(Tongues(form.Questionnaire), language)
	return newReader(form.Questionnaire, t).read(note.Label)
}

// Render draws the page.
func (g Goodbye) Render(w io.Writer) error {
	layout := besides(g.Survey, g.Diagnostic, g.Language, "bye.title")
	layout.Scripts = []string{"goodbye.js"}
	return draw(w, goodbyePage, struct {
		Layout
		Goodbye
	}{layout, g})
}
