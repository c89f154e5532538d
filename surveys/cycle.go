package surveys

import (
	"maps"
	"slices"
	"strings"

	"diapason/surveys/expr"
)

// cycles refuses expressions that wait for each other. A constraint may read
// anything: it is checked last. So may a filter: two choices may each leave out
// what the other took. A default is computed once, and a calculation with a
// trigger when somebody answers: they wait for nobody.
func (c *compiler) cycles() {
	state := make([]uint8, len(c.form.nodes)) // 1: being visited, 2: done
	var trail []*node
	var visit func(n *node)
	visit = func(n *node) {
		switch state[n.index] {
		case 1:
			c.cycle(trail[slices.Index(trail, n):])
			return
		case 2:
			return
		}
		state[n.index] = 1
		trail = append(trail, n)
		for _, on := range c.dependencies(n) {
			visit(on)
		}
		trail = trail[:len(trail)-1]
		state[n.index] = 2
	}
	for _, n := range c.form.nodes {
		visit(n)
	}
}

// cycle tells the way round, from the first of the questions in reading order.
func (c *compiler) cycle(round []*node) {
	first := 0
	for i, n := range round {
		if n.index < round[first].index {
			first = i
		}
	}
	var names []string
	for i := range round {
		names = append(names, "« "+round[(first+i)%len(round)].item.Name+" »")
	}
	n := round[first]
	if len(names) == 1 {
		c.refuse(n.item, c.waiting(n, n), "expression.cycle",
			"%s dépend de sa propre valeur : retirez-la de l’expression.", names[0])
		return
	}
	c.refuse(n.item, c.waiting(n, round[(first+1)%len(round)]), "expression.cycle",
		"%s dépend de %s : retirez l’une de ces conditions.", names[0],
		strings.Join(append(names[1:], names[0]), ", qui dépend de "))
}

// waiting is the column by which a question depends on another; its section's
// condition is written under relevant.
func (c *compiler) waiting(n, on *node) string {
	for _, column := range []struct {
		name string
		e    *expr.Expr
	}{{"calculation", n.calculation}, {"repeat_count", n.count}} {
		if column.e != nil && slices.Contains(column.e.Names(), on.item.Name) {
			return column.name
		}
	}
	return "relevant"
}

// dependencies are the nodes whose value or relevance decides a node's.
func (c *compiler) dependencies(n *node) []*node {
	var on []*node
	if n.parent != nil {
		on = append(on, n.parent)
	}
	read := []*expr.Expr{n.relevant, n.count}
	if n.computed() {
		read = append(read, n.calculation)
	}
	for _, e := range read {
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

// Deciders are the items, by name, that have a part in the value of an item or
// in whether it is asked: what its expressions and its sections' read, the
// repeat that holds its rows and, of a repeat, all it holds. They have deciders
// of their own. clock tells that the moment has a part too.
func (f *Form) Deciders(name string) (names []string, clock bool) {
	n, ok := f.byName[name]
	if !ok {
		return nil, false
	}
	read := map[string]bool{}
	for at := n; at != nil; at = at.parent {
		for _, e := range []*expr.Expr{at.relevant, at.calculation, at.count, at.filter} {
			if e == nil {
				continue
			}
			for _, name := range e.Names() {
				read[name] = true
			}
			clock = clock || slices.ContainsFunc(e.Calls(), func(f string) bool { return f == "today" || f == "now" })
		}
	}
	if n.block != nil {
		read[n.block.item.Name] = true
	}
	if n.source != nil {
		read[n.source.item.Name] = true
	}
	for _, inside := range f.nodes {
		if n.item.Kind == Repeat && inside.block == n && inside.item.Name != "" {
			read[inside.item.Name] = true
		}
	}
	return slices.Sorted(maps.Keys(read)), clock
}
