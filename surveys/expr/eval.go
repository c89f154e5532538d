package expr

import "math"

// epsilon makes 6.1 - 7.8 = -1.7 true, as JavaRosa does.
const epsilon = 1e-12

func (n *node) eval(s Scope) Value {
	switch n.op {
	case opText:
		return Text(n.text)
	case opNumber:
		return Number(n.num)
	case opRef:
		return s.Value(n.text)
	case opSelf:
		return s.Self()
	case opColumn:
		return s.Column(n.text)
	case opCall:
		if n.fn != nil {
			return n.fn.eval(s, n.args)
		}
		return Value{}
	case opOr, opAnd:
		return Boolean(n.logic(s))
	case opNeg:
		return Number(-n.args[0].eval(s).Number())
	case opEq, opNe:
		return Boolean(equality(n.args[0].eval(s), n.args[1].eval(s), n.op == opEq, s))
	case opLt, opLe, opGt, opGe:
		return Boolean(ordered(n.args[0].eval(s), n.args[1].eval(s), n.op, s))
	case opAdd, opSub, opMul, opDiv, opMod:
		return Number(arithmetic(n.op, n.args[0].eval(s).Number(), n.args[1].eval(s).Number()))
	}
	return Value{} // what Check refuses
}

// logic stops at the first operand that decides.
func (n *node) logic(s Scope) bool {
	decides := n.op == opOr
	for _, arg := range n.args {
		if arg.eval(s).Bool() == decides {
			return decides
		}
	}
	return !decides
}

func arithmetic(o op, a, b float64) float64 {
	switch o {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	case opMul:
		return a * b
	case opDiv:
		return a / b
	}
	return math.Mod(a, b) // the sign of the dividend, as XPath wants
}

// equality is = (want true) or != (want false). With a set it asks whether
// one instance is so.
func equality(a, b Value, want bool, s Scope) bool {
	if a.kind == isSet && b.kind != isBoolean {
		return some(a, func(one Value) bool { return equality(one, b, want, s) })
	}
	if b.kind == isSet && a.kind != isBoolean {
		return some(b, func(one Value) bool { return equality(a, one, want, s) })
	}
	return same(a, b, s) == want
}

func some(set Value, is func(Value) bool) bool {
	for _, one := range *set.set {
		if is(one) {
			return true
		}
	}
	return false
}

// same compares as booleans if one side is, else as dates, numbers or texts.
func same(a, b Value, s Scope) bool {
	switch {
	case a.kind == isBoolean || b.kind == isBoolean:
		return a.Bool() == b.Bool()
	case a.IsDate() || b.IsDate():
		x, y := numbersToCompare(a, b, s)
		return near(x, y)
	case a.kind == isNumber || b.kind == isNumber:
		return near(a.Number(), b.Number())
	}
	return a.String() == b.String()
}

func near(x, y float64) bool { return x == y || math.Abs(x-y) < epsilon }

func ordered(a, b Value, o op, s Scope) bool {
	if a.kind == isSet {
		return some(a, func(one Value) bool { return ordered(one, b, o, s) })
	}
	if b.kind == isSet {
		return some(b, func(one Value) bool { return ordered(a, one, o, s) })
	}
	x, y := numbersToCompare(a, b, s)
	switch o {
	case opLt:
		return x < y
	case opLe:
		return x <= y
	case opGt:
		return x > y
	}
	return x >= y
}

// numbersToCompare gives two numbers to compare. An ISO text is read as a date when
// the other side is a date, or an ISO text too. A date and a date-time meet on
// the wall clock, since a date has no zone; two date-times meet as instants.
func numbersToCompare(a, b Value, s Scope) (x, y float64) {
	datedA, datedB := asDate(a, s), asDate(b, s)
	if datedA.IsDate() && datedB.IsDate() {
		if datedA.kind != datedB.kind {
			return datedA.num, datedB.num
		}
		return datedA.Number(), datedB.Number()
	}
	return a.Number(), b.Number()
}

// asDate is v as a date if it is one or is written as one.
func asDate(v Value, s Scope) Value {
	if v.kind != isText || !looksISO(trimSpace(v.text)) {
		return v
	}
	date, _ := parseDate(v.text, zoneOf(s))
	return date
}
