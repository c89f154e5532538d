package expr

import (
	"math"
	"strings"
	"unicode/utf8"
)

func toString(s Scope, args []*node) Value { return Text(args[0].eval(s).String()) }

// concat and join take the instances of a set one by one.
func concat(s Scope, args []*node) Value {
	var b strings.Builder
	for _, arg := range args {
		arg.eval(s).each(func(one Value) { b.WriteString(one.String()) })
	}
	return Text(b.String())
}

func join(s Scope, args []*node) Value {
	var parts []string
	for _, arg := range args[1:] {
		arg.eval(s).each(func(one Value) { parts = append(parts, one.String()) })
	}
	return Text(strings.Join(parts, args[0].eval(s).String()))
}

// pair evaluates two text arguments.
func pair(s Scope, args []*node) (string, string) {
	return args[0].eval(s).String(), args[1].eval(s).String()
}

func contains(s Scope, args []*node) Value {
	text, part := pair(s, args)
	return Boolean(strings.Contains(text, part))
}

func startsWith(s Scope, args []*node) Value {
	text, part := pair(s, args)
	return Boolean(strings.HasPrefix(text, part))
}

func endsWith(s Scope, args []*node) Value {
	text, part := pair(s, args)
	return Boolean(strings.HasSuffix(text, part))
}

func substringBefore(s Scope, args []*node) Value {
	text, part := pair(s, args)
	if before, _, found := strings.Cut(text, part); found {
		return Text(before)
	}
	return Value{}
}

func substringAfter(s Scope, args []*node) Value {
	text, part := pair(s, args)
	_, after, _ := strings.Cut(text, part)
	return Text(after)
}

func stringLength(s Scope, args []*node) Value {
	return Number(float64(utf8.RuneCountInString(args[0].eval(s).String())))
}

func normalizeSpace(s Scope, args []*node) Value {
	var words []string
	for rest := args[0].eval(s).String(); rest != ""; {
		var word string
		if word, rest = nextCode(rest); word != "" {
			words = append(words, word)
		}
	}
	return Text(strings.Join(words, " "))
}

// substr(text, from, to) counts runes from 0, to excluded, negative from the end.
func substr(s Scope, args []*node) Value {
	runes := []rune(args[0].eval(s).String())
	from := runeIndex(args[1].eval(s).Number(), len(runes))
	to := len(runes)
	if len(args) > 2 {
		to = runeIndex(args[2].eval(s).Number(), len(runes))
	}
	if from >= to {
		return Value{}
	}
	return Text(string(runes[from:to]))
}

// runeIndex brings an index within 0 and length; NaN is 0.
func runeIndex(at float64, length int) int {
	at = math.Trunc(at)
	if at < 0 {
		at += float64(length)
	}
	if !(at > 0) {
		return 0
	}
	return int(min(at, float64(length)))
}

// substring(text, start, length) is XPath's: from 1, with rounding.
func substring(s Scope, args []*node) Value {
	runes := []rune(args[0].eval(s).String())
	start := math.Floor(args[1].eval(s).Number() + 0.5)
	end := math.Inf(1)
	if len(args) > 2 {
		end = start + math.Floor(args[2].eval(s).Number()+0.5)
	}
	var b strings.Builder
	for i, r := range runes {
		if at := float64(i + 1); at >= start && at < end {
			b.WriteRune(r)
		}
	}
	return Text(b.String())
}

// translate replaces each rune of the second text by the one at the same place
// in the third, or drops it when there is none.
func translate(s Scope, args []*node) Value {
	text, from := pair(s, args)
	old, fresh := []rune(from), []rune(args[2].eval(s).String())
	return Text(strings.Map(func(r rune) rune {
		for i, o := range old {
			if o != r {
				continue
			}
			if i < len(fresh) {
				return fresh[i]
			}
			return -1
		}
		return r
	}, text))
}

// regex matches the whole text; its pattern is a literal, compiled at parsing.
func regex(s Scope, args []*node) Value {
	re := args[1].re
	return Boolean(re != nil && re.MatchString(args[0].eval(s).String()))
}
