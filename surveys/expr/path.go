package expr

// path reads a Path. What has a node of its own is ${name}, '.', '..' climbed
// and a bare name. Anything longer is taken apart, see way.go: one that leads
// to a question becomes the reference it stands for, the rest is one opPath,
// whose text is the last name met, for the advice Check gives.
func (p *parser) path() *node {
	start, w := p.tok.at, way{}
	if p.tok.is("/") || p.tok.is("//") {
		w.root, w.odd = true, p.tok.is("//")
		p.next()
		return p.steps(p.step(), start, w)
	}
	if n := p.primary(); n != nil {
		return p.steps(n, start, w)
	}
	return p.steps(p.step(), start, w)
}

// primary reads anything that is not a step; nil when a step begins here.
func (p *parser) primary() *node {
	t := p.tok
	switch {
	case t.kind == tokNumber:
		return p.leaf(opNumber)
	case t.kind == tokText:
		return p.leaf(opText)
	case t.kind == tokRef:
		return p.leaf(opRef)
	case t.kind == tokLastSaved:
		return p.leaf(opLastSaved)
	case t.is("("):
		return p.parenthesis()
	case t.kind == tokName && t.text != "node" && p.opens():
		p.next()
		return p.call(t.text, t.at)
	}
	return nil
}

func (p *parser) leaf(o op) *node {
	n := p.node(o, p.tok.at)
	n.text, n.num = p.tok.text, p.tok.num
	p.next()
	return n
}

// parenthesis closes its chain: (a or b) or c may be flattened, as it means
// the same, but no operator outside may change what is inside.
func (p *parser) parenthesis() *node {
	at := p.tok.at
	p.next()
	n := p.expression()
	if !p.tok.is(")") {
		p.fail(at, "Cette parenthèse n’est pas refermée.")
	}
	p.next()
	return n
}

// opens says whether a parenthesis follows the name at hand.
func (p *parser) opens() bool {
	i := p.pos
	for i < len(p.src) && isSpace(p.src[i]) {
		i++
	}
	return i < len(p.src) && p.src[i] == '('
}

// step reads one Step.
func (p *parser) step() *node {
	t := p.tok
	switch {
	case t.is("."):
		return p.leaf(opSelf)
	case t.is(".."):
		n := p.leaf(opParent)
		n.num = 1
		return n
	case t.is("*"):
		return p.leaf(opPath)
	case t.is("@"):
		p.next()
		return p.named(opPath)
	case t.kind == tokName:
		return p.nameStep()
	}
	p.failOperand()
	return p.node(opText, t.at)
}

// nameStep reads a name, node(), or axis::step.
func (p *parser) nameStep() *node {
	if p.tok.text == "node" && p.opens() {
		n := p.leaf(opPath)
		p.next()
		if !p.tok.is(")") {
			p.fail(p.tok.at, "Écrivez node() sans argument.")
		}
		p.next()
		n.text = ""
		return n
	}
	n := p.leaf(opColumn)
	if p.tok.is("::") {
		p.next()
		return p.named(opPath)
	}
	return n
}

func (p *parser) named(o op) *node {
	if p.tok.kind != tokName && !p.tok.is("*") {
		p.failOperand()
	}
	return p.leaf(o)
}

// failOperand explains a token that cannot begin an operand.
func (p *parser) failOperand() {
	switch {
	case p.tok.kind == tokEnd:
		p.fail(p.tok.at, "L’expression s’arrête trop tôt : il manque une valeur à la fin.")
	case p.tok.is("/") || p.tok.is("//"):
		p.fail(p.tok.at, "Pour diviser, écrivez « div ».")
	default:
		p.fail(p.tok.at, "Il manque une valeur avant « "+excerpt(p.tok.text)+" ».")
	}
}

// steps reads the predicates and steps that follow the first.
func (p *parser) steps(first *node, start int, w way) *node {
	n, last, long := first, first.text, w.root
	var kids []*node
	for p.err == nil {
		if p.tok.is("[") {
			test := p.predicate()
			kids, long = append(kids, test), true
			w.test(first, test)
			continue
		}
		if !p.tok.is("/") && !p.tok.is("//") {
			break
		}
		w.odd = w.odd || p.tok.is("//")
		if next := p.following(); next.op == opSelf {
			continue // x/. is x
		} else if n.op == opParent && next.op == opParent && !long {
			n.num++
		} else {
			long, last = true, next.text
			w.add(first, next)
		}
	}
	if !long {
		return n
	}
	w.begin(first)
	if meant := p.resolve(w, start); meant != nil {
		return meant
	}
	whole := p.node(opPath, start)
	whole.text, whole.args = last, append(kids, first)
	return whole
}

// predicate reads a condition between brackets.
func (p *parser) predicate() *node {
	p.next()
	test := p.expression()
	if !p.tok.is("]") {
		p.fail(p.tok.at, "Il manque le crochet fermant « ] ».")
	}
	p.next()
	return test
}

// following reads the step after a slash: a value there was meant as a divisor.
func (p *parser) following() *node {
	p.next()
	switch p.tok.kind {
	case tokNumber, tokText, tokRef, tokLastSaved:
		p.fail(p.tok.at, "Pour diviser, écrivez « div ».")
	}
	return p.step()
}
