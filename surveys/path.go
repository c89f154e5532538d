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
	early   bool // defaults are being computed: calculations are still blank
	added   int  // of the whole form: rows that a count asks for and nobody filled
	states  []relevance
	values  map[int]expr.Value // calculations and filtered choices, by node
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

// Answer is the answer that counts for the question with this name: blank off
// the path, the calculation's where there is one, and of the choices those its
// filter leaves. The moment that start and today tell is read here, and never
// kept. Inside a repeat, ask the path of a row.
func (p *Path) Answer(name string) Value {
	n, ok := p.form.byName[name]
	if !ok {
		return Value{}
	}
	if owner := p.owner(n); owner != nil && owner.on(n) {
		return owner.answer(n)
	}
	return Value{}
}

// Rows are the paths through the rows of a repeat; with a repeat_count, as
// many as it asks for, those nobody filled being blank. For a repeat inside a
// repeat, ask the path of a row.
func (p *Path) Rows(repeat string) []*Path {
	n, ok := p.form.byName[repeat]
	if !ok || n.item.Kind != Repeat || n.block != p.block {
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

// Required reports whether the question must be answered here.
func (p *Path) Required(q *Question) bool {
	switch {
	case q.node.computed() || !q.Kind.Asked() || p.ReadOnly(q):
		return false
	case q.node.required == nil:
		return q.AlwaysRequired
	}
	return q.node.required.Eval(scope{path: p, node: q.node}).Bool()
}

// ReadOnly reports whether nobody may answer the question here.
func (p *Path) ReadOnly(q *Question) bool {
	if q.node.readOnly == nil {
		return q.AlwaysReadOnly
	}
	return q.node.readOnly.Eval(scope{path: p, node: q.node}).Bool()
}

// root is the path through the form itself.
func (p *Path) root() *Path {
	for p.parent != nil {
		p = p.parent
	}
	return p
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
	case n.computed():
		return p.calculated(n)
	case n.narrowed():
		return p.chosen(n)
	case n.question == nil:
		return p.metadata(n)
	}
	return p.stored(n)
}

// stored is the answer at a node as an expression reads it, on the path or
// not.
func (p *Path) stored(n *node) expr.Value {
	if n.fixed() {
		return p.reading(n, n.constant())
	}
	return p.reading(n, p.answers[n.item.Name])
}

// reading is an answer as an expression reads it.
func (p *Path) reading(n *node, v Value) expr.Value {
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

// metadata is what a form may read of the moment it is filled; the end of it
// has not come. It knows nothing of the device nor of the person.
func (p *Path) metadata(n *node) expr.Value {
	switch n.item.Kind {
	case "start":
		return expr.Date(p.now.Format("2006-01-02T15:04:05.000Z07:00"), p.now)
	case "today":
		return expr.Date(p.now.Format(time.DateOnly), p.now)
	}
	return expr.Value{}
}

// remember finds a value once. Whoever asks for it meanwhile, which only a
// filter can, is given the one to begin with.
func (p *Path) remember(n *node, begin expr.Value, find func() expr.Value) expr.Value {
	if v, ok := p.values[n.index]; ok {
		return v
	}
	if p.values == nil {
		p.values = map[int]expr.Value{}
	}
	p.values[n.index] = begin
	v := find()
	p.values[n.index] = v
	return v
}

// calculated is the value of a calculation. A question that is asked takes it
// as an answer of its kind: an integer has no decimals.
func (p *Path) calculated(n *node) expr.Value {
	if p.early {
		return expr.Value{}
	}
	return p.remember(n, expr.Value{}, func() expr.Value {
		v := n.calculation.Eval(scope{path: p, node: n})
		if n.item.Kind.Asked() {
			return p.reading(n, n.item.Kind.read(v))
		}
		return v
	})
}

// answer is the answer that counts at a node on the path of this block.
func (p *Path) answer(n *node) Value {
	switch {
	case n.computed():
		return n.item.Kind.read(p.calculated(n))
	case n.question == nil:
		return TextValue(p.metadata(n).String())
	case n.narrowed():
		return p.offered(n)
	case n.fixed():
		return n.constant()
	}
	return p.answers[n.item.Name]
}

func (p *Path) rowsOf(repeat *node) []*Path {
	if rows, ok := p.rows[repeat.index]; ok {
		return rows
	}
	answers := p.answers[repeat.item.Name].Rows()
	want := len(answers)
	if repeat.count != nil && !p.early {
		want = p.counted(repeat, len(answers))
	}
	var rows []*Path
	for i := range want {
		row := Answers{}
		if i < len(answers) {
			row = answers[i]
		}
		rows = append(rows, p.rowPath(repeat, row, i+1))
	}
	if p.rows == nil {
		p.rows = map[int][]*Path{}
	}
	p.rows[repeat.index] = rows
	return rows
}

// counted is how many rows a repeat has, of which some are there. Those that
// are not are counted for the whole form: repeats may be in repeats.
func (p *Path) counted(repeat *node, there int) int {
	want := p.count(repeat)
	if want <= there {
		return want
	}
	root := p.root()
	added := min(want-there, maxRows-root.added)
	root.added += added
	return there + added
}

func (p *Path) rowPath(repeat *node, answers Answers, at int) *Path {
	return &Path{
		form: p.form, block: repeat, parent: p, row: at, answers: answers, now: p.now, early: p.early,
		states: make([]relevance, len(p.form.nodes)),
	}
}

// around is the nearest path, this one or one outside, under whose rows a node
// is: from a household, its own persons and not those of the others.
func (p *Path) around(n *node) *Path {
	for ; p.parent != nil; p = p.parent {
		for block := n.block; block != nil; block = block.block {
			if block == p.block {
				return p
			}
		}
	}
	return p
}

// all are the values of a node in every row of the repeats between it and p;
// for a repeat, one blank a row.
func (p *Path) all(n *node) []expr.Value {
	if n.block == p.block {
		if n.item.Kind != Repeat {
			return []expr.Value{p.value(n)}
		}
		if !p.on(n) {
			return nil
		}
		return make([]expr.Value, len(p.rowsOf(n)))
	}
	below := n.block
	for below != nil && below.block != p.block {
		below = below.block
	}
	if below == nil || !p.on(below) {
		return nil
	}
	var values []expr.Value
	for _, row := range p.rowsOf(below) {
		values = append(values, row.all(n)...)
	}
	return values
}
