package pages

import (
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// announce tells, before the first of some items that share a condition, who
// answers them and where the others go. Notes tell for themselves.
func (s *paperSheet) announce(items []surveys.Item) []paperBlock {
	condition, has := s.page.Conditions[items[0].Name]
	if !has || items[0].Kind == surveys.Note {
		return nil
	}
	first, last := s.numbered(items)
	if first < 0 {
		return nil
	}
	words := s.words(condition)
	if words == "" {
		return []paperBlock{{Kind: paperOnly, Only: s.say("form.if_concerned")}}
	}
	b := paperBlock{Kind: paperOnly, Else: s.say("paper.else_end")}
	from, to := s.numbers[s.order[first]], s.numbers[s.order[last]]
	if b.Only = s.say("paper.only", from, to, words); from == to {
		b.Only = s.say("paper.only_one", from, words)
	}
	if last+1 < len(s.order) {
		b.Else = s.say("paper.else", s.numbers[s.order[last+1]])
	}
	return []paperBlock{b}
}

// numbered is where the numbered questions of some items begin and end in the
// order of the sheet; first is -1 when they have none.
func (s *paperSheet) numbered(items []surveys.Item) (first, last int) {
	first = -1
	inside := map[string]bool{}
	part := surveys.Questionnaire{Items: items}
	part.Walk(func(item *surveys.Item, _ []*surveys.Item) { inside[item.Name] = true })
	for i, name := range s.order {
		if inside[name] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// words says a condition with the numbers of the questions; "" when it asks
// about what nobody answers on paper.
func (s *paperSheet) words(condition PaperCondition) string {
	if condition.Unsaid {
		return ""
	}
	var phrases []string
	for _, clause := range joinValues(condition) {
		number, has := s.numbers[clause.Question]
		if !has {
			return ""
		}
		phrases = append(phrases, s.say(paperComparison(clause.Is), number, s.values(clause)))
	}
	word := s.say("paper.and")
	if condition.Any {
		word = s.say("paper.or")
	}
	return strings.Join(phrases, word)
}

// paperComparison is the sentence of a comparison: one value or several are
// said alike.
func paperComparison(is authoring.Comparison) string {
	switch is {
	case authoring.OneOf:
		is = authoring.Equals
	case authoring.NoneOf:
		is = authoring.Differs
	}
	return "paper.if." + string(is)
}

// joinValues puts together the clauses of one question that only differ by
// their value: "oui" or "non" to question 3.
func joinValues(condition PaperCondition) []PaperClause {
	var joined []PaperClause
	for _, clause := range condition.Clauses {
		last := len(joined) - 1
		if condition.Any && last >= 0 && joined[last].Question == clause.Question && joined[last].Is == clause.Is && (clause.Is == authoring.Equals || clause.Is == authoring.Chosen) {
			joined[last].Values = append(joined[last].Values[:len(joined[last].Values):len(joined[last].Values)], clause.Values...)
			continue
		}
		joined = append(joined, clause)
	}
	return joined
}

// values says what an answer is compared with: the labels of choices, a day, a
// number.
func (s *paperSheet) values(clause PaperClause) string {
	q, known := s.page.Form.Question(clause.Question)
	var said []string
	for _, value := range clause.Values {
		text := value
		if day, err := time.Parse(time.DateOnly, value); err == nil && s.lang == DefaultLanguage {
			text = frenchDay(day)
		} else if known && q.Kind.HasChoices() {
			text = s.choice(q, value)
		}
		said = append(said, text)
	}
	return strings.Join(said, s.say("paper.or"))
}

func (s *paperSheet) choice(q *surveys.Question, code string) string {
	text := code
	if c, ok := q.Choice(code); ok {
		if label := unmarked(s.builder.texts.read(c.Label)); label != "" {
			text = label
		}
	}
	return s.say("paper.quote", text)
}
