package expr

import "math"

// Limit recognises a bound on the number of choices, so that a page may say it
// before it is broken: count-selected(.) <= 3 gives 3; = 3 gives 3, exact;
// also < 4, the number on the left, or one operand of a top-level and.
func (e *Expr) Limit() (n int, exact bool, ok bool) {
	operands := []*node{e.root}
	if e.root.op == opAnd {
		operands = e.root.args
	}
	for _, operand := range operands {
		m, isExact, found := operand.limit()
		if found && (!ok || m < n || m == n && isExact) {
			n, exact, ok = m, isExact, true
		}
	}
	return n, exact, ok
}

// mirrored is the same comparison read from right to left.
var mirrored = map[op]op{opEq: opEq, opLe: opGe, opLt: opGt, opGe: opLe, opGt: opLt}

func (n *node) limit() (m int, exact, ok bool) {
	o, compares := mirrored[n.op]
	if !compares {
		return 0, false, false
	}
	counted, bound := n.args[1], n.args[0]
	if !counted.countsSelf() {
		counted, bound, o = bound, counted, n.op
	}
	number := math.Floor(bound.num)
	if !counted.countsSelf() || bound.op != opNumber || number != bound.num || number > math.MaxInt32 {
		return 0, false, false
	}
	m = int(number)
	switch o {
	case opLt:
		m--
	case opLe:
	case opEq:
		exact = true
	default:
		return 0, false, false
	}
	return m, exact, m >= 1
}

func (n *node) countsSelf() bool {
	return n.op == opCall && n.text == "count-selected" && len(n.args) == 1 && n.args[0].op == opSelf
}
