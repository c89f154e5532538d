package expr

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	maxNesting = 100  // parentheses, arguments, predicates inside one another
	maxChain   = 1000 // operands of one chain of comparisons or sums
)

type parser struct {
	src   string
	pos   int
	tok   token
	depth int
	err   *SyntaxError
	names Names
	nodes []node  // allocated in blocks: an expression is read far more
	links []*node // often than it is kept, when a form is edited
}

func (p *parser) fail(at int, message string) {
	if p.err == nil {
		p.err = &SyntaxError{Offset: utf8.RuneCountInString(p.src[:at]), Message: message}
	}
	p.next()
}

func (p *parser) whole() *node {
	p.next()
	if p.tok.kind == tokEnd && p.err == nil {
		p.fail(p.tok.at, "L’expression est vide.")
	}
	root := p.expression()
	if p.err == nil && p.tok.kind != tokEnd {
		p.failLeftover()
	}
	return root
}

// failLeftover explains a token that follows a complete expression.
func (p *parser) failLeftover() {
	text := excerpt(p.tok.text)
	switch lower := strings.ToLower(text); {
	case p.tok.is(")"):
		p.fail(p.tok.at, "Cette parenthèse fermante est de trop.")
	case p.tok.is(","):
		p.fail(p.tok.at, "Cette virgule est de trop ; un nombre s’écrit avec un point : 1.5.")
	case lower == "and" || lower == "or" || lower == "div" || lower == "mod":
		p.fail(p.tok.at, "Écrivez « "+lower+" » en minuscules.")
	case lower == "et" || lower == "ou":
		p.fail(p.tok.at, "Écrivez « and » pour « et », « or » pour « ou ».")
	default:
		p.fail(p.tok.at, "Il manque un opérateur avant « "+text+" » : par exemple « and », « or », « = » ou « + ».")
	}
}

// expression reads an Or, one level deeper.
func (p *parser) expression() *node {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxNesting {
		p.fail(p.tok.at, "L’expression est trop imbriquée (plus de 100 niveaux) : découpez-la en plusieurs calculs.")
		return p.node(opText, p.tok.at)
	}
	return p.binary(1)
}

// binary climbs the precedences from level up, left-associative.
func (p *parser) binary(level int) *node {
	left := p.negation()
	for chain := 0; ; chain++ {
		o, its := p.operator()
		if its < level {
			return left
		}
		at := p.tok.at
		p.next()
		right := p.binary(its + 1)
		if chain > maxChain && o != opAnd && o != opOr {
			p.fail(at, "L’expression est trop longue : découpez-la en plusieurs calculs.")
		}
		left = p.join(o, at, left, right)
	}
}

// join makes one node of two operands; a chain of and (or of or) is one node,
// since a relevance may name hundreds of choices.
func (p *parser) join(o op, at int, left, right *node) *node {
	if left.op == o && (o == opAnd || o == opOr) {
		left.args = append(left.args, right)
		return left
	}
	n := p.node(o, at)
	n.args = p.kids(left, right)
	return n
}

// operator is the binary operator at hand and its precedence, 0 if it is none.
func (p *parser) operator() (op, int) {
	if p.tok.kind != tokSign && p.tok.kind != tokName {
		return 0, 0
	}
	switch p.tok.text {
	case "or":
		return opOr, 1
	case "and":
		return opAnd, 2
	case "=":
		return opEq, 3
	case "!=":
		return opNe, 3
	case "<":
		return opLt, 4
	case "<=":
		return opLe, 4
	case ">":
		return opGt, 4
	case ">=":
		return opGe, 4
	case "+":
		return opAdd, 5
	case "-":
		return opSub, 5
	case "*":
		return opMul, 6
	case "div":
		return opDiv, 6
	case "mod":
		return opMod, 6
	}
	return 0, 0
}

// negation reads signs. Two cancel each other but still make a number.
func (p *parser) negation() *node {
	at, signs := p.tok.at, 0
	for p.tok.is("-") {
		signs++
		p.next()
	}
	n := p.union()
	if signs == 0 {
		return n
	}
	for range 2 - signs%2 {
		outer := p.node(opNeg, at)
		outer.args = p.kids(n)
		n = outer
	}
	return n
}

func (p *parser) union() *node {
	n := p.path()
	if !p.tok.is("|") {
		return n
	}
	all := p.node(opUnion, p.tok.at)
	all.args = append(all.args, n)
	for p.tok.is("|") {
		p.next()
		all.args = append(all.args, p.path())
	}
	return all
}

// call reads a function's arguments; the name and its offset are known.
func (p *parser) call(name string, at int) *node {
	n := p.node(opCall, at)
	n.text = name
	p.next() // the opening parenthesis
	var few [4]*node
	args := few[:0]
	for !p.tok.is(")") && p.err == nil {
		args = append(args, p.expression())
		if p.tok.is(",") {
			p.next()
			if p.tok.is(")") {
				p.fail(p.tok.at, "Il manque un argument après la virgule.")
			}
		} else if !p.tok.is(")") {
			p.fail(p.tok.at, "Il manque une virgule ou une parenthèse fermante dans "+excerpt(name)+"(…).")
		}
	}
	p.next()
	n.args = p.kids(args...)
	p.bind(n)
	return n
}

// bind finds what a call runs, and prepares arguments that are read as written.
func (p *parser) bind(n *node) {
	f := byName[n.text]
	if f == nil || !f.takes(len(n.args)) {
		return
	}
	n.fn = f
	if len(n.args) != 2 || n.args[1].op != opText {
		return
	}
	second := n.args[1]
	switch n.text {
	case "regex":
		// A pattern that does not compile stays nil: Check tells, Eval says no.
		second.re, _ = regexp.Compile(`\A(?:` + second.text + `)\z`)
	case "jr:choice-name":
		name := strings.TrimSpace(second.text)
		if strings.HasPrefix(name, "${") && strings.HasSuffix(name, "}") {
			second.op, second.text = opQuoted, strings.TrimSpace(name[2:len(name)-1])
		}
	}
}

func (p *parser) node(o op, at int) *node {
	if len(p.nodes) == cap(p.nodes) {
		p.nodes = make([]node, 0, 8)
	}
	p.nodes = append(p.nodes, node{op: o, at: int32(at)})
	return &p.nodes[len(p.nodes)-1]
}

// kids copies a list of operands into the parser's block.
func (p *parser) kids(list ...*node) []*node {
	start := len(p.links)
	if start+len(list) > cap(p.links) {
		p.links = make([]*node, 0, max(8, len(list)))
		start = 0
	}
	p.links = append(p.links, list...)
	return p.links[start:len(p.links):len(p.links)]
}
