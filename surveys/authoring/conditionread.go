package authoring

import (
	"encoding/json"
	"strings"

	"diapason/surveys"
	"diapason/surveys/expr"
)

// ReadCondition reads a relevance as a condition; false when a sentence cannot
// say as much, or when it asks about a question q does not have. What is read
// means the same as what was written, blank answers included. The empty
// relevance is the condition without a clause.
func ReadCondition(q *surveys.Questionnaire, expression string) (Condition, bool) {
	if strings.TrimSpace(expression) == "" {
		return Condition{}, true
	}
	parsed, err := expr.Parse(expression)
	if err != nil {
		return Condition{}, false
	}
	data, err := parsed.MarshalJSON()
	if err != nil { // a path, or another thing the house refuses
		return Condition{}, false
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return Condition{}, false
	}
	return conditionReader{q}.condition(tree)
}

// conditionReader reads the tree of an expression, in the shape its MarshalJSON
// documents: a call or an operator is a list that begins with its name.
type conditionReader struct{ q *surveys.Questionnaire }

// call takes a list apart; "" for anything else.
func call(tree any) (name string, args []any) {
	list, _ := tree.([]any)
	if len(list) == 0 {
		return "", nil
	}
	name, _ = list[0].(string)
	return name, list[1:]
}

func (r conditionReader) condition(tree any) (Condition, bool) {
	joined, args := inward(tree)
	if duals[joined] == "" {
		joined, args = "and", []any{tree}
	}
	c := Condition{Any: joined == "or"}
	for _, arg := range flatten(joined, args) {
		clause, ok := r.clause(arg)
		if !ok {
			return Condition{}, false
		}
		c.Clauses = append(c.Clauses, clause)
	}
	return c, true
}

// duals are what not() makes of what it stands before.
var duals = map[string]string{"and": "or", "or": "and"}

// inward is call, with not(a or b) taken as not(a) and not(b).
func inward(tree any) (name string, args []any) {
	name, args = call(tree)
	if name != "not" || len(args) != 1 {
		return name, args
	}
	inner, parts := call(args[0])
	if duals[inner] == "" {
		return name, args
	}
	var nots []any
	for _, part := range parts {
		nots = append(nots, []any{"not", part})
	}
	return duals[inner], nots
}

// flatten brings (a and b) and c, however deep, to one level.
func flatten(joined string, args []any) []any {
	var flat []any
	for _, arg := range args {
		if name, inner := inward(arg); name == joined {
			flat = append(flat, flatten(joined, inner)...)
		} else {
			flat = append(flat, arg)
		}
	}
	return flat
}

func (r conditionReader) clause(tree any) (Clause, bool) {
	name, args := call(tree)
	switch {
	case name == "or":
		return r.oneOf(args)
	case name == "not" && len(args) == 1:
		clause, ok := r.clause(args[0])
		return clause.opposite(ok)
	case name == "selected" && len(args) == 2:
		return r.selected(args[0], args[1])
	case mirrored[name] == "" || len(args) != 2:
		return Clause{}, false
	}
	if _, ok := constant(args[0]); ok {
		return r.compare(args[1], mirrored[name], args[0])
	}
	return r.compare(args[0], name, args[1])
}

// mirrored are the operators when their two sides change places.
var mirrored = map[string]string{"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// opposites are the clauses whose negation is a clause. The ordered
// comparisons are not there: neither n >= 18 nor n < 18 is true of a blank.
var opposites = map[Comparison]Comparison{
	Equals: Differs, Differs: Equals, OneOf: NoneOf, NoneOf: OneOf,
	Chosen: NotChosen, NotChosen: Chosen, Answered: Blank, Blank: Answered,
}

func (c Clause) opposite(ok bool) (Clause, bool) {
	is, has := opposites[c.Is]
	c.Is = is
	return c, ok && has
}

// oneOf reads (a = 'x' or a = 'y'), inside another condition, as one clause.
func (r conditionReader) oneOf(args []any) (Clause, bool) {
	var clause Clause
	var values []string
	for _, arg := range flatten("or", args) {
		c, ok := r.clause(arg)
		if !ok || c.Is != Equals || strings.ContainsAny(c.Value, " \t\r\n") || clause.Question != "" && c.Question != clause.Question {
			return Clause{}, false
		}
		clause.Question = c.Question
		values = append(values, c.Value)
	}
	clause.Is, clause.Value = OneOf, strings.Join(values, " ")
	return clause, r.kind(clause.Question) == surveys.SelectOne
}

// selected reads both selected(${q}, 'x') and selected('x y', ${q}).
func (r conditionReader) selected(list, code any) (Clause, bool) {
	if name, ok := r.reference(list); ok {
		v, ok := constant(code)
		ok = ok && v != "" && !strings.ContainsAny(v, " \t\r\n")
		switch r.kind(name) {
		case surveys.SelectMultiple, surveys.Rank:
			return Clause{name, Chosen, v}, ok
		case surveys.SelectOne:
			return Clause{name, Equals, v}, ok
		}
		return Clause{}, false
	}
	values, ok := constant(list)
	name, referred := r.reference(code)
	values = strings.Join(strings.Fields(values), " ")
	return Clause{name, OneOf, values}, ok && referred && values != "" && r.kind(name) == surveys.SelectOne
}

// compare reads an answer, or a count of it, held against a constant.
func (r conditionReader) compare(answer any, operator string, with any) (Clause, bool) {
	v, ok := constant(with)
	if !ok {
		return Clause{}, false
	}
	if function, args := call(answer); (function == "count-selected" || function == "string-length") && len(args) == 1 {
		name, ok := r.reference(args[0])
		is := counted[operator+" "+v]
		return Clause{Question: name, Is: is}, ok && is != ""
	}
	name, ok := r.reference(answer)
	if !ok {
		return Clause{}, false
	}
	if v == "" {
		is := map[string]Comparison{"=": Blank, "!=": Answered}[operator]
		return Clause{Question: name, Is: is}, is != ""
	}
	is := comparison(r.kind(name), operator, v)
	return Clause{name, is, v}, is != ""
}

// counted are the ways to ask whether there is an answer by its size.
var counted = map[string]Comparison{
	"> 0": Answered, ">= 1": Answered, "!= 0": Answered, "= 0": Blank, "< 1": Blank, "<= 0": Blank,
}

// comparison is what an operator means for answers of a kind; "" when a
// sentence would not say it well.
func comparison(kind surveys.Kind, operator, value string) Comparison {
	numbers := map[string]Comparison{"=": Equals, "!=": Differs, "<": Less, "<=": AtMost, ">": More, ">=": AtLeast}
	dates := map[string]Comparison{"=": Equals, "!=": Differs, "<": Earlier, "<=": NotAfter, ">": Later, ">=": NotBefore}
	switch kind {
	case surveys.SelectOne, surveys.TextKind, surveys.Acknowledge:
		if operator == "=" || operator == "!=" {
			return numbers[operator]
		}
	case surveys.Integer, surveys.Decimal, surveys.Range:
		return numbers[operator]
	case surveys.Calculate, surveys.Hidden:
		if isDate(value) {
			return dates[operator]
		}
		return numbers[operator]
	case surveys.Date:
		return dates[operator]
	case surveys.DateTime:
		if operator != "=" && operator != "!=" {
			return dates[operator]
		}
	}
	return ""
}

// constant is the text of a literal: a text, a number, a date, or pieces put
// together because of their quotes.
func constant(tree any) (string, bool) {
	switch v := tree.(type) {
	case string:
		return v, true
	case float64:
		return plainNumber(v), true
	}
	name, args := call(tree)
	switch {
	case name == "neg" && len(args) == 1:
		f, ok := args[0].(float64)
		return plainNumber(-f), ok
	case (name == "date" || name == "date-time") && len(args) == 1:
		s, ok := args[0].(string)
		return s, ok && s != ""
	case name == "concat":
		var whole strings.Builder
		for _, arg := range args {
			piece, ok := arg.(string)
			if !ok {
				return "", false
			}
			whole.WriteString(piece)
		}
		return whole.String(), true
	}
	return "", false
}

// reference is the name of the question a tree reads, when q has it.
func (r conditionReader) reference(tree any) (string, bool) {
	name, args := call(tree)
	if name != "$" || len(args) != 1 {
		return "", false
	}
	question, _ := args[0].(string)
	return question, Comparisons(r.kind(question)) != nil
}

func (r conditionReader) kind(name string) surveys.Kind {
	if item := find(r.q, name); item != nil {
		return item.Kind
	}
	return ""
}
