package expr

import (
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode"
)

// browserPattern rewrites an RE2 pattern for JavaScript with the u flag, from
// its syntax tree, so that both walkers match the same texts: JavaScript gives
// another meaning to \s and '.', and refuses (?i) and needless escapes.
func browserPattern(pattern string) (string, error) {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	writePattern(&b, tree)
	return b.String(), nil
}

// fixedPatterns are the operators without operand.
var fixedPatterns = map[syntax.Op]string{
	syntax.OpNoMatch:        `[]`,
	syntax.OpEmptyMatch:     `(?:)`,
	syntax.OpAnyCharNotNL:   `[^\n]`,
	syntax.OpAnyChar:        `[^]`,
	syntax.OpBeginLine:      `(?:^|(?<=\n))`,
	syntax.OpEndLine:        `(?=\n|$)`,
	syntax.OpBeginText:      `^`,
	syntax.OpEndText:        `$`,
	syntax.OpWordBoundary:   `\b`,
	syntax.OpNoWordBoundary: `\B`,
}

func writePattern(b *strings.Builder, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			writeLiteral(b, r, re.Flags&syntax.FoldCase != 0)
		}
	case syntax.OpCharClass:
		b.WriteByte('[')
		for i := 0; i+1 < len(re.Rune); i += 2 {
			writeRange(b, re.Rune[i], re.Rune[i+1])
		}
		b.WriteByte(']')
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		writeGroup(b, re.Sub, "")
		b.WriteString(quantifier(re))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			writeGroup(b, []*syntax.Regexp{sub}, "")
		}
	case syntax.OpCapture, syntax.OpAlternate:
		writeGroup(b, re.Sub, "|")
	default:
		b.WriteString(fixedPatterns[re.Op])
	}
}

// writeGroup puts parentheses only where something else could take hold.
func writeGroup(b *strings.Builder, subs []*syntax.Regexp, between string) {
	if len(subs) == 1 && (subs[0].Op == syntax.OpCharClass ||
		subs[0].Op == syntax.OpLiteral && len(subs[0].Rune) == 1) {
		writePattern(b, subs[0])
		return
	}
	b.WriteString("(?:")
	for i, sub := range subs {
		if i > 0 {
			b.WriteString(between)
		}
		writePattern(b, sub)
	}
	b.WriteByte(')')
}

// quantifier ignores laziness: a whole match is the same either way.
func quantifier(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpStar:
		return "*"
	case syntax.OpPlus:
		return "+"
	case syntax.OpQuest:
		return "?"
	}
	switch re.Max {
	case -1:
		return fmt.Sprintf("{%d,}", re.Min)
	case re.Min:
		return fmt.Sprintf("{%d}", re.Min)
	}
	return fmt.Sprintf("{%d,%d}", re.Min, re.Max)
}

func writeLiteral(b *strings.Builder, r rune, fold bool) {
	if other := unicode.SimpleFold(r); !fold || other == r {
		writeRune(b, r)
		return
	}
	b.WriteByte('[')
	writeRune(b, r)
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		writeRune(b, other)
	}
	b.WriteByte(']')
}

func writeRange(b *strings.Builder, low, high rune) {
	writeRune(b, low)
	if high > low {
		b.WriteByte('-')
		writeRune(b, high)
	}
}

func writeRune(b *strings.Builder, r rune) {
	switch {
	case strings.ContainsRune(`\^$.*+?()[]{}|/-`, r) && r != '-':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '-' || r < ' ' || r > 0x2000 && !unicode.IsPrint(r):
		fmt.Fprintf(b, `\u{%x}`, r)
	default:
		b.WriteRune(r)
	}
}
