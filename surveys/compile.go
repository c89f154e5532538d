package surveys

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Form is a compiled questionnaire: its expressions parsed, its names
// resolved, its lists at hand. It never changes and may be shared.
type Form struct {
	// Questionnaire is as it is served: what XLSForm says in short is in full,
	// see [Questionnaire.served].
	Questionnaire *Questionnaire
	// Source is as its author wrote it, which is what a version keeps.
	Source *Questionnaire
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
	// AlwaysReadOnly questions are shown and nobody answers them.
	AlwaysReadOnly bool
	// Limit is how many choices may be made, 0 for any number; Exact asks for
	// just that number.
	Limit int
	Exact bool

	node *node
}

// Compile parses and checks a questionnaire. The problems are all of them, in
// reading order; the form is nil when one refuses.
func Compile(q *Questionnaire) (*Form, Problems) {
	f := &Form{Questionnaire: q.served(), Source: q, byName: map[string]*node{}, passed: map[string]bool{}}
	c := &compiler{form: f}
	c.lists()
	c.items(f.Questionnaire.Items, nil, nil)
	c.conditions()
	c.expressions()
	c.texts()
	if c.problems.Refusals() == nil {
		c.cycles()
	}
	if c.problems.Refusals() != nil {
		return nil, c.problems
	}
	return f, c.problems
}

type compiler struct {
	form     *Form
	problems Problems
	names    []string            // all of them, sorted, once they are known
	columns  map[string][]string // of the choices, by list
}

func (c *compiler) refuse(n *Item, column, code, format string, args ...any) {
	c.add(n, column, code, false, fmt.Sprintf(format, args...))
}

func (c *compiler) warn(n *Item, column, code, format string, args ...any) {
	c.add(n, column, code, true, fmt.Sprintf(format, args...))
}

func (c *compiler) add(n *Item, column, code string, warning bool, message string) {
	place := Place{Question: n.Name, Column: column}
	if n.Row > 0 {
		place.Sheet, place.Row = "survey", n.Row
	}
	c.problems = append(c.problems, Problem{Place: place, Code: code, Message: message, Warning: warning})
}

// lists refuses a list that names a choice twice, for an answer would be
// ambiguous, unless the form says that filters tell them apart. A file is read
// by any of its columns: it need not have codes at all.
func (c *compiler) lists() {
	if yes, _ := yesNo(c.form.Questionnaire.Settings["allow_choice_duplicates"]); yes {
		return
	}
	for _, list := range c.form.Questionnaire.Lists {
		if strings.Contains(list.Name, fileEnding) {
			continue
		}
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
		case asSelect[n.item.Kind] != "":
			c.warn(n.item, "type", "list.file", "les choix du fichier « %s » manquent : joignez-le au questionnaire, sans quoi la question n’est pas posée.", n.item.List)
		}
	}
}

func (c *compiler) name(n *node) {
	if n.item.Name == "" {
		return
	}
	if reservedName(n.item.Name) {
		c.refuse(n.item, "name", "name.reserved", "le nom « %s » est réservé aux navigateurs : donnez-en un autre.", n.item.Name)
	}
	if other, taken := c.form.byName[n.item.Name]; taken {
		c.refuse(n.item, "name", "name.twice", "le nom « %s » sert déjà à la ligne %d : donnez-en un autre.", n.item.Name, other.item.Row)
		return
	}
	c.form.byName[n.item.Name] = n
}

// reservedName reports whether a name means something to every object of a
// browser's script: an answer under it would be taken for that.
func reservedName(name string) bool {
	return strings.HasPrefix(name, "__") || slices.Contains([]string{
		"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
	}, name)
}

func (c *compiler) question(n *node) {
	q := &Question{Item: n.item, node: n}
	for p := n.parent; p != nil; p = p.parent {
		q.Sections = append(q.Sections, p.item)
	}
	slices.Reverse(q.Sections)
	if n.item.Kind.HasChoices() && !listedIn.MatchString(n.item.List) {
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
