package authoring

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
)

// Problems says what keeps a condition, composed on screen for the item with
// this name, from being written down: a question that comes after, a comparison
// or a value its answers cannot have. All at once; none when it is fine. The
// place of a problem is the question that is compared.
func (c Condition) Problems(q *surveys.Questionnaire, name string) surveys.Problems {
	var problems surveys.Problems
	before := Before(q, name)
	for _, clause := range c.Clauses {
		code, message := clause.fault(q, before)
		if code != "" {
			problems = append(problems, surveys.Problem{Place: surveys.Place{Question: clause.Question, Column: "relevant"}, Code: code, Message: message})
		}
	}
	return problems
}

// fault is the first thing wrong with a clause; "" for nothing.
func (c Clause) fault(q *surveys.Questionnaire, before []*surveys.Item) (code, message string) {
	item := find(q, c.Question)
	switch {
	case c.Question == "":
		return "condition.question", "Choisissez la question dont la réponse décide."
	case item == nil:
		return "condition.question", fmt.Sprintf("La question %s n’existe pas, ou plus : choisissez-en une autre.", quote(c.Question))
	case !slices.Contains(before, item):
		return "condition.order", fmt.Sprintf("%s n’a pas encore de réponse à ce moment-là : choisissez une question qui vient avant.", title(q, item, ""))
	case !slices.Contains(Comparisons(item.Kind), c.Is):
		return "condition.comparison", fmt.Sprintf("%s ne se compare pas ainsi : choisissez une des comparaisons proposées.", title(q, item, ""))
	}
	return c.valueFault(q, item)
}

func (c Clause) valueFault(q *surveys.Questionnaire, item *surveys.Item) (code, message string) {
	_, isNumber := number(c.Value)
	switch {
	case !c.Is.NeedsValue():
		return "", ""
	case strings.TrimSpace(c.Value) == "":
		return "condition.value", fmt.Sprintf("Dites à quoi comparer la réponse à %s.", title(q, item, ""))
	case item.Kind.HasChoices():
		for code := range strings.FieldsSeq(c.Value) {
			if choice(q, item, code) == nil && item.List != surveys.CommunesList {
				return "condition.value", fmt.Sprintf("%s ne propose pas %s : choisissez une de ses réponses.", title(q, item, ""), quote(code))
			}
		}
	case item.Kind.Answer() == surveys.NumberAnswer && !isNumber:
		return "condition.value", fmt.Sprintf("Écrivez un nombre : %s n’en est pas un.", quote(c.Value))
	case (item.Kind == surveys.Date || item.Kind == surveys.DateTime) && !isDate(c.Value):
		return "condition.value", fmt.Sprintf("Écrivez une date, année-mois-jour : %s n’en est pas une.", quote(c.Value))
	}
	return "", ""
}
