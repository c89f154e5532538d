package expr

import (
	"strings"
)

func toBoolean(s Scope, args []*node) Value { return Boolean(args[0].eval(s).Bool()) }

func not(s Scope, args []*node) Value { return Boolean(!args[0].eval(s).Bool()) }

func booleanFromString(s Scope, args []*node) Value {
	text := args[0].eval(s).String()
	return Boolean(text == "1" || strings.EqualFold(text, "true"))
}

func ifElse(s Scope, args []*node) Value {
	if args[0].eval(s).Bool() {
		return args[1].eval(s)
	}
	return args[2].eval(s)
}

func coalesce(s Scope, args []*node) Value {
	if first := args[0].eval(s); !first.Blank() {
		return first
	}
	return args[1].eval(s)
}

// once keeps the question's own value if it has one: a time or a draw that
// must not change at each recalculation.
func once(s Scope, args []*node) Value {
	if own := s.Self(); !own.Blank() {
		return own
	}
	return args[0].eval(s)
}

// checklist says whether the number of true answers lies between two bounds,
// -1 meaning no bound.
func checklist(s Scope, args []*node) Value {
	total := 0.0
	for _, arg := range args[2:] {
		if arg.eval(s).Bool() {
			total++
		}
	}
	return between(s, args, total)
}

// weightedChecklist is checklist with a weight after each answer.
func weightedChecklist(s Scope, args []*node) Value {
	total := 0.0
	for i := 2; i+1 < len(args); i += 2 {
		if args[i].eval(s).Bool() {
			total += args[i+1].eval(s).Number()
		}
	}
	return between(s, args, total)
}

func between(s Scope, args []*node, total float64) Value {
	low, high := args[0].eval(s).Number(), args[1].eval(s).Number()
	return Boolean((low == -1 || total >= low) && (high == -1 || total <= high))
}

func current(s Scope, _ []*node) Value { return s.Self() }

func position(s Scope, args []*node) Value {
	if args[0].op != opParent {
		return Value{}
	}
	return Number(float64(s.Position(int(args[0].num))))
}

// indexedRepeat reads (${x}, ${repeat}, index [, ${inner repeat}, index]…).
func indexedRepeat(s Scope, args []*node) Value {
	var places []Place
	for i := 1; i+1 < len(args); i += 2 {
		index := args[i+1].eval(s).Number()
		if !(index >= 1 && index < 1e9) {
			return Value{}
		}
		places = append(places, Place{Repeat: args[i].text, Index: int(index)})
	}
	if args[0].op != opRef {
		return Value{}
	}
	return s.Instance(args[0].text, places)
}

func choiceName(s Scope, args []*node) Value {
	code := args[0].eval(s).String()
	if code == "" || args[1].op != opQuoted {
		return Value{}
	}
	return Text(s.Label(args[1].text, code))
}

func pulldata(s Scope, args []*node) Value {
	return Text(s.Lookup(args[0].eval(s).String(), args[1].eval(s).String(),
		args[2].eval(s).String(), args[3].eval(s).String()))
}
