package authoring

import (
	"strings"

	"diapason/surveys"
)

// A Condition is a relevance that can be said in one sentence: all, or any, of
// its clauses. Without a clause it is always met.
type Condition struct {
	Any     bool // one clause is enough; false with fewer than two clauses
	Clauses []Clause
}

// A Clause compares the answer of one question.
type Clause struct {
	Question string
	Is       Comparison
	// Value is a choice code (several, between spaces, for [OneOf] and
	// [NoneOf]), a number, a date (2026-01-31) or a text; "" where the
	// comparison needs none.
	Value string
}

// A Comparison is what a clause says of an answer.
type Comparison string

// The comparisons. A blank answer differs from everything, contains nothing
// and is neither less nor more than anything.
const (
	Equals    Comparison = "equals"
	Differs   Comparison = "differs"
	OneOf     Comparison = "one-of"  // of several choice codes
	NoneOf    Comparison = "none-of" // of several choice codes
	Chosen    Comparison = "chosen"  // among those of a select_multiple or a rank
	NotChosen Comparison = "not-chosen"
	Less      Comparison = "less"
	AtMost    Comparison = "at-most"
	More      Comparison = "more"
	AtLeast   Comparison = "at-least"
	Earlier   Comparison = "earlier" // these four are for dates
	NotAfter  Comparison = "not-after"
	Later     Comparison = "later"
	NotBefore Comparison = "not-before"
	Answered  Comparison = "answered"
	Blank     Comparison = "blank"
)

// comparisonLabels are the comparisons as a sentence says them, after the
// question and before the value.
var comparisonLabels = map[Comparison]string{
	Equals: "est", Differs: "n’est pas",
	OneOf: "est l’une de ces réponses :", NoneOf: "n’est aucune de ces réponses :",
	Chosen: "contient", NotChosen: "ne contient pas",
	Less: "est plus petit que", AtMost: "est au plus", More: "est plus grand que", AtLeast: "est au moins",
	Earlier: "est avant", NotAfter: "est au plus tard", Later: "est après", NotBefore: "est au plus tôt",
	Answered: "a une réponse", Blank: "n’a pas de réponse",
}

// Label is the comparison as a sentence says it: « est », « contient », « est
// au moins ».
func (c Comparison) Label() string { return comparisonLabels[c] }

// NeedsValue reports whether a clause with this comparison has a value.
func (c Comparison) NeedsValue() bool { return c != Answered && c != Blank }

// Comparisons are those that make sense for answers of a kind, the commonest
// first; none for what nobody answers.
func Comparisons(kind surveys.Kind) []Comparison {
	switch kind {
	case surveys.SelectOne:
		return []Comparison{Equals, Differs, OneOf, NoneOf, Answered, Blank}
	case surveys.SelectMultiple, surveys.Rank:
		return []Comparison{Chosen, NotChosen, Answered, Blank}
	case surveys.Integer, surveys.Decimal, surveys.Range, surveys.Calculate, surveys.Hidden:
		return []Comparison{Equals, Differs, Less, AtMost, More, AtLeast, Answered, Blank}
	case surveys.Date:
		return []Comparison{Equals, Differs, Earlier, NotAfter, Later, NotBefore, Answered, Blank}
	case surveys.DateTime:
		return []Comparison{Earlier, NotAfter, Later, NotBefore, Answered, Blank}
	case surveys.TextKind:
		return []Comparison{Equals, Differs, Answered, Blank}
	case surveys.Time, surveys.Acknowledge:
		return []Comparison{Answered, Blank}
	}
	return nil
}

// Before lists what a condition of the item with this name may ask: whatever
// is answered or computed earlier in the questionnaire, its own section
// included, in reading order. The rows of a repeat are left to the items of
// that repeat. For a name the questionnaire does not have, it is everything.
func Before(q *surveys.Questionnaire, name string) []*surveys.Item {
	var before, repeats []*surveys.Item
	var inRepeat [][]*surveys.Item
	reached := false
	q.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		switch {
		case reached:
		case name != "" && item.Name == name:
			reached, repeats = true, repeatsOf(sections)
		case Comparisons(item.Kind) != nil && item.Name != "":
			before = append(before, item)
			inRepeat = append(inRepeat, repeatsOf(sections))
		}
	})
	kept := before[:0]
	for i, item := range before {
		if within(repeats, inRepeat[i]) {
			kept = append(kept, item)
		}
	}
	return kept
}

func repeatsOf(sections []*surveys.Item) []*surveys.Item {
	var repeats []*surveys.Item
	for _, s := range sections {
		if s.Kind == surveys.Repeat {
			repeats = append(repeats, s)
		}
	}
	return repeats
}

// within reports whether somebody inside the first repeats is also inside the
// second ones.
func within(inside, repeats []*surveys.Item) bool {
	if len(repeats) > len(inside) {
		return false
	}
	for i, r := range repeats {
		if inside[i] != r {
			return false
		}
	}
	return true
}

// Expression is the condition in the language of XLSForm; "" when it has no
// clause. A clause is written for the kind of its question in q.
func (c Condition) Expression(q *surveys.Questionnaire) string {
	parts := make([]string, len(c.Clauses))
	for i, clause := range c.Clauses {
		var kind surveys.Kind
		if item := find(q, clause.Question); item != nil {
			kind = item.Kind
		}
		parts[i] = clause.expression(kind)
	}
	if c.Any {
		return strings.Join(parts, " or ")
	}
	return strings.Join(parts, " and ")
}

// operators are the comparisons that are written between two values.
var operators = map[Comparison]string{
	Equals: "=", Differs: "!=", Less: "<", AtMost: "<=", More: ">", AtLeast: ">=",
	Earlier: "<", NotAfter: "<=", Later: ">", NotBefore: ">=",
}

func (c Clause) expression(kind surveys.Kind) string {
	answer := "${" + c.Question + "}"
	switch c.Is {
	case Answered:
		return answer + " != ''"
	case Blank:
		return answer + " = ''"
	case Chosen:
		return "selected(" + answer + ", " + literal(c.Value) + ")"
	case NotChosen:
		return "not(selected(" + answer + ", " + literal(c.Value) + "))"
	case OneOf:
		return "selected(" + literal(c.Value) + ", " + answer + ")"
	case NoneOf:
		return "not(selected(" + literal(c.Value) + ", " + answer + "))"
	}
	return answer + " " + operators[c.Is] + " " + value(kind, c.Value)
}
