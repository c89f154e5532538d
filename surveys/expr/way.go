package expr

// Names tells which question or section a path leads to, so that ../age,
// /data/family/age and ${age} are one thing. The path begins at from, the name
// of a question, "" for the one that asks or "/" for the top of the form, and
// goes by names and "..". ok is false when it leads nowhere, or to something
// ${name} would not mean.
type Names func(from string, steps []string) (name string, ok bool)

// way is a path taken apart while it is read. Only its first step may be
// anything but a name or "..".
type way struct {
	root  bool // begins with /
	odd   bool // has a step no name stands for: *, @x, node(), //
	steps []wayStep
}

type wayStep struct {
	node  *node
	tests []*node // the predicates
}

// begin makes sure that the first step is there: most paths end with it, so it
// is written only when another follows.
func (w *way) begin(first *node) {
	if len(w.steps) == 0 {
		w.steps = append(w.steps, wayStep{node: first})
		w.odd = w.odd || first.op == opPath
	}
}

func (w *way) add(first, next *node) {
	w.begin(first)
	w.steps = append(w.steps, wayStep{node: next})
	w.odd = w.odd || next.op == opPath
}

func (w *way) test(first, test *node) {
	w.begin(first)
	last := &w.steps[len(w.steps)-1]
	last.tests = append(last.tests, test)
}

// resolve gives what a path stands for: a reference, a row of a repeat
// (indexed-repeat), a line of a list (pulldata), or levels climbed. Nil when
// it is none of them.
func (p *parser) resolve(w way, at int) *node {
	if w.odd || p.names == nil || p.err != nil {
		return nil
	}
	if w.inList() {
		return p.listed(w, at)
	}
	from, steps, ok := w.start()
	if !ok {
		return nil
	}
	args := []*node{nil}
	for i, s := range w.steps {
		if i > 0 {
			steps = append(steps, s.word()...)
		}
		for _, test := range s.tests {
			repeat, ok := p.names(from, steps)
			index := indexed(test)
			if !ok || index == nil {
				return nil
			}
			args = append(args, p.reference(repeat, at), index)
		}
	}
	if from == "" && onlyUp(steps) {
		up := p.node(opParent, at)
		up.num = float64(len(steps))
		return up
	}
	name, ok := p.names(from, steps)
	if !ok {
		return nil
	}
	if args[0] = p.reference(name, at); len(args) == 1 {
		return args[0]
	}
	return p.callOf("indexed-repeat", at, args...)
}

// start is where a path begins; ok is false for a bare name, which is a column
// of the choices or a mistake.
func (w way) start() (from string, steps []string, ok bool) {
	first := w.steps[0].node
	switch {
	case w.root && first.op == opColumn:
		return "/", []string{first.text}, true
	case w.root:
		return "", nil, false
	case first.op == opRef:
		return first.text, nil, true
	case first.op == opSelf, first.op == opCall && first.text == "current" && len(first.args) == 0:
		return "", nil, true
	case first.op == opParent:
		return "", w.steps[0].word(), true
	}
	return "", nil, false
}

func (s wayStep) word() []string {
	if s.node.op != opParent {
		return []string{s.node.text}
	}
	up := make([]string, int(s.node.num))
	for i := range up {
		up[i] = ".."
	}
	return up
}

func onlyUp(steps []string) bool {
	for _, s := range steps {
		if s != ".." {
			return false
		}
	}
	return len(steps) > 0
}

// indexed is the row a predicate asks for: [2], [${n} - 1], [position() = 3];
// nil when it filters instead.
func indexed(test *node) *node {
	if test.op == opEq {
		switch a, b := test.args[0], test.args[1]; {
		case a.isPosition():
			return b
		case b.isPosition():
			return a
		}
		return nil
	}
	if test.isNumber() {
		return test
	}
	return nil
}

func (n *node) isPosition() bool {
	return n.op == opCall && n.text == "position" && len(n.args) == 0
}

// isNumber says whether a node gives a number whatever is answered.
func (n *node) isNumber() bool {
	switch n.op {
	case opNumber, opAdd, opSub, opMul, opDiv, opMod, opNeg:
		return true
	case opCall:
		switch n.text {
		case "position", "count", "int", "number", "floor", "ceiling", "round", "min", "max", "sum":
			return len(n.args) > 0
		}
	}
	return false
}

// inList says whether the path is instance('list')/root/item[…]/column.
func (w way) inList() bool {
	first := w.steps[0].node
	return first.op == opCall && first.text == "instance"
}

// listed reads one column of the first line whose other column has a value,
// which is what pulldata does. Conditions beside it that no column enters are
// asked first: [code = ${x} and ${y} = 1].
func (p *parser) listed(w way, at int) *node {
	if len(w.steps) != 4 || w.steps[1].node.text != "root" || w.steps[2].node.text != "item" || len(w.steps[2].tests) != 1 {
		return nil
	}
	source, test, want := w.steps[0].node, w.steps[2].tests[0], w.steps[3].node
	if len(source.args) != 1 || source.args[0].op != opText || want.op != opColumn {
		return nil
	}
	tests := []*node{test}
	if test.op == opAnd {
		tests = test.args
	}
	var found *node
	var beside []*node
	for _, test := range tests {
		key, value := test.byColumn()
		switch {
		case !test.readsColumn():
			beside = append(beside, test)
		case key == nil || found != nil:
			return nil
		default:
			found = p.callOf("pulldata", at, source.args[0], p.literal(want), p.literal(key), value)
		}
	}
	if found == nil || len(beside) == 0 {
		return found
	}
	all := beside[0]
	if len(beside) > 1 {
		all = p.node(opAnd, at)
		all.args = beside
	}
	return p.callOf("if", at, all, found, p.node(opText, at))
}

// byColumn takes apart a test that a column has a value, written either way
// round; the column is nil for any other test.
func (n *node) byColumn() (column, value *node) {
	if n.op != opEq {
		return nil, nil
	}
	column, value = n.args[0], n.args[1]
	if column.op != opColumn {
		column, value = value, column
	}
	if column.op != opColumn || value.readsColumn() {
		return nil, nil
	}
	return column, value
}

// readsColumn says whether the tree depends on the line at hand.
func (n *node) readsColumn() bool {
	if n.op == opColumn || n.op == opSelf {
		return true
	}
	for _, arg := range n.args {
		if arg.readsColumn() {
			return true
		}
	}
	return false
}

func (p *parser) literal(name *node) *node {
	n := p.node(opText, int(name.at))
	n.text = name.text
	return n
}

func (p *parser) reference(name string, at int) *node {
	n := p.node(opRef, at)
	n.text = name
	return n
}

func (p *parser) callOf(name string, at int, args ...*node) *node {
	n := p.node(opCall, at)
	n.text, n.args = name, args
	p.bind(n)
	return n
}
