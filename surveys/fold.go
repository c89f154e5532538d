package surveys

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text as it is compared and searched: small letters without accents,
// words one space apart.
func Fold(s string) string { return fold(s) }

// fold is a text without what people leave out when they type: capitals,
// accents, and whatever stands between the words.
func fold(s string) string {
	words := strings.FieldsFunc(norm.NFD.String(strings.ToLower(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mn, r)
	})
	bare := func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}
	return strings.Map(bare, strings.Join(words, " "))
}
