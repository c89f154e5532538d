package surveys

import "diapason/surveys/expr"

// node is an item with its expressions, placed in the tree.
type node struct {
	item     *Item
	parent   *node
	question *Question // nil for a section
	index    int       // in Form.nodes
	// block is the repeat whose rows hold the item's answers, nil outside any.
	block *node

	relevant, required, constraint, calculation, filter, readOnly *expr.Expr
	// count is how many rows a repeat has, nil when people add them.
	count *expr.Expr
	// preset is the default; literal when it is what is written.
	preset  *expr.Expr
	literal bool
	// triggers are the questions whose change makes the calculation run.
	triggers []string
	// sent items have a value in which what comes with a response has a part:
	// it is the answer, or what once() found when it was given.
	sent bool
	// source is the question of a repeat whose answers are the choices.
	source *node
}

// computed reports whether the value is always that of the calculation.
func (n *node) computed() bool { return n.calculation != nil && len(n.triggers) == 0 }

// fixed reports whether the value is always the default that is written:
// nobody and nothing can change it.
func (n *node) fixed() bool {
	if n.question == nil || n.calculation != nil || len(n.triggers) > 0 || n.preset != nil && !n.literal {
		return false
	}
	return n.question.AlwaysReadOnly || !n.item.Kind.Asked()
}

// constant is the default that is written, as an answer.
func (n *node) constant() Value {
	if !n.literal {
		return Value{}
	}
	return n.item.Kind.read(expr.Text(n.item.Default))
}
