package verbatims

import (
	"strings"
	"unicode"
)

// Narrower reports whether a text that somebody masked by hand says nothing the
// masked text does not: it is the same text with passages replaced by marks.
// Spaces and line ends do not count.
func Narrower(masked, byHand string) bool {
	masked, byHand = spaced(masked), spaced(byHand)
	if masked == byHand {
		return true
	}
	pieces := marks.Split(byHand, -1)
	if len(pieces) < 2 {
		return false
	}
	first, last := strings.TrimRight(pieces[0], " "), strings.TrimLeft(pieces[len(pieces)-1], " ")
	if !strings.HasPrefix(masked, first) || !strings.HasSuffix(masked[len(first):], last) {
		return false
	}
	between := masked[len(first) : len(masked)-len(last)]
	for _, piece := range pieces[1 : len(pieces)-1] {
		piece = strings.TrimSpace(piece)
		at := strings.Index(between, piece)
		if at < 0 {
			return false
		}
		between = between[at+len(piece):]
	}
	return true
}

// spaced is a text with one space wherever there are some.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
