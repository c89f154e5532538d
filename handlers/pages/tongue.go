package pages

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

// A Tongue is a language a questionnaire can be read in.
type Tongue struct {
	Code string // "fr"
	Name string // "Français"

	label string // as the workbook spells it: "Français (fr)"
}

var tongueCode = regexp.MustCompile(`^(.*?)\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$`)

// Tongues are the languages of a questionnaire, the default one first. One
// that names no language is in French.
func Tongues(q *surveys.Questionnaire) []Tongue {
	var all []Tongue
	for _, label := range q.Languages {
		t := tongueOf(label)
		if label == q.DefaultLanguage {
			all = append([]Tongue{t}, all...)
			continue
		}
		all = append(all, t)
	}
	if len(all) == 0 {
		all = []Tongue{{Code: DefaultLanguage, Name: "Français", label: surveys.NoLanguage}}
	}
	return all
}

func tongueOf(label string) Tongue {
	if label == surveys.NoLanguage {
		return Tongue{Code: DefaultLanguage, Name: "Français", label: label}
	}
	if m := tongueCode.FindStringSubmatch(label); m != nil {
		return Tongue{Code: strings.ToLower(m[2]), Name: m[1], label: label}
	}
	return Tongue{Code: DefaultLanguage, Name: label, label: label}
}

// Speaks reports whether a code is one of a questionnaire's languages, or one
// that the pages around it speak.
func Speaks(q *surveys.Questionnaire, code string) bool {
	return slices.Contains(Languages(), code) ||
		slices.ContainsFunc(Tongues(q), func(t Tongue) bool { return t.Code == code })
}

// tongue picks the language with this code, else the first.
func tongue(all []Tongue, code string) Tongue {
	for _, t := range all {
		if t.Code == code {
			return t
		}
	}
	return all[0]
}

// reader reads an author's texts in one language, falling back on the default
// one: a question without translation is better than no question.
type reader struct {
	own, otherwise string
	lang           string // code of the page
}

func newReader(q *surveys.Questionnaire, t Tongue) reader {
	return reader{own: t.label, otherwise: q.DefaultLanguage, lang: t.Code}
}

func (r reader) read(t surveys.Text) string {
	return t.In(r.own, r.otherwise, surveys.NoLanguage)
}

// rich reads a text as markup. One that is not translated says which language
// it is in, and so which way it is written: a screen reader changes voice, and
// "15 à 17 ans" is not turned round on an Arabic page.
func (r reader) rich(t surveys.Text) template.HTML {
	text := r.read(t)
	if text == "" || t[r.own] != "" || t[r.otherwise] != text {
		return rich(text)
	}
	code := tongueOf(r.otherwise).Code
	if code == r.lang {
		return rich(text)
	}
	return template.HTML(fmt.Sprintf(`<span lang="%s" dir="%s">%s</span>`,
		template.HTMLEscapeString(code), Direction(code), rich(text)))
}
