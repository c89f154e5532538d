package expr

import (
	"math"
	"strconv"
	"strings"
)

func unary(f func(float64) float64) func(Scope, []*node) Value {
	return func(s Scope, args []*node) Value { return Number(f(args[0].eval(s).Number())) }
}

func binary(f func(x, y float64) float64) func(Scope, []*node) Value {
	return func(s Scope, args []*node) Value {
		return Number(f(args[0].eval(s).Number(), args[1].eval(s).Number()))
	}
}

// power spreads NaN where C's pow, and Go's, make an exception for 1.
func power(x, y float64) float64 {
	if y != y || math.IsInf(y, 0) && math.Abs(x) == 1 {
		return math.NaN()
	}
	return math.Pow(x, y)
}

// round(x [, digits]) goes half away from zero, on the number as it is
// written: round(1.005, 2) is 1.01.
func round(s Scope, args []*node) Value {
	x, places := args[0].eval(s).Number(), 0.0
	if len(args) > 1 {
		places = math.Trunc(args[1].eval(s).Number())
	}
	switch {
	case math.IsNaN(places):
		return Number(math.NaN())
	case math.IsNaN(x) || math.IsInf(x, 0) || places > 30:
		return Number(x)
	case places < -30:
		return Number(math.Copysign(0, x))
	}
	scaled := math.Floor(shift(math.Abs(x), int(places)) + 0.5)
	return Number(math.Copysign(shift(scaled, -int(places)), x))
}

// shift multiplies by a power of ten in decimal, without binary rounding.
func shift(x float64, places int) float64 {
	if places == 0 {
		return x
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	shifted, _ := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(e+places), 64)
	return shifted
}

// known calls do with every number among the arguments that is not blank.
func known(s Scope, args []*node, do func(float64)) {
	for _, arg := range args {
		arg.eval(s).each(func(one Value) {
			if !one.Blank() {
				do(one.Number())
			}
		})
	}
}

func sum(s Scope, args []*node) Value {
	total := 0.0
	known(s, args, func(x float64) { total += x })
	return Number(total)
}

func maximum(s Scope, args []*node) Value { return extreme(s, args, math.Max) }

func minimum(s Scope, args []*node) Value { return extreme(s, args, math.Min) }

// extreme of no number at all is blank; what is not a number spreads, even
// over infinity, where math.Max makes an exception.
func extreme(s Scope, args []*node, better func(x, y float64) float64) Value {
	var best Value
	known(s, args, func(x float64) {
		switch {
		case best.kind != isNumber || x != x:
			best = Number(x)
		case best.num == best.num:
			best = Number(better(best.num, x))
		}
	})
	return best
}

// count counts the instances, blank or not; of a question outside any repeat
// it is 1 if it is answered.
func count(s Scope, args []*node) Value {
	v := args[0].eval(s)
	if v.kind == isSet {
		return Number(float64(len(*v.set)))
	}
	return countNonEmpty(s, args)
}

func countNonEmpty(s Scope, args []*node) Value {
	n := 0.0
	args[0].eval(s).each(func(one Value) {
		if !one.Blank() {
			n++
		}
	})
	return Number(n)
}

func random(s Scope, _ []*node) Value { return Number(s.Random()) }

// uuid draws 30 digits from the scope, so that a fixed scope gives a fixed one.
func uuid(s Scope, _ []*node) Value {
	return Text(strings.Map(func(r rune) rune {
		if r != 'x' {
			return r
		}
		return rune("0123456789abcdef"[int(s.Random()*16)&15])
	}, "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"))
}
