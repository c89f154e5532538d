package expr

import "strings"

// Dynamic says whether a default is computed rather than taken as it is
// written, by the rule of the peers: it has a reference, a function call, a
// predicate, a union or an operator. A hyphen is no operator inside a name or
// before a digit (a-2, 1-1), nor anywhere in a date or a place, for which
// hyphens is true.
func Dynamic(text string, hyphens bool) bool {
	if isMoment(text) {
		return false
	}
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch c := text[i]; {
		case c == '\'' || c == '"':
			if end := strings.IndexByte(rest[1:], c); end >= 0 {
				i += end + 1
			}
		case strings.HasPrefix(rest, "${"), c == '*', c == '+', c == '|', c == '[':
			return true
		case c == '-':
			if !hyphens && (len(rest) == 1 || !isDigit(rest[1]) && rest[1] != '.') {
				return true
			}
		case nameLength(rest) > 0:
			end := i + nameLength(rest)
			if called(text[end:]) || operates(text, i, end) {
				return true
			}
			i = end - 1
		}
	}
	return false
}

// isMoment says whether a text is a date, a time or both, whose signs are part
// of it.
func isMoment(text string) bool {
	text = trimSpace(text)
	_, isDate := parseDate(text, 0)
	_, _, _, isTime := parseClock(text)
	return isDate || isTime
}

// called says whether what follows a name makes it a function, with the prefix
// it may have, as in jr:choice-name.
func called(after string) bool {
	if local := strings.TrimPrefix(after, ":"); local != after {
		after = local[nameLength(local):]
	}
	return strings.HasPrefix(after, "(")
}

// operates says whether the name at text[from:to] is div or mod between spaces.
func operates(text string, from, to int) bool {
	if word := text[from:to]; word != "div" && word != "mod" {
		return false
	}
	return from > 0 && isSpace(text[from-1]) && to < len(text) && isSpace(text[to])
}
