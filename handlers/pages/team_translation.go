package pages

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
)

// TeamTranslation is the page where a questionnaire is put into another
// language, its texts side by side.
type TeamTranslation struct {
	WritingFrame
	// Source is the language translated from; Languages are the others the
	// questionnaire has, and Target the one shown, nil before there is one.
	Source    TranslationLanguage
	Languages []TranslationLanguage
	Target    *TranslationLanguage
	Groups    []TranslationGroup
	// OnlyMissing leaves out what is translated.
	OnlyMissing bool
	// Known is how many missing texts were translated elsewhere already.
	Known int
	// Common are languages that may be added, Typed what somebody wrote of
	// another one.
	Common []TranslationLanguage
	Typed  string
	Done   *LastStep
	// Told is what has just been done, and Problems what could not be.
	Told     []string
	Problems surveys.Problems
}

// A LastStep is what the reader has just done, and may take back.
type LastStep struct {
	Says string
	// Mark tells the step from any other, so that a button pressed late never
	// takes back something else.
	Mark string
	// Address takes the step back; Back is the query of the page to return to.
	Address, Back string
	CSRF          string
}

// A TranslationLanguage is one language of a questionnaire, or one it could
// have.
type TranslationLanguage struct {
	Label   string // "العربية (ar)"
	Code    string // "ar"
	Name    string // "العربية"
	French  string // "arabe"
	Address string
	// Done of Total texts are translated.
	Done, Total int
	Current     bool
}

// Dir is the direction the language is written in.
func (l TranslationLanguage) Dir() string { return Direction(l.base()) }

// base is the code without the region or the variant.
func (l TranslationLanguage) base() string {
	base, _, _ := strings.Cut(strings.ToLower(l.Code), "-")
	return base
}

// InFrench reports whether it is French told another way.
func (l TranslationLanguage) InFrench() bool { return l.base() == DefaultLanguage }

// Missing is how many texts are not translated.
func (l TranslationLanguage) Missing() int { return l.Total - l.Done }

// Spoken reports whether the buttons and notices around the questions exist in
// the language.
func (l TranslationLanguage) Spoken() bool { return Spoken(strings.ToLower(l.Code)) }

// Spelled is how a French sentence names the language.
func (l TranslationLanguage) Spelled() string {
	if l.French != "" {
		return l.French
	}
	return l.Name
}

// A TranslationGroup is a section of the questionnaire.
type TranslationGroup struct {
	ID          string
	Title       string
	Done, Total int
	Blocks      []TranslationBlock
}

// A TranslationBlock is what one question says, or one list of choices.
type TranslationBlock struct {
	// Choices reports a list; Shared says which questions use it.
	Choices bool
	Shared  string
	Texts   []TranslationText
}

// A TranslationText is one text with its translation.
type TranslationText struct {
	ID     string // in the page
	Place  string // of the text in the questionnaire
	What   string // "Question", "Choix"…
	Source string
	// Text is the translation shown, Was the one that is kept.
	Text, Was string
	Hints     []string
	// Known is the translation of the same words elsewhere, when this one is
	// missing.
	Known string
	// Conflict reports that somebody else wrote Was while Text was typed.
	Conflict bool
}

// Rows is the height of the field, in lines.
func (t TranslationText) Rows() int {
	longest := max(utf8.RuneCountInString(t.Source), utf8.RuneCountInString(t.Text))
	return min(1+longest/46, 8)
}

// FileField is the field of a file of texts, and what [surveys.Place.Column]
// says of a problem with the file.
const FileField = "fichier"

// Fault is what is wrong with a field of the page, "" when nothing is.
func (p TeamTranslation) Fault(field string) string {
	for _, problem := range p.Problems {
		if problem.Place.Column == field {
			return problem.Message
		}
	}
	return ""
}

var teamTranslation = writingPage("team_translation.html", "team_writing_undo.html")

// Render writes the page.
func (p TeamTranslation) Render(w io.Writer) error {
	p.Title = "Traduire"
	p.dress()
	p.Styles = append(p.Styles, "translation.css")
	p.Scripts = append(p.Scripts, "translation.js")
	if p.Target != nil {
		p.Title = fmt.Sprintf("Traduire en %s", p.Target.Spelled())
	}
	return draw(w, teamTranslation, p)
}
