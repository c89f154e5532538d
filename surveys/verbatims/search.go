package verbatims

import (
	"strings"

	"diapason/surveys"
)

// A Matcher finds texts by their words.
type Matcher []string

// NewMatcher reads what somebody searches: words, small or capital, with their
// accents or without. Nothing finds every text.
func NewMatcher(query string) Matcher { return strings.Fields(surveys.Fold(query)) }

// Match reports whether every word searched begins a word of the text, which is
// a masked one: what was masked cannot be found.
func (m Matcher) Match(masked string) bool {
	if len(m) == 0 {
		return true
	}
	words := " " + surveys.Fold(masked)
	for _, w := range m {
		if !strings.Contains(words, " "+w) {
			return false
		}
	}
	return true
}
