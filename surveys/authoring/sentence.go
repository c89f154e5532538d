package authoring

import (
	"strings"

	"diapason/surveys"
)

// Sentence says the condition with the labels of a language: « Poser cette
// question si « Votre âge » est « 75 ans et plus » et … ».
func (c Condition) Sentence(q *surveys.Questionnaire, language string) string {
	if len(c.Clauses) == 0 {
		return "Poser cette question à tout le monde."
	}
	return "Poser cette question si " + c.Words(q, language) + "."
}

// Words says the clauses alone, to be put after « si »; "" without a clause.
func (c Condition) Words(q *surveys.Questionnaire, language string) string {
	var b strings.Builder
	for i, clause := range c.Clauses {
		switch {
		case i == 0:
		case c.Any:
			b.WriteString(" ou ")
		default:
			b.WriteString(" et ")
		}
		if i > 0 && c.Any && sameQuestion(c.Clauses[i-1], clause) {
			b.WriteString(clause.sayValue(q, language))
			continue
		}
		b.WriteString(clause.words(q, language))
	}
	return b.String()
}

// sameQuestion reports whether the second clause only gives one more value to
// the first: the question need not be said again.
func sameQuestion(a, b Clause) bool {
	return a.Question == b.Question && a.Is == b.Is && (a.Is == Equals || a.Is == Chosen)
}

func (c Clause) words(q *surveys.Questionnaire, language string) string {
	subject := quote(c.Question)
	if item := find(q, c.Question); item != nil {
		subject = title(q, item, language)
	}
	if !c.Is.NeedsValue() {
		return subject + " " + c.Is.Label()
	}
	return subject + " " + c.Is.Label() + " " + c.sayValue(q, language)
}

// sayValue says the value for the kind of the question: the labels of choices,
// a number with its comma, a date in words.
func (c Clause) sayValue(q *surveys.Questionnaire, language string) string {
	item := find(q, c.Question)
	switch {
	case item == nil:
		return quote(c.Value)
	case c.Is == OneOf || c.Is == NoneOf:
		var labels []string
		for code := range strings.FieldsSeq(c.Value) {
			labels = append(labels, sayChoice(q, item, code, language))
		}
		return enumerate(labels, "ou")
	case item.Kind.HasChoices():
		return sayChoice(q, item, c.Value, language)
	case isDate(c.Value) && item.Kind != surveys.TextKind:
		return sayDate(c.Value)
	case item.Kind == surveys.TextKind:
		return quote(c.Value)
	}
	return sayNumber(c.Value)
}

func sayChoice(q *surveys.Questionnaire, item *surveys.Item, code, language string) string {
	if c := choice(q, item, code); c != nil {
		return choiceTitle(q, c, language)
	}
	return quote(code)
}
