package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// typedCondition reads the clauses of the form, with those that its buttons
// add or take away; whole is false while one lacks its question or its value.
func (e *edition) typedCondition(q *surveys.Questionnaire) (c authoring.Condition, whole bool) {
	c.Any, whole = e.typed.Get("si.tout") == "une", true
	for i := 0; e.typed.Has(fmt.Sprintf("si.%d.question", i)); i++ {
		if e.do == "si-oter" && e.with == strconv.Itoa(i) {
			continue
		}
		clause, ok := e.typedClause(q, fmt.Sprintf("si.%d.", i))
		c.Clauses = append(c.Clauses, clause)
		whole = whole && ok
	}
	if e.do == "si-ajouter" {
		c.Clauses, whole = append(c.Clauses, authoring.Clause{}), false
	}
	c.Any = c.Any && len(c.Clauses) > 1
	return c, whole
}

// typedClause reads one clause. When its question has just been changed, the
// comparison and the value of the other one may not fit: they start anew.
func (e *edition) typedClause(q *surveys.Questionnaire, prefix string) (authoring.Clause, bool) {
	clause := authoring.Clause{
		Question: e.typed.Get(prefix + "question"), Is: authoring.Comparison(e.typed.Get(prefix + "est")),
		Value: strings.TrimSpace(strings.Join(e.typed[prefix+"valeur"], " ")),
	}
	asked := q.Named(clause.Question)
	if clause.Question == "" || asked == nil {
		return authoring.Clause{}, false
	}
	possible := authoring.Comparisons(asked.Kind)
	if len(possible) == 0 {
		return authoring.Clause{}, false
	}
	if !slices.Contains(possible, clause.Is) {
		clause.Is = possible[0]
	}
	if !clause.Is.NeedsValue() {
		clause.Value = ""
		return clause, true
	}
	clause.Value = fittingValue(q, asked, clause)
	return clause, clause.Value != ""
}

// fittingValue is the value of a clause as far as its question can have it.
func fittingValue(q *surveys.Questionnaire, asked *surveys.Item, c authoring.Clause) string {
	switch {
	case asked.Kind.HasChoices():
		list, _ := q.List(asked.List)
		var codes []string
		for code := range strings.FieldsSeq(c.Value) {
			if list != nil && slices.ContainsFunc(list.Choices, func(choice surveys.Choice) bool { return choice.Name == code }) {
				codes = append(codes, code)
			}
		}
		if c.Is != authoring.OneOf && c.Is != authoring.NoneOf {
			codes = codes[:min(1, len(codes))]
		}
		return strings.Join(codes, " ")
	case asked.Kind.Answer() == surveys.NumberAnswer:
		if _, ok := numberText(c.Value); !ok {
			return ""
		}
	}
	return c.Value
}

func (e *edition) conditionChanged(q *surveys.Questionnaire) bool {
	c, whole := e.typedCondition(q)
	return whole && c.Expression(q) != e.typed.Get("w.si")
}

// condition writes the relevance that the clauses say, once each has its value;
// until then the page keeps them as they are.
func (e *edition) condition() {
	c, whole := e.typedCondition(e.now)
	if !whole {
		e.clauses = &c
		if e.do == "si-ajouter" {
			e.focus = fmt.Sprintf("si-%d-q", len(c.Clauses)-1)
		}
		return
	}
	if !e.conditionChanged(e.now) || slices.Contains(e.columns(), "relevant") {
		return
	}
	shown := e.typed.Get("w.si")
	move := surveys.Move{Do: surveys.SetField, Key: e.key, Field: "relevant", Was: shown, Now: c.Expression(e.now)}
	// The page showed the condition in the editor's own spelling.
	if current, ok := authoring.ReadCondition(e.now, e.item().Relevant); ok && current.Expression(e.now) == shown {
		move.Was = e.item().Relevant
	}
	if !e.try("relevant", move) {
		e.clauses = &c
	}
}
