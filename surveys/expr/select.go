package expr

import (
	"math"
	"strings"
)

// selected looks for a whole code; selected(”, ”) is true.
func selected(s Scope, args []*node) Value {
	list, code := args[0].eval(s), trimSpace(args[1].eval(s).String())
	if list.kind == isSet {
		return Boolean(some(list, func(one Value) bool { return hasCode(one, code) }))
	}
	return Boolean(hasCode(list, code))
}

func hasCode(v Value, code string) bool {
	if v.kind == isChoices {
		for _, one := range v.list {
			if one == code {
				return true
			}
		}
		return code == "" && len(v.list) == 0
	}
	rest := v.String()
	if code == "" {
		return trimSpace(rest) == ""
	}
	for rest != "" {
		var one string
		if one, rest = nextCode(rest); one == code {
			return true
		}
	}
	return false
}

// nextCode cuts the first code of a space separated list, without allocating.
func nextCode(list string) (code, rest string) {
	for list != "" && isSpace(list[0]) {
		list = list[1:]
	}
	end := 0
	for end < len(list) && !isSpace(list[end]) {
		end++
	}
	return list[:end], list[end:]
}

func countCodes(v Value) int {
	if v.kind == isChoices {
		return len(v.list)
	}
	n, rest := 0, v.String()
	for rest != "" {
		var code string
		if code, rest = nextCode(rest); code != "" {
			n++
		}
	}
	return n
}

func countSelected(s Scope, args []*node) Value {
	n := 0
	args[0].eval(s).each(func(one Value) { n += countCodes(one) })
	return Number(float64(n))
}

// selectedAt counts from 0; out of range is blank.
func selectedAt(s Scope, args []*node) Value {
	codes := strings.FieldsFunc(args[0].eval(s).String(), func(r rune) bool { return r < 128 && isSpace(byte(r)) })
	at := math.Trunc(args[1].eval(s).Number())
	if !(at >= 0 && at < float64(len(codes))) {
		return Value{}
	}
	return Text(codes[int(at)])
}
