package surveys

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"diapason/surveys/expr"
)

// expressions parses every expression once all names are known.
func (c *compiler) expressions() {
	c.names = slices.Sorted(maps.Keys(c.form.byName))
	for _, n := range c.form.nodes {
		n.relevant = c.parse(n, "relevant", n.item.Relevant)
		if n.item.Kind == Repeat {
			n.count = c.parse(n, "repeat_count", n.item.RepeatCount)
		}
		if n.question != nil {
			c.ofQuestion(n)
		}
	}
}

func (c *compiler) ofQuestion(n *node) {
	q := n.question
	n.source = c.source(n)
	n.calculation = c.parse(n, "calculation", n.item.Calculation)
	n.constraint = c.parse(n, "constraint", n.item.Constraint)
	n.filter = c.parse(n, "choice_filter", n.item.ChoiceFilter)
	q.AlwaysRequired, n.required = c.condition(n, "required", n.item.Required)
	q.AlwaysReadOnly, n.readOnly = c.condition(n, "read_only", n.item.ReadOnly)
	c.preset(n)
	n.triggers = c.triggers(n)
	n.sent = !n.computed() && !n.fixed() || n.computed() && slices.Contains(n.calculation.Calls(), "once")
	if n.constraint != nil {
		if limit, exact, ok := n.constraint.Limit(); ok {
			q.Limit, q.Exact = limit, exact
		}
	}
}

// source finds the question of a repeat whose answers are the choices.
func (c *compiler) source(n *node) *node {
	m := listedIn.FindStringSubmatch(n.item.List)
	if m == nil || !n.item.Kind.HasChoices() {
		return nil
	}
	source := c.form.byName[m[1]]
	switch {
	case source == nil:
		c.unknown(n.item, "type", m[1])
	case source.question == nil || source.block == nil:
		c.refuse(n.item, "type", "list.source", "« %s » n’est pas une question posée dans une répétition : donnez le nom d’une liste de la feuille « choices ».", m[1])
		return nil
	}
	return source
}

// condition reads a column that holds yes, no or an expression. Any other word
// is a no to the peers, for it names nothing that can be true.
func (c *compiler) condition(n *node, column, source string) (always bool, e *expr.Expr) {
	if always, known := yesNo(source); known {
		return always, nil
	}
	if bareWord.MatchString(source) {
		c.warn(n.item, column, "condition.word", "« %s » n’est ni « yes » ni « no » : c’est lu comme « no ».", source)
		return false, nil
	}
	return false, c.parse(n, column, source)
}

var bareWord = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_-]*$`)

// preset reads the default. Dates and times have hyphens that are not signs.
func (c *compiler) preset(n *node) {
	source := n.item.Default
	hyphens := n.item.Kind == Date || n.item.Kind == DateTime || n.item.Kind == Time
	switch {
	case source == "":
	case expr.Dynamic(source, hyphens):
		n.preset = c.parse(n, "default", source)
	default:
		n.preset, n.literal = expr.Literal(source), true
	}
}

func (c *compiler) triggers(n *node) []string {
	names := n.item.triggers()
	for _, name := range names {
		if c.form.byName[name] == nil {
			c.unknown(n.item, triggerColumn, name)
		}
	}
	return names
}

func (c *compiler) parse(n *node, column, source string) *expr.Expr {
	if source == "" {
		return nil
	}
	e, err := expr.ParseIn(source, c.leads(n))
	if err != nil {
		c.refuse(n.item, column, "expression.syntax", "%s", err.Error())
		return nil
	}
	for _, fault := range c.faults(n, column, e) {
		c.add(n.item, column, "expression.fault", fault.Warning,
			fmt.Sprintf("%s (caractère %d de « %s »)", fault.Message, fault.Offset+1, source))
	}
	for _, file := range e.Files() {
		if _, ok := c.form.Questionnaire.file(file); !ok {
			c.warn(n.item, column, "list.file", "la liste « %s », où chercher, manque : joignez le fichier au questionnaire, sans quoi rien n’y sera trouvé.", file)
		}
	}
	return e
}

func (c *compiler) faults(n *node, column string, e *expr.Expr) []expr.Fault {
	known := func(name string) bool { return c.form.byName[name] != nil }
	var faults []expr.Fault
	if column == "choice_filter" {
		faults = e.CheckFilter(known, c.columnsOf(n), c.names...)
	} else {
		faults = e.Check(known, c.names...)
	}
	answers := e.CheckAnswers(func(name string) expr.Answer {
		if name == "" {
			return answerOf(n)
		}
		return answerOf(c.form.byName[name])
	})
	return append(faults, answers...)
}

// columnsOf are the columns a filter of the question may read; where the
// choices are the rows of a repeat, the questions there.
func (c *compiler) columnsOf(n *node) []string {
	list := n.item.List
	if columns, ok := c.columns[list]; ok {
		return columns
	}
	columns := map[string]bool{"name": true, "label": true}
	for _, choice := range n.question.Choices {
		for column := range choice.Extra {
			columns[column] = true
		}
	}
	if n.source != nil {
		clear(columns)
		for _, other := range c.form.nodes {
			if other.block == n.source.block {
				columns[other.item.Name] = true
			}
		}
	}
	if c.columns == nil {
		c.columns = map[string][]string{}
	}
	c.columns[list] = slices.Sorted(maps.Keys(columns))
	return c.columns[list]
}

// answerOf is what can be said for certain of the answers to a question. The
// communes come at publication.
func answerOf(n *node) expr.Answer {
	if n == nil || n.question == nil || n.computed() || !n.item.Kind.HasChoices() {
		return expr.Answer{}
	}
	several := n.item.Kind == SelectMultiple
	if listedIn.MatchString(n.item.List) || n.item.HasProfile(ProfileCommune) {
		return expr.Answer{Several: several}
	}
	return expr.Answer{
		Several: several,
		Has:     func(code string) bool { _, ok := n.question.Choice(code); return ok },
		Codes: func() []string {
			var codes []string
			for _, choice := range n.question.Choices {
				codes = append(codes, choice.Name)
			}
			return codes
		},
	}
}

// leads follows paths from the question that asks: see [expr.Names]. The name
// of the top of the form, which workbooks seldom say, is not looked at.
func (c *compiler) leads(asking *node) expr.Names {
	return func(from string, steps []string) (string, bool) {
		at, known := asking, true
		switch from {
		case "":
		case "/":
			at, steps = nil, steps[1:]
		default:
			at, known = c.form.byName[from]
		}
		for _, step := range steps {
			switch {
			case !known:
				return "", false
			case step != "..":
				at = c.child(at, step)
				known = at != nil
			case at == nil:
				return "", false
			default:
				at = at.parent
			}
		}
		if !known || at == nil || c.form.byName[at.item.Name] != at {
			return "", false
		}
		return at.item.Name, true
	}
}

func (c *compiler) child(section *node, name string) *node {
	if n := c.form.byName[name]; n != nil && n.parent == section {
		return n
	}
	return nil
}

var mention = regexp.MustCompile(`\$\{\s*(?:last-saved#)?\s*([^{}]*?)\s*\}`)

// texts refuses the names in labels, hints and messages that are nobody's.
func (c *compiler) texts() {
	for _, n := range c.form.nodes {
		i := n.item
		for _, t := range []struct {
			column string
			text   Text
		}{
			{"label", i.Label}, {"hint", i.Hint}, {"guidance_hint", i.GuidanceHint},
			{"required_message", i.RequiredMessage}, {"constraint_message", i.ConstraintMessage},
		} {
			for _, name := range c.strangers(t.text) {
				c.unknown(i, t.column, name)
			}
		}
	}
	for _, list := range c.form.Questionnaire.Lists {
		for _, choice := range list.Choices {
			for _, name := range c.strangers(choice.Label) {
				c.unknownAt(Place{Sheet: "choices", Row: choice.Row, Column: "label"}, name)
			}
		}
	}
}

// strangers are the names a text mentions and that no question has, each once.
func (c *compiler) strangers(text Text) []string {
	var names []string
	for _, s := range text {
		if !strings.Contains(s, "${") {
			continue
		}
		for _, m := range mention.FindAllStringSubmatch(s, -1) {
			if c.form.byName[m[1]] == nil && !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
	}
	slices.Sort(names)
	return names
}

func (c *compiler) unknown(item *Item, column, name string) {
	place := Place{Question: item.Name, Column: column}
	if item.Row > 0 {
		place.Sheet, place.Row = "survey", item.Row
	}
	c.unknownAt(place, name)
}

func (c *compiler) unknownAt(place Place, name string) {
	message := "${" + name + "} ne désigne aucune question : vérifiez le nom dans la colonne name."
	if guess := expr.Closest(name, c.names); guess != "" {
		message = "${" + name + "} ne désigne aucune question. Vouliez-vous dire ${" + guess + "} ?"
	}
	c.problems = append(c.problems, Problem{Place: place, Code: "text.unknown", Message: message})
}
