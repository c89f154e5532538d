package territory

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a name to what matters when people type it: "Saint-Vallier",
// "ST VALLIER" and "st. vallier" all become "saint vallier". It is the one
// folding used wherever names are matched. In order:
//
//  1. Unicode NFD, marks (category M) dropped, lower case;
//  2. œ becomes oe, æ becomes ae;
//  3. every run of anything but letters (L) and decimal digits (Nd) becomes
//     one space, none at the ends;
//  4. the whole words st and ste become saint and sainte.
//
// Folding twice changes nothing.
func Fold(s string) string {
	if !ascii(s) {
		s = norm.NFD.String(s)
	}
	folded := make([]byte, 0, len(s)+8)
	word := 0 // where the word being written starts
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsMark(r):
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = true
		default:
			if gap && len(folded) > 0 {
				folded = append(spellOut(folded, word), ' ')
				word = len(folded)
			}
			gap = false
			folded = appendLower(folded, r)
		}
	}
	return string(spellOut(folded, word))
}

func appendLower(folded []byte, r rune) []byte {
	switch r = unicode.ToLower(r); r {
	case 'œ':
		return append(folded, "oe"...)
	case 'æ':
		return append(folded, "ae"...)
	}
	return utf8.AppendRune(folded, r)
}

// spellOut replaces the last word, which starts at word, when it is short for
// saint or sainte.
func spellOut(folded []byte, word int) []byte {
	switch string(folded[word:]) {
	case "st":
		return append(folded[:word], "saint"...)
	case "ste":
		return append(folded[:word], "sainte"...)
	}
	return folded
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
