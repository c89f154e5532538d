package surveys

import (
	"time"

	"diapason/surveys/expr"
)

// A Path tells which questions a set of answers leads through. An answer off
// the path reads as no answer, everywhere. It evaluates what it is asked for
// and remembers it; it is used by one goroutine.
type Path struct {
	form    *Form
	block   *node // the repeat whose row this is, nil for the form itself
	parent  *Path
	row     int // position in the repeat, from 1
	answers Answers
	now     time.Time
	states  []relevance
	values  map[int]expr.Value // calculations, by node
	rows    map[int][]*Path    // rows of repeats, by node
}

type relevance uint8

const (
	unknown relevance = iota
	on
	off
)

// Path starts following the answers through the form. Now is the moment the
// expressions see; the answers are not changed meanwhile.
func (f *Form) Path(a Answers, now time.Time) *Path {
	return &Path{form: f, answers: a, now: now, states: make([]relevance, len(f.nodes))}
}

// On reports whether the question, or section, with this name is on the path.
// Inside a repeat, ask the path of a row.
func (p *Path) On(name string) bool {
	n, ok := p.form.byName[name]
	return ok && p.on(n)
}

// Rows are the paths through the rows of a repeat.
func (p *Path) Rows(repeat string) []*Path {
	n, ok := p.form.byName[repeat]
	if !ok {
		return nil
	}
	return p.rowsOf(n)
}

// Ended returns the note that ends the questionnaire for these answers, nil
// when they go to the end: see [ProfileEnd].
func (p *Path) Ended() *Question {
	for _, q := range p.form.Questions {
		if q.HasProfile(ProfileEnd) && p.on(q.node) {
			return q
		}
	}
	return nil
}

// Choices are the choices of a question that its filter leaves here.
func (p *Path) Choices(q *Question) []Choice {
	if q.node.filter == nil {
		return q.Choices
	}
	var left []Choice
	for _, c := range q.Choices {
		if q.node.filter.Eval(scope{path: p, node: q.node, choice: &c}).Bool() {
			left = append(left, c)
		}
	}
	return left
}

// Required reports whether the question must be answered here.
func (p *Path) Required(q *Question) bool {
	if q.node.required == nil {
		return q.AlwaysRequired
	}
	return q.node.required.Eval(scope{path: p, node: q.node}).Bool()
}

// owner is the path, this one or one around it, whose answers hold n's.
func (p *Path) owner(n *node) *Path {
	for ; p != nil; p = p.parent {
		if p.block == n.block {
			return p
		}
	}
	return nil
}

func (p *Path) on(n *node) bool {
	if p.block != n.block && n != p.block {
		o := p.owner(n)
		return o != nil && o.on(n)
	}
	if p.states[n.index] == unknown {
		p.states[n.index] = off // while it is being found out
		if p.leadsTo(n) {
			p.states[n.index] = on
		}
	}
	return p.states[n.index] == on
}

func (p *Path) leadsTo(n *node) bool {
	if n == p.block {
		return p.parent.on(n)
	}
	if n.parent != nil && !p.on(n.parent) {
		return false
	}
	return n.relevant == nil || n.relevant.Eval(scope{path: p, node: n}).Bool()
}

// value is what an expression reads at a node of this path's block.
func (p *Path) value(n *node) expr.Value {
	switch {
	case !p.on(n):
		return expr.Value{}
	case n.item.Kind == Repeat:
		return expr.Set(make([]expr.Value, len(p.rowsOf(n))))
	case n.calculation != nil && !n.item.Kind.Asked():
		return p.computed(n)
	}
	return p.stored(n)
}

// stored is the answer at a node as an expression reads it.
func (p *Path) stored(n *node) expr.Value {
	v := p.answers[n.item.Name]
	switch v.Kind() {
	case TextAnswer:
		if n.item.Kind == Date || n.item.Kind == DateTime {
			return expr.Date(v.Text(), p.now)
		}
		return expr.Text(v.Text())
	case NumberAnswer:
		return expr.Number(v.Number())
	case CodesAnswer:
		return expr.Choices(v.Codes())
	}
	return expr.Value{}
}

func (p *Path) computed(n *node) expr.Value {
	if v, ok := p.values[n.index]; ok {
		return v
	}
	if p.values == nil {
		p.values = map[int]expr.Value{}
	}
	p.values[n.index] = expr.Value{} // while it is being computed
	v := n.calculation.Eval(scope{path: p, node: n})
	p.values[n.index] = v
	return v
}

func (p *Path) rowsOf(repeat *node) []*Path {
	if rows, ok := p.rows[repeat.index]; ok {
		return rows
	}
	var rows []*Path
	for i, answers := range p.answers[repeat.item.Name].Rows() {
		rows = append(rows, &Path{
			form: p.form, block: repeat, parent: p, row: i + 1, answers: answers, now: p.now,
			states: make([]relevance, len(p.form.nodes)),
		})
	}
	if p.rows == nil {
		p.rows = map[int][]*Path{}
	}
	p.rows[repeat.index] = rows
	return rows
}

// all are the values of a node in every row of the repeats between it and p.
func (p *Path) all(n *node) []expr.Value {
	if n.block == p.block {
		return []expr.Value{p.value(n)}
	}
	below := n.block
	for below != nil && below.block != p.block {
		below = below.block
	}
	if below == nil {
		return nil
	}
	var values []expr.Value
	for _, row := range p.rowsOf(below) {
		values = append(values, row.all(n)...)
	}
	return values
}
