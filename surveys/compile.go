package surveys

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys/expr"
)

// A Form is a compiled questionnaire: its expressions parsed, its names
// resolved, its lists at hand. It never changes and may be shared.
type Form struct {
	Questionnaire *Questionnaire
	// Questions are what is asked, said or computed, in reading order.
	Questions []*Question

	nodes  []*node // every item, sections included, in reading order
	byName map[string]*node
	// passed are the conditions that whoever goes to the end has met: the
	// opposites of those of the notes that end the questionnaire.
	passed map[string]bool
}

// A Question is an item of a form that is not a section.
type Question struct {
	*Item
	// Sections hold the question, outermost first.
	Sections []*Item
	// Choices are those of its list, before any filter.
	Choices []Choice
	// Conditional questions are not asked of everybody who goes to the end:
	// they, or a section above them, are for some, see [Form.ForSome].
	Conditional bool
	// AlwaysRequired questions must be answered whenever they are asked.
	AlwaysRequired bool
	// Limit is how many choices may be made, 0 for any number; Exact asks for
	// just that number.
	Limit int
	Exact bool

	node *node
}

// node is an item with its expressions, placed in the tree.
type node struct {
	item     *Item
	parent   *node
	question *Question // nil for a section
	index    int       // in Form.nodes
	// block is the repeat whose rows hold the item's answers, nil outside any.
	block *node

	relevant, required, constraint, calculation, filter *expr.Expr
}

// Compile parses and checks a questionnaire. The problems are all of them, in
// reading order; the form is nil when one refuses.
func Compile(q *Questionnaire) (*Form, Problems) {
	c := &compiler{form: &Form{Questionnaire: q, byName: map[string]*node{}, passed: map[string]bool{}}}
	c.lists()
	c.items(q.Items, nil, nil)
	c.conditions()
	c.expressions()
	if c.problems.Refusals() == nil {
		c.cycles()
	}
	if c.problems.Refusals() != nil {
		return nil, c.problems
	}
	return c.form, c.problems
}

type compiler struct {
	form     *Form
	problems Problems
}

func (c *compiler) refuse(n *Item, column, code, format string, args ...any) {
	place := Place{Question: n.Name, Column: column}
	if n.Row > 0 {
		place.Sheet, place.Row = "survey", n.Row
	}
	c.problems = append(c.problems, Problem{Place: place, Code: code, Message: fmt.Sprintf(format, args...)})
}

// lists refuses a list that names a choice twice: an answer would be
// ambiguous.
func (c *compiler) lists() {
	for _, list := range c.form.Questionnaire.Lists {
		seen := map[string]bool{}
		for _, choice := range list.Choices {
			if seen[choice.Name] {
				c.problems = append(c.problems, Problem{
					Place: Place{Sheet: "choices", Row: choice.Row, Column: "name"}, Code: "choice.twice",
					Message: fmt.Sprintf("la liste « %s » contient deux fois « %s » : gardez-en une.", list.Name, choice.Name),
				})
			}
			seen[choice.Name] = true
		}
	}
}

func (c *compiler) items(items []Item, parent, block *node) {
	for i := range items {
		n := &node{item: &items[i], parent: parent, block: block, index: len(c.form.nodes)}
		c.form.nodes = append(c.form.nodes, n)
		c.name(n)
		switch {
		case !n.item.Kind.Known():
			c.refuse(n.item, "type", "kind.unknown", "le type « %s » n’existe pas.", n.item.Kind)
		case n.item.Kind == Repeat:
			c.items(n.item.Items, n, n)
		case n.item.Kind.Section():
			c.items(n.item.Items, n, block)
		case n.item.Kind.Served():
			c.question(n)
		}
	}
}

func (c *compiler) name(n *node) {
	if n.item.Name == "" {
		return
	}
	if other, taken := c.form.byName[n.item.Name]; taken {
		c.refuse(n.item, "name", "name.twice", "le nom « %s » sert déjà à la ligne %d : donnez-en un autre.", n.item.Name, other.item.Row)
		return
	}
	c.form.byName[n.item.Name] = n
}

func (c *compiler) question(n *node) {
	q := &Question{Item: n.item, node: n}
	for p := n.parent; p != nil; p = p.parent {
		q.Sections = append(q.Sections, p.item)
	}
	slices.Reverse(q.Sections)
	if n.item.Kind.HasChoices() {
		list, ok := c.form.Questionnaire.List(n.item.List)
		if !ok {
			c.refuse(n.item, "type", "list.missing", "la liste de choix « %s » n’existe pas dans la feuille « choices ».", n.item.List)
			return
		}
		q.Choices = list.Choices
	}
	n.question = q
	c.form.Questions = append(c.form.Questions, q)
}

// conditions tells the questions that are for some people only from those
// whose condition just repeats that the questionnaire has not ended.
func (c *compiler) conditions() {
	for _, q := range c.form.Questions {
		if left, right, ok := strings.Cut(q.Relevant, " = "); ok && q.HasProfile(ProfileEnd) {
			c.form.passed[left+" != "+right] = true
		}
	}
	for _, q := range c.form.Questions {
		q.Conditional = c.form.ForSome(q.Item) || slices.ContainsFunc(q.Sections, c.form.ForSome)
	}
}

// ForSome reports whether an item, by its own condition, is not for everybody
// who goes to the end of the questionnaire.
func (f *Form) ForSome(item *Item) bool {
	for condition := range strings.SplitSeq(item.Relevant, " and ") {
		if condition != "" && !f.passed[condition] {
			return true
		}
	}
	return false
}

// expressions parses every expression once all names are known.
func (c *compiler) expressions() {
	for _, n := range c.form.nodes {
		n.relevant = c.parse(n, "relevant", n.item.Relevant)
		if n.question == nil {
			continue
		}
		n.calculation = c.parse(n, "calculation", n.item.Calculation)
		n.constraint = c.parse(n, "constraint", n.item.Constraint)
		n.filter = c.parse(n, "choice_filter", n.item.ChoiceFilter)
		switch always, known := yesNo(n.item.Required); {
		case known:
			n.question.AlwaysRequired = always
		default:
			n.required = c.parse(n, "required", n.item.Required)
		}
		if n.constraint != nil {
			if limit, exact, ok := n.constraint.Limit(); ok {
				n.question.Limit, n.question.Exact = limit, exact
			}
		}
	}
}

func (c *compiler) parse(n *node, column, source string) *expr.Expr {
	if source == "" {
		return nil
	}
	e, err := expr.Parse(source)
	if err != nil {
		c.refuse(n.item, column, "expression.syntax", "%s", err.Error())
		return nil
	}
	for _, fault := range c.faults(n, column, e) {
		c.refuse(n.item, column, "expression.fault", "%s (caractère %d de « %s »)", fault.Message, fault.Offset+1, source)
		c.problems[len(c.problems)-1].Warning = fault.Warning
	}
	return e
}

func (c *compiler) faults(n *node, column string, e *expr.Expr) []expr.Fault {
	known := func(name string) bool { return c.form.byName[name] != nil }
	names := slices.Sorted(maps.Keys(c.form.byName))
	if column != "choice_filter" {
		return e.Check(known, names...)
	}
	columns := []string{"name", "label"}
	for _, choice := range n.question.Choices {
		columns = slices.AppendSeq(columns, maps.Keys(choice.Extra))
	}
	return e.CheckFilter(known, columns, names...)
}

// cycles refuses expressions that wait for each other. A constraint may read
// anything: it is checked last.
func (c *compiler) cycles() {
	state := make([]uint8, len(c.form.nodes)) // 1: being visited, 2: done
	var visit func(n *node) bool
	visit = func(n *node) bool {
		switch state[n.index] {
		case 1:
			return false
		case 2:
			return true
		}
		state[n.index] = 1
		ok := true
		for _, on := range c.dependencies(n) {
			ok = ok && visit(on)
		}
		state[n.index] = 2
		return ok
	}
	for _, n := range c.form.nodes {
		if !visit(n) {
			c.refuse(n.item, "relevant", "expression.cycle",
				"« %s » dépend de lui-même à travers d’autres questions : retirez une des conditions.", n.item.Name)
		}
	}
}

// dependencies are the nodes whose value or relevance decides a node's.
func (c *compiler) dependencies(n *node) []*node {
	var on []*node
	if n.parent != nil {
		on = append(on, n.parent)
	}
	for _, e := range []*expr.Expr{n.relevant, n.calculation} {
		if e == nil {
			continue
		}
		for _, name := range e.Names() {
			if other := c.form.byName[name]; other != nil {
				on = append(on, other)
			}
		}
	}
	return on
}

// Question returns the question with this name.
func (f *Form) Question(name string) (*Question, bool) {
	n, ok := f.byName[name]
	if !ok || n.question == nil {
		return nil, false
	}
	return n.question, true
}

// yesNo reads the values XLSForm allows where an expression is not needed.
func yesNo(s string) (yes, known bool) {
	switch s {
	case "yes", "Yes", "YES", "true", "True", "TRUE", "true()", "oui":
		return true, true
	case "no", "No", "NO", "false", "False", "FALSE", "false()", "non", "":
		return false, true
	}
	return false, false
}

// Choice returns the choice with this code.
func (q *Question) Choice(code string) (Choice, bool) {
	for _, c := range q.Choices {
		if c.Name == code {
			return c, true
		}
	}
	return Choice{}, false
}

// Bounds are the least and the greatest value of a range, and its step; the
// XLSForm defaults are 1, 10 and 1.
func (q *Question) Bounds() (low, high, step float64) {
	number := func(key string, otherwise float64) float64 {
		if f, err := strconv.ParseFloat(q.Parameters[key], 64); err == nil {
			return f
		}
		return otherwise
	}
	return number("start", 1), number("end", 10), number("step", 1)
}

// NoOpinion reports whether a choice code says "I do not know" or "I would
// rather not say": counted and shown, outside the base of a share.
func NoOpinion(code string) bool { return code == "nsp" || code == "npr" }
