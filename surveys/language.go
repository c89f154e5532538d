package surveys

import (
	"fmt"
	"regexp"
	"slices"
)

// French is the label of the first language of what is written here.
const French = "Français (fr)"

// languageForm is the label of a language with its code: "العربية (ar)".
var languageForm = regexp.MustCompile(`^[^()\s][^()]*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)$`)

// LanguageCode is the code at the end of a language's label, "" when it has
// none (BCP 47, by XLSForm's convention).
func LanguageCode(label string) string {
	if m := languageForm.FindStringSubmatch(label); m != nil {
		return m[1]
	}
	return ""
}

// addLanguage also gives a name to the language of a questionnaire that had
// only one and did not say which.
func (q *Questionnaire) addLanguage(m Move) ([]Move, error) {
	label := m.Language
	switch {
	case LanguageCode(label) == "":
		return nil, Problem{Place: Place{Column: "language"}, Code: "language.form", Message: fmt.Sprintf(
			"Écrivez la langue avec son code entre parenthèses, comme « العربية (ar) » ; « %s » n’en a pas.", label)}
	case slices.ContainsFunc(q.Languages, func(l string) bool { return LanguageCode(l) == LanguageCode(label) }):
		return nil, Problem{Place: Place{Column: "language"}, Code: "language.twice", Message: fmt.Sprintf(
			"Le questionnaire a déjà la langue « %s ».", label)}
	}
	if q.nameless() {
		q.eachText(func(t Text) { relabel(t, NoLanguage, French) })
		q.Languages, q.DefaultLanguage = []string{French}, French
		if label == French {
			return []Move{{Do: DropLanguage, Language: French}}, nil
		}
	}
	q.Languages = append(q.Languages, label)
	return []Move{{Do: DropLanguage, Language: label}}, nil
}

// nameless reports whether the questionnaire is in one language and does not say
// which.
func (q *Questionnaire) nameless() bool {
	return len(q.Languages) == 0 || len(q.Languages) == 1 && q.Languages[0] == NoLanguage
}

func relabel(t Text, from, to string) {
	if s, ok := t[from]; ok {
		delete(t, from)
		t[to] = s
	}
}

func (q *Questionnaire) dropLanguage(m Move) ([]Move, error) {
	at := slices.Index(q.Languages, m.Language)
	switch {
	case at < 0:
		return nil, nil
	case len(q.Languages) == 1 || m.Language == q.DefaultLanguage:
		return nil, Problem{Place: Place{Column: "language"}, Code: "language.default", Message: fmt.Sprintf(
			"« %s » est la langue principale du questionnaire : elle ne peut pas partir.", m.Language)}
	}
	old := q.Clone()
	q.Languages = slices.Delete(q.Languages, at, at+1)
	q.eachText(func(t Text) { delete(t, m.Language) })
	return []Move{{Do: Replace, Was: q.Digest(), Whole: old}}, nil
}

// eachText visits every text people read.
func (q *Questionnaire) eachText(visit func(Text)) {
	q.Walk(func(i *Item, _ []*Item) {
		for _, column := range textColumns {
			visit(*i.text(column))
		}
	})
	for _, l := range q.Lists {
		for _, c := range l.Choices {
			visit(c.Label)
		}
	}
}
