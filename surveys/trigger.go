package surveys

import (
	"regexp"
	"slices"
)

// triggerColumn holds, among the columns an item keeps as they are, the
// questions whose change makes its calculation run.
const triggerColumn = "trigger"

var triggerName = regexp.MustCompile(`\$\{\s*([^{}\s]+)\s*\}`)

// triggers are the names in the trigger column, in their order.
func (i *Item) triggers() []string {
	var names []string
	for _, m := range triggerName.FindAllStringSubmatch(i.Extra[triggerColumn], -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// React returns what the answers of the whole form become once a person has
// changed the question named, on this path: calculations it triggers have run,
// in its own row or in all rows when it stands outside the repeat, and repeats
// have the rows their count asks for. A trigger without a calculation clears.
// A change made by a trigger triggers nothing.
//
// The path's own answers do not change. Nothing reacts when a response is
// submitted: what was sent stands.
func (p *Path) React(changed string) Answers {
	a := p.root().answers.clone()
	for _, n := range p.form.nodes {
		if !slices.Contains(n.triggers, changed) {
			continue
		}
		for _, row := range p.form.Path(a, p.now).every(n.block) {
			if !row.beside(p) {
				continue
			}
			if n.calculation == nil {
				delete(row.answers, n.item.Name)
				continue
			}
			row.put(n, n.calculation.Eval(scope{path: row, node: n}))
		}
	}
	p.form.grow(a, p.now)
	return a
}

// beside reports whether p and q are in the same rows of the repeats they
// share.
func (p *Path) beside(q *Path) bool {
	for ; p.parent != nil; p = p.parent {
		if other := q.within(p.block); other != nil && other.row != p.row {
			return false
		}
	}
	return true
}

// within is the path, this one or one around it, that is a row of the block.
func (p *Path) within(block *node) *Path {
	for ; p != nil; p = p.parent {
		if p.block == block {
			return p
		}
	}
	return nil
}

// clone copies the answers and the rows inside; single values never change.
func (a Answers) clone() Answers {
	c := make(Answers, len(a))
	for name, v := range a {
		if v.kind == RowsAnswer {
			rows := make([]Answers, len(v.rows))
			for i, row := range v.rows {
				rows[i] = row.clone()
			}
			v = RowsValue(rows...)
		}
		c[name] = v
	}
	return c
}
