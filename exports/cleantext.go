package exports

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxCell is how many UTF-16 units a cell holds.
const maxCell = 32767

// cleanText is s as a cell may hold it: no character XML forbids, line ends
// as \n, no more than a cell takes, the last one an ellipsis when cut.
func cleanText(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var out strings.Builder
	units, room := 0, 0
	for i, r := range s {
		if !allowed(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			continue
		}
		out.WriteRune(r)
		if units += utf16.RuneLen(r); units < maxCell {
			room = out.Len()
		}
	}
	if units > maxCell {
		return out.String()[:room] + "…"
	}
	return out.String()
}

// literal protects _x000D_ and its like, which a spreadsheet reads as one
// character, in texts given to the library, which forgets to.
func literal(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && isEscape(s[i:]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// isPlain is the quick answer for most texts: short, and with no byte that
// begins or is a character a cell may not hold.
func isPlain(s string) bool {
	if len(s) >= maxCell {
		return false
	}
	ascii := true
	for i := range len(s) {
		switch b := s[i]; {
		case b < ' ' || b == 0x7f || b == 0xc2 || b == 0xef:
			return false
		case b > 0x7f:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s)
}

// allowed follows the Char production of XML 1.0, less the C1 controls and
// carriage returns, which only turn into boxes.
func allowed(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return true
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return false
	}
	return r != 0xfffe && r != 0xffff
}
